import fc from 'fast-check';
import { verificationId, type IntegrityFailed, type IntegrityVerified, type VerificationRequested } from '@lastcopy/contracts';
import { fold, isCodedError } from '@lastcopy/kernel';
import type { VerificationCommand } from './verification-commands.js';
import type { VerificationEvent } from './verification-events.js';
import { verificationDecider } from './verification.js';

const job_id = '5a2c0f5e-7a55-4f5c-9b0e-2f0f2f7b6c11';
const ids = { verification_id: verificationId(job_id, 1), job_id, flow_id: '0d9c8f0a-6f0e-4f6b-8a50-2f7b5b1f0c22', attempt: 1 };
const request: VerificationRequested = {
  ...ids,
  system_id: '7a1d2f3e-1f2b-4c3d-9e4f-5a6b7c8d9e33',
  level: 'restored',
  manifest: { bucket: 'archive-bucket', key: 'p/manifest.json', version_id: 'v1' },
  manifest_sha256: 'a'.repeat(64),
  reason: 'uploaded',
};
const proof: IntegrityVerified = {
  ...ids,
  level: 'restored',
  manifest_sha256: request.manifest_sha256,
  checks: [],
  evidence_sha256: 'b'.repeat(64),
  attestation: 'x.y.z',
};
const failure: IntegrityFailed = {
  ...ids,
  level: 'fixity',
  checks: [],
  evidence_sha256: 'c'.repeat(64),
  code: 'ARCHIVE_OBJECT_DAMAGED',
  message: 'data/t-0001/part-00001.csv.zst.enc: a bit changed',
};
const retention = { ...ids, mode: 'COMPLIANCE' as const, retain_until: '2033-11-22T00:00:00.000Z', versions: 7 };

const requested: VerificationEvent = { type: 'VerificationRequested', data: request };
const verified: VerificationEvent = { type: 'IntegrityVerified', data: proof };
const failed: VerificationEvent = { type: 'IntegrityFailed', data: failure };
const retained: VerificationEvent = { type: 'RetentionVerified', data: retention };

const states: Record<string, VerificationEvent[]> = {
  none: [],
  requested: [requested],
  verified: [requested, verified],
  retained: [requested, verified, retained],
  failed: [requested, failed],
  refuted: [requested, verified, failed],
};
const commands: Record<string, VerificationCommand> = {
  request: { type: 'Request', request },
  verify: { type: 'RecordVerified', verified: proof },
  fail: { type: 'RecordFailed', failed: failure },
  retain: { type: 'RecordRetention', retention },
  refute: { type: 'RefuteRetention', failed: { ...failure, code: 'RETENTION_NOT_IN_FORCE' } },
};

function outcome(history: VerificationEvent[], command: VerificationCommand): string {
  try {
    return verificationDecider.decide(command, fold(verificationDecider, history)).map(({ type }) => type)[0] ?? '[]';
  } catch (error) {
    if (isCodedError(error)) return error.code;
    throw error;
  }
}

it.each([
  ['none', 'VerificationRequested', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
  ['requested', '[]', 'IntegrityVerified', 'IntegrityFailed', 'JOB_STATE', 'JOB_STATE'],
  ['verified', '[]', '[]', 'STALE_ATTEMPT', 'RetentionVerified', 'IntegrityFailed'],
  ['retained', '[]', '[]', 'STALE_ATTEMPT', '[]', 'IntegrityFailed'],
  ['failed', '[]', 'STALE_ATTEMPT', '[]', 'JOB_STATE', 'JOB_STATE'],
  ['refuted', '[]', 'STALE_ATTEMPT', 'STALE_ATTEMPT', 'JOB_STATE', '[]'],
])('%s: request %s, verify %s, fail %s, retain %s, refute %s', (state, ...expected) => {
  expect(Object.values(commands).map((command) => outcome(states[state]!, command))).toEqual(expected);
});

it('refuses a verdict about another attempt, job or manifest', () => {
  for (const other of [{ attempt: 2 }, { job_id: ids.flow_id }, { manifest_sha256: 'd'.repeat(64) }]) {
    expect(outcome([requested], { type: 'RecordVerified', verified: { ...proof, ...other } })).toBe('STALE_ATTEMPT');
  }
});

it('refuses a verdict below or above the level that was asked for', () => {
  expect(outcome([requested], { type: 'RecordVerified', verified: { ...proof, level: 'readable' } })).toBe('JOB_STATE');
  expect(outcome([requested], { type: 'RecordVerified', verified: { ...proof, level: 'reconciled' } })).toBe('JOB_STATE');
});

it('proves a longer retention anew', () => {
  const longer = { ...retention, retain_until: '2040-01-01T00:00:00.000Z' };
  expect(outcome(states.retained!, { type: 'RecordRetention', retention: longer })).toBe('RetentionVerified');
});

it('has one verdict and never turns a failure into a proof, in whatever order results come', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.values(commands)), { maxLength: 30 }), (sequence) => {
      let history: VerificationEvent[] = [];
      for (const command of sequence) {
        try {
          history = [...history, ...verificationDecider.decide(command, fold(verificationDecider, history))];
        } catch (error) {
          expect(isCodedError(error)).toBe(true);
        }
      }
      const types = history.map(({ type }) => type);
      expect(types.filter((type) => type === 'IntegrityVerified').length).toBeLessThanOrEqual(1);
      if (types.includes('IntegrityFailed')) {
        expect(types.slice(types.indexOf('IntegrityFailed') + 1)).toEqual([]);
      }
    }),
  );
});
