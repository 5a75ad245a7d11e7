import type { VerificationLevel } from '@lastcopy/contracts';
import { newTenant } from '../testing/archive-rig.js';
import { objectsOf, ProofRig } from '../testing/proof-rig.js';
import { verifyArchive } from './verify-archive.js';

const tenant = newTenant();
let rig: ProofRig;

beforeAll(async () => {
  rig = await ProofRig.start(tenant);
});
afterAll(() => rig.stop());

describe('a sound archive of a database', () => {
  it.each(['stored', 'fixity', 'readable', 'restored', 'reconciled'] as VerificationLevel[])('is proven at level %s', async (level) => {
    const fixture = await rig.archive(tenant, level, { partMaxStoredBytes: 20_000 });
    const proven = await rig.prove(fixture);
    const objects = objectsOf(fixture).length + 2;
    expect(proven).toMatchObject({ level, objects, rows: fixture.manifest.totals.rows, keys: { tenant: true, escrow: true } });
    expect(await rig.scratchDatabases()).toEqual([]);
  });

  it('leaves a check for each table and level, without any name of the source', async () => {
    const fixture = await rig.archive(tenant, 'reconciled');
    const proof = await rig.proofOf(rig.claimOf(fixture));
    await verifyArchive(proof, undefined);
    const listed = proof.findings.checks.listed();
    expect(listed.every(({ passed }) => passed)).toBe(true);
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'stored: objects',
        'keys: tenant',
        'keys: escrow',
        'readable: table 1 records parsed',
        'restored: table 2 rows',
        'restored: table 3 SHA-256 of its export',
        'restored: digest of large objects',
        'restored: fingerprint of the schema',
        'restored: sequences with their values',
        'reconciled: table 2 content hash',
      ]),
    );
    expect(JSON.stringify(listed)).not.toMatch(/account|invoice|example\.org/);
  });

  it('does not attest an escrow path that is not configured', async () => {
    const fixture = await rig.archive(tenant, 'stored');
    const proof = await rig.proofOf(rig.claimOf(fixture));
    const proven = await verifyArchive({ ...proof, keys: { ...proof.keys, escrow: null } }, undefined);
    expect(proven.keys).toEqual({ tenant: true, escrow: false });
  });
});

describe('a sound archive of a directory', () => {
  it('is proven at level readable', async () => {
    expect((await rig.prove(await rig.archive(tenant, 'readable', rig.directory()))).level).toBe('readable');
  });

  it('is not judged at a level that a directory cannot reach', async () => {
    const proof = await rig.proofOf(rig.claimOf(await rig.archive(tenant, 'restored', rig.directory())));
    await expect(verifyArchive(proof, undefined)).rejects.toMatchObject({ code: 'VERIFICATION_UNAVAILABLE' });
  });

  it('is refused when the source counted other files', async () => {
    const falsify = {
      reconciliation: (document: never) =>
        ({ ...(document as object), tree: { ...(document as { tree: object }).tree, files: 7 } }) as never,
    };
    expect(await rig.refusal(await rig.archive(tenant, 'readable', { ...rig.directory(), falsify }))).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      message: expect.stringContaining('data/files'),
    });
  });
});

describe('content that is well-formed and wrong', () => {
  const falsified = async (level: VerificationLevel, falsify: Parameters<typeof rig.archive>[2]) =>
    rig.refusal(await rig.archive(tenant, level, falsify));

  it('is found when the source counted other rows', async () => {
    const reconciliation = (document: { tables: { rows: number }[] }) =>
      ({ ...document, tables: document.tables.map((table) => ({ ...table, rows: table.rows + 1 })) }) as never;
    expect(await falsified('readable', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
    });
  });

  it('is found when a table is missing from the reconciliation', async () => {
    const reconciliation = (document: { tables: object[] }) => ({ ...document, tables: document.tables.slice(1) }) as never;
    expect(await falsified('readable', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
    });
  });

  it('is found when the source’s content hash differs', async () => {
    const reconciliation = (document: { tables: object[] }) =>
      ({ ...document, tables: document.tables.map((table) => ({ ...table, content_hash: '42' })) }) as never;
    expect(await falsified('reconciled', { falsify: { reconciliation: reconciliation as never } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      level: 'reconciled',
      message: expect.stringContaining('content hash'),
    });
  });

  it('is found when a value cannot be loaded, without quoting it', async () => {
    const table = (tablePath: string, block: Buffer) =>
      tablePath === 'data/t-0001' ? Buffer.from(block.toString().replace(/^1,/, 'x,')) : block;
    const found = await falsified('restored', { falsify: { table } });
    expect(found).toMatchObject({ code: 'RESTORE_FAILED', message: expect.stringMatching(/^data\/t-0001: .*SQLSTATE 22P02/) });
    expect(found.message).not.toContain('example.org');
    expect(await rig.scratchDatabases()).toEqual([]);
  });

  it('is found when a table restores to other bytes than were archived', async () => {
    const table = (tablePath: string, block: Buffer) =>
      tablePath === 'data/t-0001' ? Buffer.from(block.toString().replace(/^1,/, '01,')) : block;
    expect(await falsified('restored', { falsify: { table } })).toMatchObject({
      code: 'ARCHIVE_CONTENT_MISMATCH',
      message: expect.stringContaining('SHA-256 of its export'),
    });
  });

  it('is found when the schema does not come back as it was', async () => {
    const schema = (document: object) => ({ ...document, fingerprint: 'f'.repeat(64) });
    expect(await falsified('restored', { falsify: { schema } })).toMatchObject({
      message: expect.stringContaining('fingerprint of the schema'),
    });
  });
});
