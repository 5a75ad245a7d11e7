import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import type { CanActivate, INestApplication } from '@nestjs/common';
import { devIssuerPath, DevIssuer } from '../dev-issuer/dev-issuer.js';
import type { Gateway } from '../gateway.js';
import { isWebUrl } from '../sign-in/sign-in-config.js';
import { configuredIssuers, TokenChecks } from '../sign-in/token-checks.js';
import { AuthGuard } from './auth.guard.js';
import { rateLimits } from './rate-limits.js';

/** Where the application listens; undefined before it does. */
function listensAt(app: INestApplication): string | undefined {
  const address = (app.getHttpServer() as Server).address() as AddressInfo | null;
  return address ? `http://127.0.0.1:${address.port}` : undefined;
}

/** Mounts the development issuer when it is on. */
async function devIssuerOf(app: INestApplication, { deps: { config } }: Gateway): Promise<DevIssuer | undefined> {
  if (config.DEV_ISSUER !== 'on') return undefined;
  const issuer = await DevIssuer.load(config, () => config.PUBLIC_URL ?? listensAt(app));
  const devIssuer: typeof issuer.handler = (...args) => issuer.handler(...args);
  app.use(devIssuerPath, devIssuer);
  return issuer;
}

/** What a request passes, in order: the limit of its address, sign-in and permission, the limit of its person. */
export async function guardsOf(app: INestApplication, gateway: Gateway): Promise<CanActivate[]> {
  const { config } = gateway.deps;
  const devIssuer = await devIssuerOf(app, gateway);
  const ownUrl = () => config.PUBLIC_URL ?? listensAt(app);
  gateway.browserIssuer = () => (devIssuer ? devIssuer.url : isWebUrl(config.AUTH_ISSUER) ? config.AUTH_ISSUER : undefined);
  const trusted = [...configuredIssuers(config), ...(devIssuer ? [devIssuer.trusted] : [])];
  gateway.notifications.baseUrl = () => ownUrl() ?? 'http://localhost';
  const limits = await rateLimits(config);
  gateway.stopping.addEventListener('abort', () => limits.stop());
  const seen = (principal: Parameters<Gateway['people']['seen']>[0]) => gateway.people.seen(principal);
  const signIn = new AuthGuard({ names: config, tokens: new TokenChecks(config, trusted), failures: limits.failedSignIns, seen });
  return [limits.byAddress, signIn, limits.byPrincipal];
}
