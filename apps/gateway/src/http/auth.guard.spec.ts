import { randomUUID } from 'node:crypto';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import pino from 'pino';
import request from 'supertest';
import { configuredIssuers, TokenChecks } from '../sign-in/token-checks.js';
import { loadConfig } from '@lastcopy/platform';
import { SignInConfig } from '../sign-in/sign-in-config.js';
import { AuthGuard, Permit, Public } from './auth.guard.js';
import { DevTokens } from './dev-tokens.js';
import { MinuteLimit } from './rate-limits.js';
import { ProblemFilter } from './problem.filter.js';

@Controller()
class Routes {
  @Permit('decommission.read')
  @Get('guarded')
  guarded() {
    return 'reached';
  }

  @Get('unmarked')
  unmarked() {
    return 'reached';
  }

  @Public()
  @Get('open')
  open() {
    return 'reached';
  }
}
class Root {}

let app: INestApplication;
let config: SignInConfig;
let failures: MinuteLimit;
beforeAll(async () => {
  const env = { DATABASE_URL: 'postgresql://localhost/none', NATS_URL: 'nats://localhost', LASTCOPY_ENV: 'development', KEYS_DIR: 'keys' };
  config = loadConfig(SignInConfig, { ...env, DEV_TOKEN_SECRET: 'a secret of at least thirty-two characters' });
  app = await NestFactory.create({ module: Root, controllers: [Routes] }, { logger: false });
  failures = await MinuteLimit.of(3, 'Too many refused tokens');
  const tokens = new TokenChecks(config, configuredIssuers(config));
  app.useGlobalGuards(new AuthGuard({ names: config, tokens, failures, seen: () => undefined }));
  app.useGlobalFilters(new ProblemFilter(pino({ level: 'silent' }), { record: async () => undefined }));
  await app.listen(0, '127.0.0.1');
});
afterAll(async () => {
  failures?.stop();
  await app?.close();
});

it('refuses a route that names no permission, wherever it is, and opens what is marked as public', async () => {
  const { status, body } = await request(await app.getUrl()).get('/unmarked');
  expect([status, body.code]).toEqual([403, 'FORBIDDEN']);
  await request(await app.getUrl())
    .get('/open')
    .expect(200, 'reached');
});

it('looks at some refused tokens of one address, then says how long to wait, and lets a valid one pass all the same', async () => {
  const tenant = { client_account_id: randomUUID(), engagement_id: randomUUID() };
  const headers = { 'X-Client-Account-ID': tenant.client_account_id, 'X-Engagement-ID': tenant.engagement_id };
  const ask = async (token: string) =>
    request(await app.getUrl())
      .get('/guarded')
      .set({ ...headers, Authorization: `Bearer ${token}` });
  for (let count = 0; count < 3; count++) expect((await ask('x.y.z')).status).toBe(401);
  const { status, body, headers: answered } = await ask('x.y.z');
  expect([status, body.code]).toEqual([429, 'RATE_LIMITED']);
  expect(Number(answered['retry-after'])).toBeGreaterThan(0);
  const valid = await new DevTokens(config).issue({ user_id: 'olga', name: 'Olga', roles: ['operator'] }, tenant);
  expect((await ask(valid)).text).toBe('reached');
});
