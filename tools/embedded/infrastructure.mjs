// The servers that Lastcopy stands on: PostgreSQL, NATS and an S3 store, on loopback, with their data under the data folder.
import fs from 'node:fs';
import path from 'node:path';
import { startNats } from '../servers/nats.mjs';
import { startPostgres } from '../servers/postgres.mjs';
import { prepareBus } from './bus.mjs';
import { loadCredentials } from './credentials.mjs';
import { startObjectStore } from './object-store.mjs';
import { loadPorts } from './ports.mjs';
import { loadTenant } from './profile.mjs';
import { provisionServices } from './provision.mjs';

const leastFreeBytes = 2e9;

function requireDiskSpace(dataDir) {
  const { bavail, bsize } = fs.statfsSync(dataDir);
  const free = bavail * bsize;
  if (free < leastFreeBytes)
    throw new Error(
      `The disk of ${dataDir} has ${Math.round(free / 1e6)} MB free; Lastcopy needs ${leastFreeBytes / 1e6} MB. Free some space.`,
    );
}

/**
 * Starts all three, or none. `stop` stops them in the reverse order; `death` resolves with the name of one that ended by itself.
 * @param {string} dataDir
 * @param {Record<string, number>} [preferredPorts] taken at the first start when they are free
 * @param {{ durable?: boolean }} [options] not durable means that PostgreSQL does not wait for the disk: for tests alone
 */
export async function startInfrastructure(dataDir, preferredPorts = {}, { durable = true } = {}) {
  fs.mkdirSync(dataDir, { recursive: true });
  requireDiskSpace(dataDir);
  const ports = await loadPorts(dataDir, preferredPorts);
  const credentials = loadCredentials(dataDir);
  const running = [];
  const stop = async () => {
    for (const server of running.splice(0).reverse()) await server.stop();
  };
  let reportDeath;
  const death = new Promise((resolve) => (reportDeath = resolve));
  const start = async (name, starting) => {
    const server = await starting;
    running.push(server);
    void server.exited.then(() => running.includes(server) && reportDeath(name));
    return server;
  };
  try {
    const postgres = await start(
      'PostgreSQL',
      startPostgres({ dir: path.join(dataDir, 'pg'), port: ports.postgres, durable, superuserPassword: credentials.superuser }),
    );
    const busConfig = prepareBus(dataDir, loadTenant(dataDir));
    const nats = await start('NATS', startNats({ storeDir: path.join(dataDir, 'nats'), port: ports.nats, config: busConfig }));
    const s3 = await start(
      'The object store',
      startObjectStore({ dir: path.join(dataDir, 's3'), port: ports.s3, credentials: credentials.s3 }),
    );
    const databases = await provisionServices(postgres, credentials);
    return { dataDir, ports, credentials, postgres, nats, busConfig, s3, databases, stop, death };
  } catch (error) {
    await stop();
    throw error;
  }
}
