import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { PassThrough } from 'node:stream';
import { parse } from 'csv-parse/sync';
import type { AuditEntry } from '@lastcopy/contracts';
import { exportAudit, type ExportFormat } from './export-audit.js';

const entry = (changes: Partial<AuditEntry>): AuditEntry => ({
  ...{
    seq: 1,
    occurred_at: '2026-11-22T12:00:00.000Z',
    outcome: 'done',
    type: 'LegalHoldPlaced',
    action: 'Legal hold placed',
    actor: 'lena',
  },
  ...changes,
});

async function exported(format: ExportFormat, entries: AuditEntry[]): Promise<string> {
  async function* all() {
    yield* entries;
  }
  const out = new PassThrough();
  const summary = (count: number) => ({ entries: count, through_seq: 9, log_heads: ['gateway@9 abc'] });
  const [read] = await Promise.all([text(out), pipeline([...exportAudit(format, all(), summary), out])]);
  return read;
}

it('writes a row an entry, and a last one that says how many there are', async () => {
  const lines = (await exported('jsonl', [entry({ seq: 2 }), entry({ seq: 1 })])).trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    entry({ seq: 2 }),
    entry({ seq: 1 }),
    { end: { entries: 2, through_seq: 9, log_heads: ['gateway@9 abc'] } },
  ]);
});

it('writes CSV that any reader takes apart again, and the same last row', async () => {
  const nasty = 'a "quoted", line\nbreak';
  const rows = parse(await exported('csv', [entry({ reason: nasty, before: null, after: { a: 1 } })]), { columns: true }) as object[];
  expect(rows).toMatchObject([
    { seq: '1', reason: nasty, before: '', after: '{"a":1}' },
    { seq: 'end', action: '1 entries through 9; gateway@9 abc' },
  ]);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1'])('keeps a spreadsheet from taking %j for a formula', async (reason) => {
  const [row] = parse(await exported('csv', [entry({ reason })]), { columns: true }) as { reason: string }[];
  expect(row!.reason).toBe(`'${reason}`);
});
