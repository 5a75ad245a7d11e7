import { ServiceConfig } from './service-config.js';
import { loadConfig } from './load-config.js';

const valid = { DATABASE_URL: 'postgres://u:hidden@h/d', NATS_URL: 'nats://localhost', KEYS_DIR: '/keys' };

it('fills defaults and reads numbers', () => {
  expect(loadConfig(ServiceConfig, { ...valid, PORT: '8080' })).toMatchObject({
    PORT: 8080,
    HOST: '127.0.0.1',
    LASTCOPY_ENV: 'production',
  });
});

it('lists every fault at once and no value', () => {
  const load = () => loadConfig(ServiceConfig, { DATABASE_URL: 'mysql://root:hidden@h', PORT: 'eighty', KEYS_DIR: '' });
  expect(load).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }));
  for (const name of ['DATABASE_URL', 'NATS_URL', 'PORT', 'KEYS_DIR']) expect(load).toThrow(new RegExp(`  ${name}: `));
  expect(load).not.toThrow(/hidden/);
});
