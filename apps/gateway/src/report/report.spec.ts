import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { reportKinds, type ReportAnswer, type ReportKind } from '@lastcopy/contracts';
import { signingKey } from '@lastcopy/platform';
import type { PolicyRecord } from '../records/policy-record.js';
import { approveAll, archivedStory, assignmentAt, factsOf, failedStoryOf, flow_id, systems } from '../testing/facts-fixture.js';
import { makeReport } from './make-report.js';
import { reportsOfFlow } from './reports-of-flow.js';
import { reportCsv } from './report-csv.js';
import type { ReportFacts } from './report-facts.js';
import { digestOf, reportPdf } from './report-pdf.js';

const now = new Date('2026-11-22T14:00:00.000Z');
let keysDir: string;
let facts: ReportFacts;

beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-report-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
  const { flow, assignments, jobs, approvals } = factsOf(approveAll(await archivedStory(keysDir)));
  facts = {
    flow,
    assignments: [...assignments.values()] as ReportFacts['assignments'],
    policies: new Map(),
    jobs,
    approvals,
    holds: { standing: [], inStore: new Map() },
  };
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

it('names the clauses of the version of the policy that was assigned, not of a later one', () => {
  const { policy_id } = assignmentAt(0);
  const version = (number: number, legal_basis: string[]) => ({ policy: { version: number, legal_basis } });
  const versions = [version(1, ['45 CFR 164.316(b)(2)(i)', '§ 147 AO']), version(2, ['11 CCR 7101(a)'])];
  const policies = new Map([[policy_id, { versions } as unknown as PolicyRecord]]);
  const basisGiven = (known: ReportFacts['policies']) => {
    const { columns, rows } = makeReport('archival', { ...facts, policies: known }, now).tables[1]!;
    return rows.map((row) => row[columns.indexOf('Legal basis')]);
  };
  expect(basisGiven(policies)).toEqual(systems.map(() => '45 CFR 164.316(b)(2)(i); § 147 AO'));
  expect(basisGiven(new Map())).toEqual(['–', '–']);
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
  const { manifest, manifest_sha256 } = facts.jobs[0]!.uploaded!;
  const place = `s3://${manifest.bucket}/${manifest.key} --manifest-sha256 ${manifest_sha256}`;
  expect(restore).toBe(`lastcopy restore ${place} --to ./billing-${facts.jobs[0]!.job_id.slice(0, 8)}`);
  expect(column('recovery', 0, 'Check it')[0]).toBe(`lastcopy verify ${place}`);
});

it('says by hand which key opens what: the wrapping key opens the archive key, and only that opens an object', () => {
  const steps = column('recovery', 2, 'How').join('\n');
  expect(steps.indexOf('Open the archive key: with the wrapping key')).toBeGreaterThan(-1);
  expect(steps.indexOf('Decrypt each object')).toBeGreaterThan(steps.indexOf('Open the archive key'));
});

it('gives no command beside an attempt that does not count, and says why it does not', () => {
  const [job] = facts.jobs;
  const [first] = Object.values(job!.verifications);
  const { message } = failedStoryOf(0);
  const lost = { ...first!, outcome: 'failed' as const, message, at: '2026-11-22T11:00:00.000Z' };
  const again = { ...job!, uploaded: { ...job!.uploaded!, attempt: 2 }, verifications: { 1: lost, 2: first! } };
  const { columns, rows } = makeReport('attestation', { ...facts, jobs: [again] }, now).tables[1]!;
  const of = (name: string) => rows.map((row) => row[columns.indexOf(name)]!);
  expect(of('Attempt')).toEqual(['1', '2']);
  expect(of('Why not')).toEqual([message, '–']);
  expect(of('Command')).toEqual(['–', expect.stringContaining('lastcopy verify s3://')]);
});

it('lists the reports with a link for each format, and says what is not in them yet', () => {
  const [first] = facts.jobs;
  const unproven = { ...first!, verifications: {} };
  const lacks = (jobs: ReportFacts['jobs']) => reportsOfFlow(facts.flow, jobs).map((listed) => listed.lacks);
  expect(lacks(facts.jobs)).toEqual([null, null, null]);
  const [archive, proof] = ['1 of 2 systems have no archive yet.', '2 of 2 systems have no archive that was proven yet.'];
  expect(lacks([unproven])).toEqual([archive, proof, archive]);
  expect(reportsOfFlow({ flow_id, systems: [] }, [])[0]).toMatchObject({ complete: false, lacks: 'The flow has no systems yet.' });
  const [archival] = reportsOfFlow(facts.flow, facts.jobs);
  expect(archival).toMatchObject({ kind: 'archival', title: 'Archival report', complete: true });
  expect(archival!.downloads).toContainEqual({ format: 'csv', href: `/api/v1/decommission-flow/${flow_id}/reports/archival?format=csv` });
});

it('names the holds that keep an archive, and adds up what there is', () => {
  const [{ system_id }] = systems as [(typeof systems)[number]];
  const data = { reason: 'Court order', reference: null, placed_by: 'lena', placed_at: now.toISOString() };
  const released = { release_reason: null, released_by: null, released_at: null };
  const hold = { hold_id: flow_id, matter: 'Doe v. Acme', scope: { kind: 'system' as const, system_id }, ...data, ...released };
  const held = { ...facts, holds: { standing: [{ ...hold, status: 'standing' as const }], inStore: new Map() } };
  for (const kind of ['archival', 'recovery'] as const) {
    const { columns, rows } = makeReport(kind, held, now).tables[0]!;
    expect(rows.map((row) => row[columns.indexOf('Legal holds')])).toEqual(['Doe v. Acme', '–']);
  }
  const [total] = report('archival').tables[0]!.says;
  expect(total).toBe('2 of 2 systems have an archive: 44000 rows, 8000000000 bytes, 2000000000 stored bytes.');
});

it('has one digest as long as nothing changed, which the downloaded JSON has too', () => {
  const later = makeReport('archival', facts, new Date('2026-11-23T08:00:00.000Z'));
  const downloaded = JSON.parse(JSON.stringify(later, null, 2)) as ReportAnswer;
  expect(digestOf(downloaded)).toBe(digestOf(report('archival')));
  expect(digestOf(makeReport('archival', { ...facts, jobs: [] }, now))).not.toBe(digestOf(downloaded));
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

it('lays out so many PDFs and no more at once, and goes on afterwards', async () => {
  const small = { ...report('archival'), tables: [] };
  const asked = await Promise.allSettled(Array.from({ length: 10 }, () => reportPdf(small)));
  const refused = asked.filter((each) => each.status === 'rejected');
  expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['RATE_LIMITED', 'RATE_LIMITED']);
  expect((await reportPdf(small)).subarray(0, 5).toString()).toBe('%PDF-');
});
