import { createHash } from 'node:crypto';
import { copyIn } from './copy-in.js';
import { exportDigest } from './copy-out.js';
import { restoreLargeObject } from './large-objects.js';
import { openSnapshot } from './postgres-snapshot.js';
import { restorePostData, restorePreData } from './restore-schema.js';
import { createScratchDatabase } from './scratch-database.js';
import { TestDatabases } from './test-databases.fixture.js';

describe('content out of the ordinary', () => {
  const databases = new TestDatabases();
  afterAll(() => databases.dropAll());

  it('passes on a row larger than a block in pieces, and counts it once', async () => {
    const source = await databases.create(
      'wide',
      `CREATE TABLE w (id int, v text); INSERT INTO w VALUES (1, 'a'), (2, repeat('xy', 5000000)), (3, 'c')`,
    );
    const snapshot = await openSnapshot(source);
    try {
      const pieces: { block: Buffer; rows: number; endsRow: boolean }[] = [];
      const { rows, bytes } = await snapshot.copyOut(snapshot.tables[0]!, (block, count, endsRow) =>
        Promise.resolve(void pieces.push({ block: Buffer.from(block), rows: count, endsRow })),
      );
      expect([rows, bytes]).toEqual([3, 4 + 10_000_003 + 4]);
      expect(pieces.map((piece) => [piece.rows, piece.endsRow])).toEqual([
        [1, true],
        [0, false],
        [0, false],
        [2, true],
      ]);
      const text = Buffer.concat(pieces.map((piece) => piece.block)).toString();
      expect(text).toBe(`1,a\n2,${'xy'.repeat(5_000_000)}\n3,c\n`);
    } finally {
      await snapshot.close();
    }
  });

  it('copies large objects as the snapshot has them and restores them under their oid', async () => {
    const source = await databases.create('lobs', `SELECT lo_from_bytea(4711, decode(repeat('00ff41', 900000), 'hex')), lo_create(4712)`);
    const snapshot = await openSnapshot(source);
    try {
      await databases.sql(source, 'SELECT lo_unlink(4711)');
      const objects = await snapshot.largeObjects();
      expect(objects).toMatchObject([
        { oid: '4711', size_bytes: 2_700_000 },
        { oid: '4712', size_bytes: 0 },
      ]);
      const target = await databases.create('lobsback');
      const slices: Buffer[] = [];
      await snapshot.copyLargeObject(objects[0]!, (slice) => Promise.resolve(void slices.push(slice)));
      expect(await restoreLargeObject(target, '4711', asyncOf(slices))).toBe(2_700_000);
      const restored = await openSnapshot(target);
      const hash = createHash('sha256');
      await restored.copyLargeObject((await restored.largeObjects())[0]!, (slice) => Promise.resolve(void hash.update(slice)));
      await restored.close();
      expect(hash.digest('hex')).toBe(createHash('sha256').update(Buffer.concat(slices)).digest('hex'));
      expect(Buffer.concat(slices).length).toBe(2_700_000);
    } finally {
      await snapshot.close();
    }
  });

  it('lists what it leaves out, and refuses what a restore could not make', async () => {
    const source = await databases.create(
      'odd',
      `CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one; CREATE FOREIGN DATA WRAPPER nowhere; CREATE SERVER far FOREIGN DATA WRAPPER nowhere;
       CREATE FOREIGN TABLE distant (id int) SERVER far; CREATE VIEW over_there AS SELECT * FROM distant;
       CREATE FUNCTION eq(point, point) RETURNS bool LANGUAGE sql IMMUTABLE AS 'SELECT $1 ~= $2'; CREATE OPERATOR === (FUNCTION = eq, LEFTARG = point, RIGHTARG = point);
       CREATE TABLE spots (p point, CONSTRAINT same CHECK (p OPERATOR(public.===) p))`,
    );
    const snapshot = await openSnapshot(source);
    expect(snapshot.excluded.map((relation) => [relation.kind, relation.name])).toEqual([
      ['foreign table', 'distant'],
      ['materialised view', 'mv'],
    ]);
    expect(snapshot.schema.not_restored.map((object) => object.kind).sort()).toEqual(
      ['constraint', 'foreign server', 'foreign table', 'foreign-data wrapper', 'operator', 'view'].sort(),
    );
    await snapshot.close();
    await databases.sql(source, 'CREATE TABLE public.typed (t public.distant)');
    const refused = openSnapshot(source).then((opened) => opened.close());
    await expect(refused).rejects.toMatchObject({
      code: 'SOURCE_UNSUPPORTED',
      message: expect.stringContaining('"public"."typed"'),
    });
  });

  it('keeps bytes of no known encoding and another locale', async () => {
    const name = databases.name('ascii');
    await databases.sql(databases.admin, `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`);
    const source = { ...databases.admin, database: name };
    await databases.sql(
      source,
      `CREATE TABLE public.t (v text); SET client_encoding = 'SQL_ASCII'; INSERT INTO public.t VALUES (E'caf\\xe9')`,
    );
    const snapshot = await openSnapshot(source);
    const blocks: Buffer[] = [];
    await snapshot.copyOut(snapshot.tables[0]!, (block) => Promise.resolve(void blocks.push(Buffer.from(block))));
    const schema = await snapshot.finish();
    await snapshot.close();
    expect(Buffer.concat(blocks)).toEqual(Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x0a]));
    const scratch = await createScratchDatabase(databases.admin, databases.name('asciiback'), schema);
    await restorePreData(scratch, schema);
    expect(await copyIn(scratch, snapshot.tables[0]!, asyncOf(blocks))).toBe(1);
    await restorePostData(scratch, schema);
    expect((await exportDigest(scratch, snapshot.tables[0]!)).sha256).toBe(
      createHash('sha256').update(Buffer.concat(blocks)).digest('hex'),
    );
  });

  it('says which table and line a damaged file broke at, and leaves the table empty', async () => {
    const target = await databases.create('damaged', 'CREATE TABLE t (id int)');
    const table = { schema: 'public', name: 't', columns: ['id'] };
    const loading = copyIn(target, table, asyncOf([Buffer.from('1\n2\nx'), Buffer.from('3\n')]));
    await expect(loading).rejects.toMatchObject({ code: 'RESTORE_FAILED', message: expect.stringMatching(/"public"\."t".*line 3/s) });
    const lost = new Error('part 2 cannot be decrypted');
    const failing = (async function* () {
      yield await Promise.resolve(Buffer.from('1\n'));
      throw lost;
    })();
    await expect(copyIn(target, table, failing)).rejects.toBe(lost);
    expect(await exportDigest(target, table)).toMatchObject({ rows: 0, bytes: 0 });
  });
});

async function* asyncOf(blocks: Buffer[]) {
  for (const block of blocks) yield await Promise.resolve(block);
}
