import { createHash } from 'node:crypto';
import { contentHash } from './content-hash.js';
import { copyIn } from './copy-in.js';
import { exportDigest } from './copy-out.js';
import { describeSchema } from './describe-schema.js';
import { kitchenSink, shuffled } from './kitchen-sink.fixture.js';
import type { PostgresConnection } from './postgres-connection.js';
import { openSnapshot } from './postgres-snapshot.js';
import { restorePostData, restorePreData } from './restore-schema.js';
import type { SchemaDocument } from './schema-document.js';
import { assertEmptyDatabase, createScratchDatabase } from './scratch-database.js';
import { tableRefs } from './table-refs.js';
import { TestDatabases } from './test-databases.fixture.js';

interface Archived {
  csv: Buffer;
  rows: number;
  hash: string;
  counted: number;
}

async function exported(source: PostgresConnection) {
  const snapshot = await openSnapshot(source);
  try {
    const tables = new Map<string, Archived>();
    for (const table of snapshot.tables) {
      const blocks: Buffer[] = [];
      const { rows } = await snapshot.copyOut(table, (block) => Promise.resolve(void blocks.push(Buffer.from(block))));
      const { hash } = await snapshot.contentHash(table);
      tables.set(table.ordinal, { csv: Buffer.concat(blocks), rows, hash, counted: await snapshot.count(table) });
    }
    return { schema: JSON.parse(JSON.stringify(await snapshot.finish())) as SchemaDocument, tables };
  } finally {
    await snapshot.close();
  }
}

async function* pieces(csv: Buffer, size = 1000) {
  for (let at = 0; at < csv.length; at += size) yield await Promise.resolve(csv.subarray(at, at + size));
}

describe('a database that goes out and comes back', () => {
  const databases = new TestDatabases();
  let source: PostgresConnection;
  let scratch: PostgresConnection;
  let archive: Awaited<ReturnType<typeof exported>>;
  const loaded = new Map<string, number>();

  beforeAll(async () => {
    source = await databases.create('sink', kitchenSink + shuffled);
    archive = await exported(source);
    scratch = await createScratchDatabase(databases.admin, databases.name('back'), archive.schema);
    await assertEmptyDatabase(scratch);
    await restorePreData(scratch, archive.schema);
    for (const table of tableRefs(archive.schema)) {
      loaded.set(table.ordinal, await copyIn(scratch, table, pieces(archive.tables.get(table.ordinal)!.csv)));
    }
    await restorePostData(scratch, archive.schema);
  });
  afterAll(() => databases.dropAll());

  it('counts every table the same on all three ways', () => {
    for (const table of tableRefs(archive.schema)) {
      const { rows, counted } = archive.tables.get(table.ordinal)!;
      expect([table.name, rows, loaded.get(table.ordinal)]).toEqual([table.name, counted, counted]);
    }
    expect([...loaded.values()].reduce((sum, rows) => sum + rows, 0)).toBeGreaterThan(2400);
  });

  it('exports every restored table byte for byte', async () => {
    for (const table of tableRefs(archive.schema)) {
      const { csv, rows } = archive.tables.get(table.ordinal)!;
      const sha256 = createHash('sha256').update(csv).digest('hex');
      expect([table.name, await exportDigest(scratch, table)]).toEqual([table.name, { rows, bytes: csv.length, sha256 }]);
    }
  });

  it('hashes the content of every table the same, generated columns included', async () => {
    for (const table of tableRefs(archive.schema)) {
      const { hash } = archive.tables.get(table.ordinal)!;
      expect([table.name, (await contentHash(scratch, table)).hash]).toEqual([table.name, hash]);
    }
  });

  it('gives the restored database the same schema', async () => {
    const restored = await describeSchema(scratch);
    const kinds = (schema: SchemaDocument) => schema.objects.map((object) => `${object.kind} ${object.identity}`).sort();
    expect(kinds(restored)).toEqual(kinds(archive.schema));
    expect(restored.fingerprint).toBe(archive.schema.fingerprint);
    expect(restored.sequences).toEqual(archive.schema.sequences);
    expect(archive.schema.not_restored).toEqual([]);
  });

  it('keeps tables apart whose dotted names look alike', () => {
    const dotted = archive.schema.tables.filter((table) => `${table.schema}.${table.name}` === 'a.b.c');
    expect(dotted.map((table) => archive.tables.get(table.ordinal!)!.csv.toString())).toEqual([
      '1,dotted table\n2,two\n',
      '1,dotted schema\n',
    ]);
  });

  it('tells NULL from the empty string', () => {
    const single = archive.schema.tables.find((table) => table.name === 'single')!;
    expect(archive.tables.get(single.ordinal!)!.csv.toString()).toBe('\n""\n"\\."\n"\n"\nNULL\n\n');
  });

  it('refuses to restore over what is there', async () => {
    await expect(assertEmptyDatabase(scratch)).rejects.toMatchObject({ code: 'RESTORE_TARGET_NOT_EMPTY' });
  });
});
