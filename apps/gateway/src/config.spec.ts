import { DevTokens } from './http/dev-tokens.js';
import { gatewayConfig } from './config.js';

const env = {
  ...{ DATABASE_URL: 'postgres://localhost/gateway', NATS_URL: 'nats://localhost', KEYS_DIR: '/keys' },
  ...{ S3_ACCESS_KEY_ID: 'documents', S3_SECRET_ACCESS_KEY: 'secret' },
};
const secret = 'a secret of at least thirty-two characters';
const invalid = expect.objectContaining({ code: 'CONFIGURATION_INVALID' });

it('accepts development tokens in development only', () => {
  expect(gatewayConfig({ ...env, LASTCOPY_ENV: 'development', DEV_TOKEN_SECRET: secret }).TRANSITION_TIMEOUT_MS).toBe(15_000);
  expect(() => gatewayConfig({ ...env, DEV_TOKEN_SECRET: secret })).toThrow(invalid);
  const identity = { DEV_TOKEN_SECRET: secret, AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' };
  expect(() => new DevTokens({ ...identity, LASTCOPY_ENV: 'production' })).toThrow(invalid);
});

it('does not start when nobody could sign in, or with a secret that is easily guessed', () => {
  expect(() => gatewayConfig({ ...env, LASTCOPY_ENV: 'development' })).toThrow(invalid);
  expect(() => gatewayConfig({ ...env, LASTCOPY_ENV: 'development', DEV_TOKEN_SECRET: 'short' })).toThrow(invalid);
});
