// What is archived: two tables of business rows (or one), so that both connections of an export have work, and a share of files.
import fs from 'node:fs';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { ensureDatabase, ensureRole, withClient } from '../embedded/provision.mjs';

const database = 'bench';
const reader = 'bench_reader';
const secretRef = 'bench-reader';
const seed = 20_261_122;
/** CSV of one row of the tables below, measured. */
const bytesPerRow = 172;
/** The share at scale 1. */
const shareBytes = 58e6;
/** Of the same shape and size; the first `count` of them. */
export const tablesOf = (count) => ['invoice', 'invoice_archive'].slice(0, count);

const words =
  'invoice delivery contract renewal customer payment reminder discount freight partial credit storage warranty pallet urgent standard express return damaged approved pending review annual monthly service account transfer deposit carrier customs document archive'.split(
    ' ',
  );
const word = (salt) => `w[1 + (hashint8(n * 31 + ${salt}) & 31)]`;

/** Rows are computed up to here, then copied with other ids and times: text of 10^10 bytes would take minutes to compute. */
const computedRows = 500_000;

/** Ids, names, amounts, times and free text; the same rows at every run. */
const computed = (table, count) => `
  with words as (select array[${words.map((each) => `'${each}'`).join(',')}] as w)
  insert into ${table}
  select n,
    md5((n % 400000)::text)::uuid,
    initcap(${word(1)}) || ' ' || initcap(${word(2)}) || ' ' || (n % 9973),
    (hashint8(n) & 1048575)::numeric / 100,
    case when n % 5 = 0 then 7 else 19 end,
    (array['EUR','USD','GBP','CHF'])[1 + n % 4],
    timestamptz '2015-01-01 00:00:00+00' + n * interval '13.37 seconds',
    date '2015-01-01' + (n / 6500)::int,
    n % 17 <> 0,
    case when n % 11 = 0 then null else concat_ws(' ', ${[3, 4, 5, 6, 7, 8, 9].map(word).join(', ')}) end
  from words, generate_series(1::bigint, ${count}::bigint) n`;

const copyOnce = (table, k, count) => `
  insert into ${table}
  select invoice_id + ${k * computedRows}, customer_id, customer_name, amount + ${k}, tax_percent, currency,
    issued_at + ${k} * interval '77 days', due_on + ${77 * k}, paid, note
  from ${table} where invoice_id <= ${Math.min(computedRows, count - k * computedRows)}`;

/** Unlogged: what is made here need not survive a crash, and a log of it would slow down what comes after. */
const definition = (table) => `create unlogged table ${table} (invoice_id bigint not null, customer_id uuid not null,
  customer_name text not null, amount numeric(12,2) not null, tax_percent numeric(5,2) not null, currency char(3) not null,
  issued_at timestamptz not null, due_on date not null, paid boolean not null, note text) with (autovacuum_enabled = off)`;

async function createTables(url, gigabytes, tableCount) {
  const tables = tablesOf(tableCount);
  const rows = Math.max(1, Math.round((gigabytes * 1e9) / bytesPerRow / tables.length));
  const create = (table) =>
    withClient(url, async (client) => {
      await client.query(definition(table));
      await client.query(computed(table, Math.min(rows, computedRows)));
      // One copy after the other: copies of a row side by side would compress as no real table does.
      for (let k = 1; k * computedRows < rows; k += 1) await client.query(copyOnce(table, k, rows));
      // No work that a first reader would do for the others.
      await client.query(`vacuum (freeze, analyze) ${table}`);
      await client.query(`alter table ${table} add primary key (invoice_id)`);
      await client.query(`grant select on ${table} to ${reader}`);
    });
  await Promise.all(tables.map(create));
  await withClient(url, (client) => client.query('checkpoint'));
}

/** Makes the database and its reader; answers the source's description and its URL. */
export async function createDatabaseSource({ postgres, dataDir }, tenant, gigabytes, tableCount = 2) {
  const password = randomBytes(18).toString('base64url');
  await withClient(postgres.url, async (client) => {
    await ensureRole(client, reader, password);
    await ensureDatabase(client, database, 'postgres');
    await client.query(`grant connect on database ${database} to ${reader}`);
  });
  const secrets = path.join(dataDir, 'secrets', tenant.client_account_id);
  fs.mkdirSync(secrets, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(secrets, secretRef), password, { mode: 0o600 });
  await createTables(postgres.url.replace(/\/postgres$/, `/${database}`), gigabytes, tableCount);
  const { host, port } = postgres;
  const readerUrl = `postgres://${reader}:${password}@${host}:${port}/${database}`;
  return { readerUrl, description: { kind: 'postgresql', host, port, database, user: reader, secret_ref: secretRef } };
}

/** Makes a share of logs, letters and one large file of about `gigabytes`. */
export async function createDirectorySource({ dataDir }, gigabytes) {
  const { createFileShare } = await import('@lastcopy/demo-systems');
  const folder = path.join(dataDir, 'demo', 'share');
  await createFileShare(folder, { seed, scale: (gigabytes * 1e9) / shareBytes });
  return { folder, description: { kind: 'directory', path: folder } };
}
