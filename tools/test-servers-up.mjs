// Jest's global set-up: one PostgreSQL and one NATS for all suites; each suite makes databases and streams of its own.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startNats } from './servers/nats.mjs';
import { startPostgres } from './servers/postgres.mjs';

export default async function testServersUp() {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'lastcopy-test-'));
  fs.chmodSync(base, 0o755);
  const [postgres, nats] = await Promise.all([
    startPostgres({ dir: path.join(base, 'pg') }),
    startNats({ storeDir: path.join(base, 'js') }),
  ]);
  process.env.TEST_DATABASE_URL = postgres.url;
  process.env.TEST_NATS_URL = nats.url;
  globalThis.testServers = { base, postgres, nats };
}
