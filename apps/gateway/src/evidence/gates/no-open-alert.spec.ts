import type { ArtifactRecord } from '../../records/artifact-record.js';
import { isAnswered } from './no-open-alert.js';

const alert = { code: 'ARTIFACT_UNPROTECTED', job_id: null, artifact_id: 'policy', log_seq: 7, raised_at: '2026-03-01T10:00:00.000Z' };
const before = '2026-03-01T09:00:00.000Z';
const after = '2026-03-01T11:00:00.000Z';
const documentOf = (lockedAt: (string | null)[], status: ArtifactRecord['status'] = 'attached', artifact_id = 'policy') =>
  ({ artifact_id, status, versions: lockedAt.map((at) => ({ locked: at && { at } })) }) as unknown as ArtifactRecord;

it.each<[boolean, string, ArtifactRecord[]]>([
  [false, 'a document that was never protected', [documentOf([null])]],
  [true, 'a document that is protected now', [documentOf([after])]],
  [false, 'one whose retention could not be extended', [documentOf([before])]],
  [true, 'one whose extension came through', [documentOf([before, after])]],
  [false, 'one that was replaced, as long as the earlier content is loose', [documentOf([null, after])]],
  [false, 'one that was withdrawn loose', [documentOf([null], 'withdrawn')]],
  [true, 'one that was withdrawn, and held until its promised end', [documentOf([before], 'withdrawn')]],
  [false, 'the protection of another document', [documentOf([null]), documentOf([after], 'attached', 'report')]],
  [false, 'a document that nobody knows', []],
])('answers (%s) the alert by %s', (answered, _what, artifacts) => {
  expect(isAnswered(alert, [], artifacts)).toBe(answered);
});

it('lets no document answer an alert of another kind', () => {
  expect(isAnswered({ ...alert, code: 'ARCHIVE_OBJECT_DAMAGED' }, [], [documentOf([after])])).toBe(false);
});
