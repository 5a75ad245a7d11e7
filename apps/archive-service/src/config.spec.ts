import { loadConfig } from '@lastcopy/platform';
import { ArchiveServiceConfig, secretVariables } from './config.js';

const valid = {
  DATABASE_URL: 'postgres://u:p@h/d',
  NATS_URL: 'nats://localhost',
  KEYS_DIR: '/keys',
  SECRETS_DIR: '/secrets',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'hidden',
};

it('is strict and patient unless told otherwise', () => {
  expect(loadConfig(ArchiveServiceConfig, valid)).toMatchObject({
    RETENTION_MODE: 'COMPLIANCE',
    ARCHIVE_RETRY_DELAYS_S: [60, 300, 900],
    LEASE_MS: 30_000,
    WORKERS: 2,
    SOURCE_ALLOW_LIST: '',
  });
});

it('reads lists and numbers', () => {
  const text = { ...valid, ARCHIVE_RETRY_DELAYS_S: '1, 2.5', WORKERS: '0', LASTCOPY_FAULT_POINT: 'mid-lock' };
  expect(loadConfig(ArchiveServiceConfig, text)).toMatchObject({
    ARCHIVE_RETRY_DELAYS_S: [1, 2.5],
    WORKERS: 0,
    LASTCOPY_FAULT_POINT: 'mid-lock',
  });
});

it.each([
  [{ SECRETS_DIR: '' }, /SECRETS_DIR/],
  [{ ARCHIVE_RETRY_DELAYS_S: '60,soon' }, /ARCHIVE_RETRY_DELAYS_S/],
  [{ ARCHIVE_RETRY_DELAYS_S: '-1' }, /ARCHIVE_RETRY_DELAYS_S/],
  [{ RETENTION_MODE: 'NONE' }, /RETENTION_MODE/],
  [{ LEASE_MS: '10' }, /LEASE_MS/],
  [{ BUCKET_ALLOW_LIST: 'a, b' }, /BUCKET_ALLOW_LIST/],
  [{ LASTCOPY_FAULT_POINT: 'anywhere' }, /LASTCOPY_FAULT_POINT/],
])('refuses %j', (changes, naming) => {
  expect(() => loadConfig(ArchiveServiceConfig, { ...valid, ...changes })).toThrow(naming);
});

it('needs no folder for secrets that the environment holds', () => {
  expect(() => loadConfig(ArchiveServiceConfig, { ...valid, SECRETS_DIR: undefined, SECRETS_PROVIDER: 'environment' })).not.toThrow();
  expect([...secretVariables({ LASTCOPY_SECRET_A__B: 'x', OTHER: 'y' })]).toEqual([['LASTCOPY_SECRET_A__B', 'x']]);
});
