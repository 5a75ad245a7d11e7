import { noticedTypes, noticesOf } from './notices-of.js';
import type { NoticeFacts } from './notice.js';

const [flow_id, id] = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'];
const approval = {
  role: 'compliance',
  scope: 'everything',
  requestedBy: 'olga',
  dueAt: '2026-12-01T10:00:00.000Z',
  delegate: 'dora',
} as const;
const facts: NoticeFacts = {
  flow: { name: 'ERP', initiator: 'olga' },
  approval,
  systemName: 'Billing',
  retryComes: false,
  missingDocuments: [],
  missingBecause: [],
};
const of = (type: string, data: object, known: Partial<NoticeFacts> = {}) => noticesOf({ type, data, flow_id }, { ...facts, ...known });
const fact = { approval_id: id, flow_id, role: 'compliance' };

it('asks whoever may decide, and whoever was asked in their place', () => {
  const [notice] = of('ApprovalRequested', { ...fact, scope: 'the policies', due_at: '2026-12-01T10:00:00.000Z' });
  expect(notice).toMatchObject({ kind: 'approval_requested', urgency: 'decide', roles: ['compliance'], people: ['dora'] });
  expect(notice!.text).toBe('The compliance approval of "ERP" is requested, due 2026-12-01 10:00 UTC. It covers: the policies');
  expect(notice!.link).toBe(`/approvals/${id}`);
});

it('tells who asked what was decided', () => {
  const decided = { ...fact, decided_by: 'carl', comment: 'no minutes', signature: { name: 'Carl' } };
  expect(of('ApprovalRejected', decided)).toMatchObject([{ kind: 'approval_decided', urgency: 'act', people: ['olga'], roles: [] }]);
  expect(of('ApprovalGranted', decided)).toMatchObject([{ kind: 'approval_decided', urgency: 'know', people: ['olga'] }]);
  expect(of('ApprovalRejected', decided)[0]!.text).toContain('rejected by Carl. Comment: no minutes');
});

it('escalates to exactly those whom the event names', () => {
  const [notice] = of('ApprovalEscalated', { ...fact, level: 2, due_at: approval.dueAt, escalated_to: ['person:olga', 'role:operator'] });
  expect(notice).toMatchObject({ kind: 'approval_overdue', roles: ['operator'], people: ['olga'] });
});

it('names what changed when an approval is void', () => {
  const [notice] = of('ApprovalVoided', { ...fact, reason: 'the evidence changed', changed: ['retention 7 → 3 years'] });
  expect(notice!.text).toContain('What changed: retention 7 → 3 years.');
});

it('says nothing of an approval that it does not know', () => {
  expect(of('ApprovalReminded', { ...fact, due_at: approval.dueAt }, { approval: null })).toEqual([]);
});

it('tells of a failed job only when nothing tries it again', () => {
  const failed = { job_id: id, flow_id, attempt: 3, code: 'SOURCE_LOST', error_class: 'transient', message: 'secret', hint: 'Retry it.' };
  expect(of('ArchiveJobFailed', failed, { retryComes: true })).toEqual([]);
  const [notice] = of('ArchiveJobFailed', failed);
  expect(notice).toMatchObject({ kind: 'job_failed', roles: ['operator'], whatToDo: 'Retry it.' });
  expect(JSON.stringify(notice)).not.toContain('secret');
});

it('is urgent about what endangers data', () => {
  const failed = { job_id: id, flow_id, attempt: 1, verification_id: id, level: 'fixity', code: 'ARCHIVE_OBJECT_DAMAGED', checks: [] };
  expect(of('IntegrityFailed', failed)).toMatchObject([{ urgency: 'urgent', roles: ['operator', 'data_owner', 'compliance'] }]);
  expect(of('IntegrityFailed', failed)[0]!.link).toBe(`/decommission/jobs/${id}`);
  const alert = { alert_id: id, code: 'EVENT_FORK', message: 'm', what_to_do: 'w' };
  expect(of('AlertRaised', { ...alert, severity: 'critical' })).toMatchObject([{ urgency: 'urgent' }]);
  expect(of('AlertRaised', { ...alert, severity: 'low' })).toMatchObject([{ urgency: 'act' }]);
});

it('tells of the gate alone among the transitions', () => {
  expect(of('PhaseTransitioned', { flow_id, from_phase: 'decommission_planning', to_phase: 'data_migration' })).toEqual([]);
  expect(of('PhaseTransitioned', { flow_id, from_phase: 'data_migration', to_phase: 'system_shutdown' })).toMatchObject([
    { kind: 'gate_passed' },
  ]);
});

it('says why the gate stayed shut, without what a source answered', () => {
  const blockers = [
    { code: 'JOB_FAILED', message: 'It failed, SOURCE_LOST: key (mail)=(a@b.example)', hint: 'Retry the job.' },
    { code: 'LEGAL_HOLD', message: 'A hold stands.', hint: 'Ask legal.' },
  ];
  const [notice] = of('TransitionAbandoned', { flow_id, gate_no: 1, blockers });
  expect(notice!.text).toBe('The transition of flow "ERP" to system shutdown was given up. An archive job failed. A hold stands.');
  expect(notice!.whatToDo).toBe('Retry the job. Ask legal.');
});

it('lets no name break a line or turn its direction', () => {
  const [notice] = of('LegalHoldPlaced', {
    hold_id: id,
    matter: 'x\r\nBcc: eve@example.org\u202e',
    reason: 'r',
    scope: { kind: 'system', system_id: id },
  });
  expect(notice!.text).toContain('"x Bcc: eve@example.org"');
});

it('tells those who answer for them which documents are missing once the archives are there', () => {
  const missing = { kind: 'legal_destruction_approval', title: 'legal approval', attachedBy: ['legal'], howToGet: 'Legal attaches it.' };
  expect(of('ArchiveJobCompleted', { job_id: id, flow_id, attempt: 1 })).toEqual([]);
  expect(of('ArchiveJobCompleted', { job_id: id, flow_id, attempt: 1 }, { missingDocuments: [missing] })).toMatchObject([
    { kind: 'documents_missing', roles: ['legal'], whatToDo: 'Legal attaches it.' },
  ]);
  const withdrawn = { artifact_id: id, flow_id, version: 1, reason: 'of another flow', withdrawn_by: 'lena' };
  expect(of('ArtifactWithdrawn', withdrawn)).toEqual([]);
  expect(of('ArtifactWithdrawn', withdrawn, { missingDocuments: [missing] })).toMatchObject([{ kind: 'documents_missing' }]);
});

it('says something of every type that it listens to', () => {
  expect(noticedTypes.length).toBeGreaterThanOrEqual(18);
  expect(of('FlowPaused', { flow_id, reason: 'r' })).toEqual([]);
});
