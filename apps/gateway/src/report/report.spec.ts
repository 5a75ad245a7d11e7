import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { reportKinds, type ReportAnswer, type ReportKind } from '@lastcopy/contracts';
import { signingKey } from '@lastcopy/platform';
import { approveAll, archivedStory, factsOf, flow_id, systems } from '../testing/facts-fixture.js';
import { makeReport } from './make-report.js';
import { reportCsv } from './report-csv.js';
import type { ReportFacts } from './report-facts.js';
import { reportPdf } from './report-pdf.js';

const now = new Date('2026-11-22T14:00:00.000Z');
let keysDir: string;
let facts: ReportFacts;

beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-report-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
  const { flow, assignments, jobs, approvals } = factsOf(approveAll(await archivedStory(keysDir)));
  facts = { flow, assignments: [...assignments.values()] as ReportFacts['assignments'], jobs, approvals };
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));

const report = (kind: ReportKind): ReportAnswer => makeReport(kind, facts, now);
const column = (kind: ReportKind, table: number, name: string): string[] => {
  const { columns, rows } = report(kind).tables[table]!;
  return rows.map((row) => row[columns.indexOf(name)]!);
};

it.each(reportKinds)('says of the %s report what its columns promise, row by row', (kind) => {
  for (const { columns, rows } of report(kind).tables) for (const row of rows) expect(row).toHaveLength(columns.length);
  expect(report(kind)).toMatchObject({ kind, flow_id, generated_at: now.toISOString() });
});

it('names every archive with its place, digest and retention', () => {
  expect(column('archival', 0, 'System')).toEqual(systems.map(({ system_name }) => system_name));
  expect(column('archival', 0, 'SHA-256 of the manifest')).toEqual(facts.jobs.map(({ uploaded }) => uploaded!.manifest_sha256));
  expect(column('archival', 0, 'Proven')).not.toContain('no');
  expect(column('archival', 1, 'Policy')).toHaveLength(2);
});

it('names a system without an archive as such', () => {
  const without = makeReport('archival', { ...facts, jobs: [] }, now).tables[0]!;
  expect(without.rows.map((row) => row[without.columns.indexOf('Status')])).toEqual(['no job yet', 'no job yet']);
  expect(makeReport('recovery', { ...facts, jobs: [] }, now).tables[0]!.rows.flat()).not.toContain(expect.stringContaining('lastcopy'));
});

it('shows the figures that were compared, and who signed for which evidence', () => {
  const [run] = Object.values(facts.jobs[0]!.verifications);
  expect(column('attestation', 0, 'Expected').slice(0, run!.checks.length)).toEqual(run!.checks.map(({ expected }) => expected || '–'));
  expect(column('attestation', 2, 'SHA-256 of the evidence')).toEqual(facts.approvals.map(({ evidence_hash }) => evidence_hash));
});

it('gives the commands that get an archive back', () => {
  const [restore] = column('recovery', 0, 'Restore it');
  const { bucket, key } = facts.jobs[0]!.uploaded!.manifest;
  expect(restore).toBe(`lastcopy restore s3://${bucket}/${key} --to ./billing`);
});

it('is a CSV that a spreadsheet takes for nothing but text', () => {
  const { columns, rows } = report('archival').tables[0]!;
  expect(parse(reportCsv(report('archival')))).toEqual([columns, ...rows]);
  const evil = { ...report('archival'), tables: [{ title: '', says: [], columns: ['a'], rows: [['=1+1'], ['fine']] }] };
  expect(parse(reportCsv(evil))).toEqual([['a'], ["'=1+1"], ['fine']]);
});

it('is a PDF of several pages when there is much to say, whatever the letters', async () => {
  const rows = Array.from({ length: 120 }, (_, index) => [`Größe ${index} – “€”`, 'a'.repeat(64)]);
  const pdf = await reportPdf({ ...report('archival'), tables: [{ title: 'Äpfel', says: ['’'], columns: ['a', 'b'], rows }] });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(1);
});
