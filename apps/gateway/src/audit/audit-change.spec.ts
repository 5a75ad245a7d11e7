import { changeOf } from './audit-change.js';
import { auditReason, auditText, onBehalfOf } from './audit-words.js';

describe('What an event changed', () => {
  it('is all of it for the first event of a stream', () => {
    const { change } = changeOf(undefined, { type: 'LegalHoldPlaced', data: { matter: 'Smith', reason: 'claim' } });
    expect(change).toEqual({ before: null, after: { state: 'LegalHoldPlaced', matter: 'Smith', reason: 'claim' } });
  });

  it('is the fields that differ from what the stream had said, with both values', () => {
    const { state } = changeOf(undefined, { type: 'PolicyAssigned', data: { policy_version: 1, days: 365, minima: [] } });
    const { change } = changeOf(state, { type: 'PolicyAssigned', data: { policy_version: 2, days: 2555, minima: [], reason: 'law' } });
    expect(change).toEqual({
      before: { policy_version: 1, days: 365, reason: null },
      after: { policy_version: 2, days: 2555, reason: 'law' },
    });
  });

  it('is found over fields that an event between did not name', () => {
    const first = changeOf(undefined, { type: 'ArchiveJobQueued', data: { attempt: 1, policy_id: 'p' } });
    const second = changeOf(first.state, { type: 'ArchiveJobStarted', data: { attempt: 1 } });
    const { change } = changeOf(second.state, { type: 'ArchiveJobQueued', data: { attempt: 2, policy_id: 'q' } });
    expect(change.before).toEqual({ state: 'ArchiveJobStarted', attempt: 1, policy_id: 'p' });
  });

  it('shows long fields as their digest, and still sees when they change', () => {
    const long = (letter: string) => ({ attestation: letter.repeat(5_000) });
    const first = changeOf(undefined, { type: 'IntegrityVerified', data: long('a') });
    expect(first.change.after).toEqual({
      state: 'IntegrityVerified',
      attestation: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/), characters: 5_002 },
    });
    expect(changeOf(first.state, { type: 'IntegrityVerified', data: long('a') }).change.after).toEqual({});
    expect(changeOf(first.state, { type: 'IntegrityVerified', data: long('b') }).change.after).toHaveProperty('attestation');
  });
});

describe('The words of an entry', () => {
  it.each([
    ['ApprovalGranted', { role: 'legal' }, 'Approval granted: as legal'],
    ['LegalHoldPlaced', { matter: 'Smith v. Acme' }, 'Legal hold placed: Smith v. Acme'],
    ['ArchiveJobFailed', { attempt: 2, code: 'SOURCE_UNREACHABLE' }, 'Archive job failed: attempt 2, (SOURCE_UNREACHABLE)'],
    ['SomethingNobodyKnowsYet', {}, 'Something nobody knows yet'],
  ])('%s', (type, data, text) => expect(auditText({ type, data })).toBe(text));

  it('give the reason or the comment, and for whom somebody decided', () => {
    expect(auditReason({ reason: 'settled' })).toBe('settled');
    expect(auditReason({ comment: 'looks right' })).toBe('looks right');
    expect(auditReason({ reason: ' ' })).toBeNull();
    expect(onBehalfOf({ signature: { on_behalf_of: 'dana' } })).toBe('dana');
    expect(onBehalfOf({ signature: null })).toBeNull();
  });
});
