import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { until } from '@lastcopy/testkit';
import { pdfOf } from '../../tools/embedded/demo-documents.mjs';
import { createDatabaseSource, createDirectorySource, createFlow } from './fixtures.js';
import { lastcopyWithinFor } from './lastcopy.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
let [flowId, systemId, ledgerId]: string[] = [];
const lastcopy = lastcopyWithinFor(() => stack);
const fileNamed = (name: string) => path.join(stack.infrastructure.dataDir, name);
const succeeds = async (...args: string[]): Promise<string> => {
  const { code, out } = await lastcopy(...args);
  expect({ args, code, out }).toMatchObject({ code: 0 });
  return out;
};
const answer = async <T = Record<string, unknown>>(...args: string[]): Promise<T> => JSON.parse(await succeeds(...args, '--json')) as T;
const refuses = async (code: string, ...args: string[]): Promise<void> =>
  expect({ args, ...(await lastcopy(...args)) }).toMatchObject({ code: 1, out: expect.stringContaining(code) });

interface Versioned {
  system_id: string;
  version: number;
}
interface Policy {
  policy_id: string;
  policy_name: string;
  version: number;
  revision: number;
  status: string;
}
const policyNamed = async (name: string) => (await answer<Policy[]>('policies', 'list')).find(({ policy_name }) => policy_name === name)!;

beforeAll(async () => {
  stack = await startStack();
  const ledger = { ...(await createDatabaseSource(stack, 'ledger')), compliance_requirements: ['GDPR', 'SOX'] };
  flowId = await createFlow(stack, [await createDirectorySource(stack, 'share'), ledger]);
  const assigned = await answer<(Versioned & { system_name: string })[]>('assignments', 'show', flowId);
  systemId = assigned.find(({ system_name }) => system_name === 'share')!.system_id;
  ledgerId = assigned.find(({ system_name }) => system_name === 'ledger')!.system_id;
}, 60_000);
afterAll(() => stack?.stop());

it('keeps policies: created, weighed, revised on what was looked at, reviewed, retired, as a file', async () => {
  const about = ['--days', '400', '--location', 's3://archive-bucket/letters/', '--reason', 'Letters are kept apart'];
  const made = await answer<Policy>('policies', 'create', 'Letters', ...about);
  const id = made.policy_id;
  expect(await answer('policies', 'impact', id, '--days', '800')).toMatchObject({ changed: ['retention_period_days'], systems: [] });
  expect(await succeeds('policies', 'revise', id, '--days', '800', '--reason', 'Longer')).toContain('keeps 800 days');
  await refuses(
    'PRECONDITION_FAILED',
    'policies',
    'revise',
    id,
    '--days',
    '900',
    '--reason',
    'Late',
    '--if-revision',
    String(made.revision),
  );
  await refuses('VALIDATION_FAILED', 'policies', 'revise', id, '--days', 'many', '--reason', 'x');
  expect(await answer<Policy[]>('policies', 'show', id, '--versions')).toHaveLength(2);
  expect(await answer('policies', 'review', id, '--reason', 'A question')).toMatchObject({ status: 'under_review' });
  expect(await answer('policies', 'review', id, '--end', '--reason', 'Answered')).toMatchObject({ status: 'active' });

  const file = fileNamed('policies.yaml');
  await succeeds('policies', 'export', '--to', file);
  await refuses('VALIDATION_FAILED', 'policies', 'export', '--to', file);
  await writeFile(file, (await readFile(file, 'utf8')).replace('retention_period_days: 800', 'retention_period_days: 850'));
  expect(await succeeds('policies', 'import', file, '--dry-run')).toContain('Nothing was changed');
  expect((await policyNamed('Letters')).version).toBe(2);
  expect(await succeeds('policies', 'import', file, '--reason', 'From the file')).toMatch(/Letters\s+revised\s+retention_period_days/);
  expect((await policyNamed('Letters')).version).toBe(3);
  await succeeds('policies', 'retire', id, '--reason', 'No longer');
  expect(await policyNamed('Letters').then((found) => found?.status ?? 'inactive')).toBe('inactive');
  expect(await succeeds('regulations', 'list', '--notes')).toMatch(/SOX\s+minimum\s+P7Y/);
}, 120_000);

it('explains assignments, chooses otherwise, goes back, and resolves a conflict', async () => {
  expect(await succeeds('assignments', 'explain', flowId!, systemId!)).toContain('compliance: chosen');
  const { policy_id } = await policyNamed('Application Data');
  const choice = ['--policy', policy_id, '--reason', 'Letters of customers'];
  expect(await succeeds('assignments', 'override', flowId!, systemId!, ...choice, '--dry-run')).toContain('Nothing was changed');
  const chosen = await answer<Versioned>('assignments', 'override', flowId!, systemId!, ...choice);
  expect(chosen).toMatchObject({ rule: 'override', policy_id });
  const stale = ['--if-version', String(chosen.version - 1), '--reason', 'Late'];
  await refuses('PRECONDITION_FAILED', 'assignments', 'reset', flowId!, systemId!, ...stale);
  expect(await answer('assignments', 'reset', flowId!, systemId!, '--reason', 'Copies')).toMatchObject({ rule: 'compliance' });
  expect(await succeeds('assignments', 'dry-run', '--flow', flowId!)).toMatch(/share\s+unchanged/);
  await refuses('VALIDATION_FAILED', 'assignments', 'dry-run');

  const resolve = ['assignments', 'resolve-conflict', flowId!, ledgerId!, '--resolution', 'keep_minimum', '--reason', 'SOX demands it'];
  await refuses('FORBIDDEN', ...resolve);
  expect(await succeeds('--as', 'lena', ...resolve)).toContain('resolved: keep_minimum');
}, 120_000);

it('revises a system without repeating its source, looks at it, and leaves the decision to a person', async () => {
  const edited = await answer<Versioned & { source: object }>(
    'systems',
    'edit',
    ledgerId!,
    '--user',
    'ledger_reader',
    '--allow-empty',
    '--reason',
    'x',
  );
  expect(edited.source).toMatchObject({ kind: 'postgresql', database: 'ledger', secret_ref: 'ledger', allow_empty: true });
  await refuses('VALIDATION_FAILED', 'systems', 'edit', ledgerId!, '--reason', 'Nothing');
  await refuses('VALIDATION_FAILED', 'systems', 'edit', ledgerId!, '--kind', 'directory', '--reason', 'Another');
  const late = ['--name', 'Other', '--reason', 'Late', '--if-version', String(edited.version - 1)];
  await refuses('PRECONDITION_FAILED', 'systems', 'edit', ledgerId!, ...late);

  const look = await answer<{ status: string; suggestion_id: string }>('systems', 'classify', ledgerId!);
  expect(look.status).toBe('suggested');
  expect(await succeeds('systems', 'classification', 'show', ledgerId!)).toContain(look.suggestion_id);
  const dismissed = await succeeds('systems', 'classification', 'dismiss', ledgerId!, '--reason', 'Made up');
  expect(dismissed).toContain(`Look ${look.suggestion_id}: dismissed`);
  await refuses('CLASSIFICATION_STATE', 'systems', 'classification', 'accept', ledgerId!);
}, 60_000);

it('places and releases holds, as legal alone', async () => {
  const place = ['holds', 'place', '--matter', 'Smith v. Jones', '--reason', 'Asked by the court', '--system', systemId!];
  await refuses('FORBIDDEN', ...place);
  const { hold_id } = await answer<{ hold_id: string }>('--as', 'lena', ...place);
  expect(await succeeds('holds', 'list', '--status', 'standing')).toMatch(new RegExp(`${hold_id}\\s+Smith v. Jones\\s+system ${systemId}`));
  expect(await succeeds('--as', 'lena', 'holds', 'release', hold_id, '--reason', 'Settled')).toContain('released');
  expect(await answer('holds', 'list', '--status', 'standing')).toEqual([]);
});

it('attaches documents, brings back what was attached, and says what a flow needs', async () => {
  const file = fileNamed('attestation.pdf');
  await writeFile(file, pdfOf(['Attestation']));
  const attached = await answer<{ artifact_id: string }>('--as', 'carl', 'artifacts', 'attach', flowId!, 'compliance_attestation', file);
  const id = attached.artifact_id;
  await refuses('ARTIFACT_NOT_ALLOWED', '--as', 'aude', 'artifacts', 'attach', flowId!, 'compliance_attestation', file);
  await refuses('VALIDATION_FAILED', 'artifacts', 'attach', flowId!, 'letter', file);
  await writeFile(file, pdfOf(['Attestation, corrected']));
  await succeeds('--as', 'carl', 'artifacts', 'replace', id, file, '--reason', 'A mistake');
  const [latest, first] = [fileNamed('latest.pdf'), fileNamed('first.pdf')];
  await succeeds('artifacts', 'download', id, '--to', latest);
  await succeeds('artifacts', 'download', id, '--version', '1', '--to', first);
  expect([await readFile(latest), await readFile(first)]).toEqual([pdfOf(['Attestation, corrected']), pdfOf(['Attestation'])]);
  await refuses('VALIDATION_FAILED', 'artifacts', 'download', id, '--to', latest);
  await succeeds('--as', 'carl', 'artifacts', 'withdraw', id, '--reason', 'Another comes');
  expect(await succeeds('artifacts', 'list', flowId!)).toMatch(/compliance_attestation\s+withdrawn\s+2/);

  const require = ['artifacts', 'require', flowId!, 'compliance_attestation', '--not', '--reason', 'Held elsewhere'];
  await refuses('FORBIDDEN', ...require);
  expect(await succeeds('--as', 'carl', ...require)).toMatch(/compliance_attestation\s+no/);
}, 60_000);

it('saves a draft on the version that was looked at, and submits it once', async () => {
  const note = ['inputs', 'draft', flowId!, 'progress_note'];
  await refuses('NOT_FOUND', ...note);
  expect(await answer(...note, '--text', 'Half way')).toMatchObject({ version: 1 });
  const second = await answer<{ version: number }>(...note, '--text', 'Nearly there');
  await refuses('PRECONDITION_FAILED', ...note, '--text', 'Late', '--if-version', '1');
  await refuses('PRECONDITION_FAILED', 'inputs', 'submit', flowId!, 'progress_note', '--if-version', '1');
  expect(second.version).toBeGreaterThan(1);
  expect(await succeeds('inputs', 'submit', flowId!, 'progress_note')).toContain('Submitted progress_note');
  await refuses('NOT_FOUND', 'inputs', 'submit', flowId!, 'progress_note');
  expect(await answer('inputs', 'show', flowId!)).toMatchObject({ inputs: [{ content: { text: 'Nearly there' } }], drafts: [] });
  await answer(...note, '--text', 'Not this');
  expect(await succeeds(...note, '--discard')).toContain('Discarded');
}, 60_000);

it('lists approvals, delegates one and takes that back', async () => {
  interface Listed {
    approval_id: string;
    role: string;
    can_decide: boolean;
  }
  const mine = await until('the request to the data owner', async () => {
    const found = await answer<Listed[]>('--as', 'dana', 'approvals', 'list', '--mine', '--flow', flowId!);
    return found.find(({ role }) => role === 'data_owner');
  });
  expect(await succeeds('--as', 'dana', 'approvals', 'show', mine.approval_id)).toContain('You may decide it.');
  await succeeds('--as', 'dora', 'whoami');
  const delegate = ['approvals', 'delegate', mine.approval_id, '--to', 'dora', '--reason', 'On leave'];
  expect(await succeeds('--as', 'dana', ...delegate)).toContain('may decide in the place of');
  await succeeds('approvals', 'comment', mine.approval_id, 'Is the share complete?');
  await succeeds('--as', 'dana', 'approvals', 'undelegate', mine.approval_id, '--reason', 'Back again');
  const due = new Date(Date.now() + 20 * 86_400_000).toISOString();
  expect(await succeeds('approvals', 'request', flowId!, '--role', 'data_owner', '--due', due)).toContain(`due ${due}`);
}, 60_000);

it('tells people and other systems, and shows what became of it', async () => {
  const notices = () => answer<{ notification_id: string }[]>('--as', 'dana', 'notifications', 'list', '--unread');
  const [notice] = await until('a notice', async () => ((await notices()).length > 0 ? notices() : null));
  expect(await succeeds('--as', 'dana', 'notifications', 'read', notice!.notification_id)).toMatch(/\d+ unread/);
  expect(await succeeds('--as', 'dana', 'notifications', 'read', '--all')).toContain('0 unread');

  const receiver = createServer((request, response) => void request.resume().on('end', () => response.writeHead(204).end()));
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  try {
    const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/lastcopy`;
    const made = await answer<{ endpoint_id: string; secret: string }>(
      'webhooks',
      'add',
      url,
      '--description',
      'On call',
      '--kind',
      'gate_passed',
    );
    expect(made.secret).toMatch(/^whsec_/);
    expect(await succeeds('webhooks', 'list')).not.toContain(made.secret);
    await succeeds('webhooks', 'test', made.endpoint_id);
    const deliveries = () => answer<{ delivery_id: string; status: string }[]>('webhooks', 'deliveries', made.endpoint_id);
    const delivered = await until('the delivery', async () => (await deliveries()).find(({ status }) => status === 'delivered'));
    expect(await succeeds('webhooks', 'redeliver', delivered.delivery_id)).toContain(delivered.delivery_id);
    await succeeds('webhooks', 'remove', made.endpoint_id);
    expect(await answer('webhooks', 'list')).toEqual([]);
  } finally {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  }
}, 60_000);

it('shows who did what, writes it to a file, and verifies it', async () => {
  const refused = await answer<{ actor: string; code: string }[]>('audit', 'list', '--outcome', 'refused', '--limit', '500');
  expect(refused).toContainEqual(expect.objectContaining({ actor: 'olga', code: 'FORBIDDEN' }));
  const two = await answer<{ seq: number }[]>('audit', 'list', '--flow', flowId!, '--limit', '2');
  expect(two).toHaveLength(2);
  const file = fileNamed('audit.jsonl');
  await succeeds('audit', 'export', file, '--format', 'jsonl', '--flow', flowId!);
  const rows = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((row) => JSON.parse(row) as { seq?: number; end?: { entries: number } });
  expect(rows.at(-1)!.end!.entries).toBe(rows.length - 1);
  await refuses('VALIDATION_FAILED', 'audit', 'export', file);
  expect(await succeeds('audit', 'verify')).toContain('Every event follows from the one before it.');
  expect(await answer('audit', 'anchors', '--take')).toHaveLength(1);
  expect(await succeeds('audit', 'anchors')).toMatch(/1\s+s3:\/\//);
}, 60_000);
