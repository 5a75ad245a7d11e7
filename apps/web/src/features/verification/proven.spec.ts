import { provenBadges, provenSays } from './proven.js';

type Proved = Parameters<typeof provenBadges>[0];

it.each<[string, Proved, string[]]>([
  [
    'a restored database',
    { verification_outcome: 'verified', verification_level: 'restored' },
    ['verified Checksum Match', 'verified Restore Tested'],
  ],
  [
    'a directory that was read',
    { verification_outcome: 'verified', verification_level: 'readable' },
    ['verified Checksum Match', 'verified Opened and read to the end'],
  ],
  ['an archive that is damaged', { verification_outcome: 'failed', verification_level: 'readable' }, ['failed Verification failed']],
  [
    'one that is being read',
    { verification_outcome: 'requested', verification_level: 'readable' },
    ['running Being read back', 'pending Restore not tested yet'],
  ],
  [
    'none yet',
    { verification_outcome: null, verification_level: null },
    ['pending Checksum not compared yet', 'pending Restore not tested yet'],
  ],
])('says of %s what was checked, by how it ended', (_what, job, badges) => {
  expect(provenBadges(job).map(({ status, word }) => `${status} ${word}`)).toEqual(badges);
});

it('says in a sentence what was done, and claims nothing before it was', () => {
  expect(provenSays({ verification_outcome: 'verified', verification_level: 'readable' })).toContain('read to the end');
  expect(provenSays({ verification_outcome: 'requested', verification_level: 'restored' })).toContain('not proven yet');
  expect(provenSays({ verification_outcome: 'failed', verification_level: 'readable' })).toContain('Keep the source');
  expect(provenSays({ verification_outcome: null, verification_level: null })).toBeUndefined();
});
