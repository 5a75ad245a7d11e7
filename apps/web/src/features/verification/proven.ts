import type { Job } from '../jobs/queries.js';

type Level = NonNullable<Job['verification_level']>;
type Proved = Pick<Job, 'verification_outcome' | 'verification_level'>;

/** A badge: `status` gives its colour and icon. */
export interface ProvenBadge {
  status: 'verified' | 'failed' | 'running' | 'pending';
  word: string;
}

/** What each level looked at, as a badge says it and as a sentence; each level includes the ones before it. */
export const levelWords: Record<Level, { word: string; says: string }> = {
  stored: { word: 'Every object in place', says: 'Every object is in the store with its size, version, checksum and retention date.' },
  fixity: { word: 'Every byte compared', says: 'Every object was downloaded and its digest compared: no bit has changed.' },
  readable: {
    word: 'Opened and read to the end',
    says: 'Everything was downloaded, decrypted, unpacked and read to the end; digests and counts are those of the source.',
  },
  restored: {
    word: 'Restore Tested',
    says: 'It was restored into an empty place, and what came back is byte for byte what was archived.',
  },
  reconciled: {
    word: 'Restore Tested',
    says: 'It was restored into an empty place, and the source’s own content digests agree with what came back.',
  },
};

const checksum: Record<'verified' | 'requested' | 'failed' | 'none', ProvenBadge> = {
  verified: { status: 'verified', word: 'Checksum Match' },
  failed: { status: 'failed', word: 'Verification failed' },
  requested: { status: 'running', word: 'Being read back' },
  none: { status: 'pending', word: 'Checksum not compared yet' },
};

/** What was proven of an archive, in the words that people ask for. A failed verification proves nothing else. */
export function provenBadges({ verification_outcome: outcome, verification_level: level }: Proved): ProvenBadge[] {
  const first = checksum[outcome ?? 'none'];
  if (outcome === 'failed') return [first];
  if (outcome !== 'verified') return [first, { status: 'pending', word: 'Restore not tested yet' }];
  return [first, { status: 'verified', word: levelWords[level ?? 'stored'].word }];
}

/** What was checked, in a sentence; or what will be. */
export function provenSays({ verification_outcome: outcome, verification_level: level }: Proved): string | undefined {
  if (outcome === 'failed') return 'The archive is not what was written, or could not be read back. Keep the source.';
  if (!level) return undefined;
  return outcome === 'verified' ? levelWords[level].says : `Its policy asks for level ${level}; it is not proven yet.`;
}
