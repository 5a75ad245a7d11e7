import type { ReportTable } from '@lastcopy/contracts';
import { winningRetention } from '../records/job-record.js';
import { commandOn, holdsOf, jobsBySystem, manifestPlace, text, type ReportFacts } from './report-facts.js';

const archives = (facts: ReportFacts, jobs = jobsBySystem(facts)): ReportTable => ({
  title: 'How to get each archive back',
  says: [
    'A restore needs read access to the object store and one of two keys: the tenant’s or the escrow’s. No service of ours has to run.',
    'Check first, then restore into an empty folder; the result is a BagIt bag whose files any tool reads.',
  ],
  columns: ['System', 'Kind', 'Manifest', 'Version', 'SHA-256 of the manifest', 'Kept until', 'Legal holds', 'Check it', 'Restore it'],
  rows: facts.flow.systems.map(({ system_id, system_name, source }) => {
    const job = jobs.get(system_id);
    const place = manifestPlace(job);
    return [
      ...[system_name, source.kind, place, text(job?.uploaded?.manifest.version_id), text(job?.uploaded?.manifest_sha256)],
      ...[text(job ? winningRetention(job)?.retain_until : null), holdsOf(job, facts)],
      ...[text(commandOn('verify', job)), text(commandOn('restore', job))],
    ];
  }),
});

const keys = ({ flow }: ReportFacts): ReportTable => ({
  title: 'What has to be at hand',
  says: [],
  columns: ['What', 'Where it comes from'],
  rows: [
    ['Credentials that may read the object store', 'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or the profile'],
    ['The tenant’s wrapping key, or the escrow key', 'the folder of keys: tenant-<client account>.key or escrow.key'],
    ['Public keys of the archive service', 'archive-signing.jwks.json in the same folder'],
    ['The digest that the gate sealed', text(flow.transition?.evidence_root)],
  ],
});

const byHand: ReportTable = {
  title: 'Without our command line',
  says: ['The format is described so that a stranger can read it: docs/archive-format.md stands beside every release.'],
  columns: ['Step', 'How'],
  rows: [
    ['1', 'Fetch manifest.json and manifest.json.jws from the place above and check the signature with the public keys.'],
    ['2', 'Fetch every object that the manifest names, in the version that it names, and compare size and SHA-256.'],
    [
      '3',
      'Open the archive key: with the wrapping key, decrypt the JWE (A256GCMKW, A256GCM) of a key wrap that the manifest names under keys/.',
    ],
    ['4', 'Decrypt each object by the AWS Encryption SDK with that archive key as raw AES keyring (namespace lastcopy, name archive-key).'],
    [
      '5',
      'Compare the encryption context with the manifest, decompress (.zst by zstd, .gz by gzip), and compare size and SHA-256 of the plain text.',
    ],
    ['6', 'Tables are RFC 4180 CSV in UTF-8 with the schema beside them; a directory is a tar with an index of every file’s SHA-256.'],
  ],
};

/** What somebody needs who has only this paper and a key. */
export const recoveryReport = (facts: ReportFacts): ReportTable[] => [archives(facts), keys(facts), byHand];
