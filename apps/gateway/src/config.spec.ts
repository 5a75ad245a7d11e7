import { randomUUID } from 'node:crypto';
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
  expect(() => gatewayConfig({ ...env, LASTCOPY_ENV: 'development', NODE_ENV: 'production', DEV_TOKEN_SECRET: secret })).toThrow(
    /DEV_TOKEN_SECRET must be removed, for NODE_ENV says production/,
  );
  const identity = { DEV_TOKEN_SECRET: secret, AUTH_ISSUER: 'i', AUTH_AUDIENCE: 'a' };
  expect(() => new DevTokens({ ...identity, LASTCOPY_ENV: 'production' })).toThrow(invalid);
});

it('does not start when nobody could sign in, or with a secret that is easily guessed', () => {
  expect(() => gatewayConfig({ ...env, LASTCOPY_ENV: 'development' })).toThrow(invalid);
  expect(() => gatewayConfig({ ...env, LASTCOPY_ENV: 'development', DEV_TOKEN_SECRET: 'short' })).toThrow(invalid);
});

const devIssuer = { DEV_ISSUER: 'on', DEV_CLIENT_ACCOUNT_ID: randomUUID(), DEV_ENGAGEMENT_ID: randomUUID() };

it('never runs the development issuer in production, by either name of it', () => {
  const development = { ...env, ...devIssuer, LASTCOPY_ENV: 'development' };
  expect(gatewayConfig(development).DEV_ISSUER).toBe('on');
  expect(() => gatewayConfig({ ...development, LASTCOPY_ENV: 'production' })).toThrow(invalid);
  expect(() => gatewayConfig({ ...development, NODE_ENV: 'production' })).toThrow(/DEV_ISSUER/);
  expect(() => gatewayConfig({ ...development, DEV_ENGAGEMENT_ID: '' })).toThrow(/DEV_ENGAGEMENT_ID/);
});

it('shows no mails to everybody where either name says production', () => {
  const provided = { ...env, AUTH_ISSUER: 'https://people.example', NODE_ENV: 'production' };
  expect(() => gatewayConfig({ ...provided, LASTCOPY_ENV: 'development' })).toThrow(/mailbox/);
  expect(gatewayConfig({ ...provided, LASTCOPY_ENV: 'development', SMTP_URL: 'smtp://mail.example' }).SMTP_TLS).toBe('starttls');
  expect(gatewayConfig({ ...provided, LASTCOPY_ENV: 'production' }).SMTP_URL).toBeUndefined();
});

it('takes a provider by its URL, and its keys over an open line in development alone', () => {
  expect(gatewayConfig({ ...env, AUTH_ISSUER: 'https://people.example' }).AUTH_ISSUER).toBe('https://people.example');
  expect(() => gatewayConfig({ ...env, AUTH_ISSUER: 'http://people.example' })).toThrow(/https/);
  expect(() => gatewayConfig({ ...env, AUTH_ISSUER: 'x', AUTH_JWKS_URI: 'http://people.example/keys' })).toThrow(/https/);
  expect(() => gatewayConfig({ ...env, AUTH_JWKS_URI: 'https://people.example/keys', AUTH_JWKS_FILE: 'keys.json' })).toThrow(/not both/);
  expect(() => gatewayConfig({ ...env, AUTH_JWKS_URI: 'file:///etc/passwd' })).toThrow(invalid);
});

it('maps groups to roles that exist', () => {
  const production = { ...env, AUTH_ISSUER: 'https://people.example' };
  expect(gatewayConfig({ ...production, AUTH_ROLE_MAP: '{"grp":"legal"}' }).AUTH_ROLE_MAP).toEqual({ grp: 'legal' });
  for (const map of ['{"grp":"admin"}', '["legal"]', '{', '"legal"'])
    expect(() => gatewayConfig({ ...production, AUTH_ROLE_MAP: map })).toThrow(/AUTH_ROLE_MAP/);
});
