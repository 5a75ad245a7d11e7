import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'pg';
import { createLocalKeyFileProvider, openArchive } from '@lastcopy/archive-format';
import { serviceNames } from '@lastcopy/contracts';
import { createS3ObjectStore, parseLocation } from '@lastcopy/object-store';
import { trustedKeys } from '@lastcopy/platform';
import { withClient } from '../../../tools/embedded/provision.mjs';
import type { Stack } from '../stack.js';
import type { Found } from './needles.js';

const ownTables = `
  select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^pg_' and schemaname <> 'information_schema'`;

/** Every column of every row of every table of the four databases, and what the server keeps of its roles. */
export async function databaseRows(stack: Stack): Promise<Found[]> {
  const { infrastructure } = stack;
  const found: Found[] = [];
  const urls = serviceNames.map((service) => {
    const { pathname } = new URL(infrastructure.databases[service].DATABASE_URL);
    return [service, Object.assign(new URL(infrastructure.postgres.url), { pathname }).href] as const;
  });
  for (const [service, url] of urls) {
    await withClient(url, async (client: Client) => {
      const { rows: tables } = await client.query<{ name: string }>(ownTables);
      for (const { name } of tables) {
        const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
        found.push({ where: `table ${name} of ${service}`, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) });
      }
      const { rows: roles } = await client.query<{ row: string }>('select to_jsonb(a)::text as row from pg_authid a');
      found.push({ where: `roles of ${service}`, bytes: Buffer.from(JSON.stringify(roles)) });
    });
  }
  return found;
}

/** Every file below a folder of the data, but those that `apart` names. */
export async function filesIn(dataDir: string, folder: string, apart: (file: string) => boolean = () => false): Promise<Found[]> {
  const entries = await readdir(path.join(dataDir, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const searched = files.filter((file) => !apart(path.relative(dataDir, file)));
  return Promise.all(searched.map(async (file) => ({ where: path.relative(dataDir, file), bytes: await readFile(file) })));
}

/** Everything that an archive holds, decrypted and decompressed, with its documents. */
export async function archiveContents(stack: Stack, location: string): Promise<Found[]> {
  const { profile, infrastructure } = stack;
  const { endpoint, region, access_key_id, secret_access_key } = profile.s3;
  const store = createS3ObjectStore({
    ...{ endpoint, region, forcePathStyle: true, accessKeyId: access_key_id, secretAccessKey: secret_access_key },
  });
  const keyFile = path.join(infrastructure.dataDir, 'keys', `tenant-${profile.client_account_id}.key`);
  const { bucket, key } = parseLocation(location);
  const manifest = { bucket, key: key.endsWith('/manifest.json') ? key : `${key.replace(/\/$/, '')}/manifest.json` };
  const archive = await openArchive({
    ...{ store, manifest, keys: [await createLocalKeyFileProvider(keyFile, { nodeEnv: 'development' })] },
    trustedSigners: await trustedKeys(profile.keys_dir, 'archive-signing'),
  });
  const found: Found[] = [{ where: `manifest of ${location}`, bytes: Buffer.from(JSON.stringify(archive.manifest)) }];
  for (const { path: name } of archive.manifest.data_sets) {
    const chunks: Buffer[] = [];
    for await (const chunk of archive.readDataSet(name)) chunks.push(chunk);
    found.push({ where: `${name} of ${location}`, bytes: Buffer.concat(chunks) });
  }
  return found;
}
