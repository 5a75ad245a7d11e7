import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { packDirectory } from '@lastcopy/source-directory';
import pg from 'pg';
import { createBillingDatabase, createCrmDatabase, createFileShare } from './index.js';

const options = { seed: 7, scale: 0.005 };
const names = ['demo_billing_a', 'demo_billing_b', 'demo_crm'].map((name) => `${name}_${process.pid}`) as [string, string, string];
const urlOf = (name: string): string => process.env.TEST_DATABASE_URL!.replace(/\/[^/]*$/, `/${name}`);

const ask = async (name: string, sql: string): Promise<unknown[][]> => {
  const client = new pg.Client({ connectionString: name === 'postgres' ? process.env.TEST_DATABASE_URL! : urlOf(name) });
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
};

beforeAll(async () => {
  for (const name of names) await ask('postgres', `create database ${name}`);
});
afterAll(async () => {
  for (const name of names) await ask('postgres', `drop database if exists ${name} with (force)`);
});

const digestOf = (table: string) => `select count(*)::int, md5(string_agg(md5(t::text), '' order by md5(t::text))) from ${table} t`;

describe('the billing database', () => {
  let rows: Record<string, number>;
  beforeAll(async () => {
    rows = await createBillingDatabase(urlOf(names[0]), options);
    await createBillingDatabase(urlOf(names[1]), options);
  });

  it.each(['customers', 'products', 'exchange_rates', 'invoices', 'invoice_lines', 'payments', '"Audit Log"', 'staff', 'articles'])(
    'has the same %s for the same seed',
    async (table) => {
      const [first, second] = [await ask(names[0], digestOf(`billing.${table}`)), await ask(names[1], digestOf(`billing.${table}`))];
      expect(first).toEqual(second);
      expect(first[0]![0]).toBe(rows[table]);
      expect(rows[table]).toBeGreaterThan(0);
    },
  );

  it.each([
    ['NULL notes', `select count(*)::int from billing.customers where notes is null`],
    ['empty notes', `select count(*)::int from billing.customers where notes = ''`],
    ['notes that look like NULL', `select count(*)::int from billing.customers where notes in ('NULL', '\\N')`],
    ['NaN numerics', `select count(*)::int from billing.exchange_rates where rate = 'NaN'`],
    ['infinite doubles', `select count(*)::int from billing.products where weight_kg = 'infinity'`],
    ['infinite times', `select count(*)::int from billing.exchange_rates where valid_until = 'infinity'`],
    ['empty bytea', `select count(*)::int from billing.payments where receipt = ''`],
    ['partitions with rows', `select count(distinct tableoid)::int - 3 from billing.invoices`],
    ['generated sums', `select count(*)::int from billing.invoices where gross = net + tax`],
    ['names beyond ASCII', `select count(*)::int from billing.customers where name ~ '[^ -~]'`],
  ])('holds %s', async (_what, sql) => {
    expect((await ask(names[0], sql))[0]![0]).toBeGreaterThan(0);
  });

  it('plants card numbers and IBANs whose check digits are right', async () => {
    const [cards, ibans] = [
      await ask(names[0], 'select card_number from billing.payments where card_number is not null'),
      await ask(names[0], 'select iban from billing.customers'),
    ];
    expect(cards.length).toBeGreaterThan(100);
    expect(cards.every(([card]) => passesLuhn(String(card)))).toBe(true);
    expect(ibans.every(([iban]) => BigInt(`${String(iban).slice(4)}1314${String(iban).slice(2, 4)}`) % 97n === 1n)).toBe(true);
  });

  it('goes on counting its identities where the rows end', async () => {
    const [[next]] = (await ask(names[0], `select nextval(pg_get_serial_sequence('billing.customers', 'id'))::int`)) as [[number]];
    expect(next).toBe(rows.customers! + 1);
  });

  it('leaves nothing behind when it cannot be made whole', async () => {
    await expect(createBillingDatabase(urlOf(names[0]), options)).rejects.toThrow('already exists');
    expect((await ask(names[0], 'select count(*)::int from billing.customers'))[0]![0]).toBe(rows.customers);
  });
});

it('makes the customer relations database with whole references', async () => {
  const rows = await createCrmDatabase(urlOf(names[2]), options);
  expect(rows).toEqual({ accounts: 25, contacts: 400, activities: 1750 });
  const [[inMail]] = (await ask(names[2], `select count(*)::int from crm.contacts where email ~ '@example\\.(com|org|net)$'`)) as [
    [number],
  ];
  expect(inMail).toBe(400);
});

it('makes two equal file shares of one seed, and refuses a folder in use', async () => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-share-'));
  try {
    const lines: string[][] = [];
    for (const name of ['one', 'two']) {
      const index: Buffer[] = [];
      await createFileShare(path.join(base, name), options);
      await packDirectory(path.join(base, name), { tar: async () => undefined, index: async (block) => void index.push(block) });
      // The time of a link is the only thing that is not set.
      lines.push(
        Buffer.concat(index)
          .toString()
          .split('\n')
          .filter((line) => !line.includes('"symlink"')),
      );
    }
    expect(lines[0]).toEqual(lines[1]);
    expect(lines[0]!.length).toBeGreaterThan(30);
    await expect(createFileShare(path.join(base, 'one'), options)).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY' });
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
});

function passesLuhn(card: string): boolean {
  const sum = [...card].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
