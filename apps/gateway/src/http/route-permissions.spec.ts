import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { pino } from 'pino';
import { HealthController, SERVICE_DEPS, type ServiceDeps } from '@lastcopy/platform';
import { gatewayModule } from '../app.module.js';
import { gatewayConfig, type GatewayConfig } from '../config.js';
import { Gateway } from '../gateway.js';
import { callerKinds, middlewareNames, publicMounts, routePermissions } from '../testing/route-permissions.js';
import { expressRoutes, routesOf, type FoundRoute } from '../testing/routes-of.js';
import { configureHttp } from './configure-http.js';

let app: INestApplication;
let keysDir: string;
let found: FoundRoute[];
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-routes-'));
  const env = { DATABASE_URL: 'postgresql://localhost/none', NATS_URL: 'nats://localhost', LASTCOPY_ENV: 'development', KEYS_DIR: keysDir };
  const store = { S3_ACCESS_KEY_ID: 'k', S3_SECRET_ACCESS_KEY: 's' };
  const tenant = { DEV_CLIENT_ACCOUNT_ID: randomUUID(), DEV_ENGAGEMENT_ID: randomUUID() };
  const config = gatewayConfig({ ...env, ...store, ...tenant, DEV_ISSUER: 'on' });
  const deps = { config, logger: pino({ level: 'silent' }) } as unknown as ServiceDeps<GatewayConfig>;
  const gateway = new Gateway(deps);
  const { controllers = [], providers = [], ...rest } = gatewayModule(gateway);
  class Root {}
  const parts = {
    ...{ ...rest, module: Root, imports: [TerminusModule, ...(rest.imports ?? [])], controllers: [HealthController, ...controllers] },
    providers: [{ provide: SERVICE_DEPS, useValue: deps }, ...providers],
  };
  app = await NestFactory.create(parts, { logger: false });
  await configureHttp(app, gateway);
  await app.init();
  found = routesOf(app);
});
afterAll(async () => {
  await app?.close();
  await rm(keysDir, { recursive: true, force: true });
});

const named = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

it('has for every route a row that a person wrote, and no row without a route', () => {
  expect(found.map(named).sort()).toEqual(routePermissions.map(named).sort());
  expect(found.length).toBeGreaterThan(30);
});

it('lets every route declare what the table says', () => {
  const needed = new Map(routePermissions.map((row) => [named(row), row.needs]));
  const wrong = found.filter((route) => route.declares === null || route.declares !== needed.get(named(route)));
  expect(wrong).toEqual([]);
});

it('serves nothing besides controllers but what is listed', () => {
  const { routes, middleware } = expressRoutes(app);
  const known = new Set([...found.map(named), ...publicMounts.map((path) => `GET ${path}`)]);
  expect(routes.map(named).filter((name) => !known.has(name))).toEqual([]);
  const nameless = '<anonymous>';
  expect([...new Set(middleware)].filter((name) => name !== nameless).sort()).toEqual([...middlewareNames].sort());
  // The framework has three of its own (hooks, unknown routes, errors), which serve nothing. Anything that we mount has a name.
  expect(middleware.filter((name) => name === nameless)).toHaveLength(3);
});

it('keeps the table readable: sorted by path, each row once', () => {
  const paths = routePermissions.filter(({ needs }) => needs !== 'public').map(({ path }) => path);
  expect(paths).toEqual([...paths].sort());
  expect(new Set(routePermissions.map(named)).size).toBe(routePermissions.length);
  for (const { allowed } of routePermissions) expect(callerKinds).toEqual(expect.arrayContaining([...allowed]));
});
