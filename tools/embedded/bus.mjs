// The bus of the embedded stack: a key for each service and for the command line, made once and kept, and the server's configuration, made anew.
import fs from 'node:fs';
import path from 'node:path';
import { serviceNames } from '@lastcopy/contracts';
import { ensureSeed } from '../bus/nkeys.mjs';
import { usersConfig } from '../bus/server-config.mjs';
import { ensureCommandLineUsers, readUsers, seedFile } from '../bus/users.mjs';

export const busFolder = (dataDir) => path.join(dataDir, 'bus');

/** Answers the file of the server's configuration. A data folder of before the bus had users gets them. */
export function prepareBus(dataDir, tenant) {
  const dir = busFolder(dataDir);
  const keys = Object.fromEntries(serviceNames.map((service) => [service, ensureSeed(seedFile(dir, service))]));
  ensureCommandLineUsers(dir, tenant);
  const file = path.join(dir, 'server.conf');
  fs.writeFileSync(file, usersConfig(keys, readUsers(dir)));
  return file;
}

/** A service's settings for its user of the bus. */
export const busUser = (dataDir, service) => ({ NATS_NKEY_SEED_FILE: seedFile(busFolder(dataDir), service) });
