import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { integrityChecks } from './integrity-checks.js';
import { lockChecks } from './lock-checks.js';
import { multipartChecks } from './multipart-checks.js';
import { objectChecks } from './object-checks.js';
import { makeClient, type Check, type S3Capabilities, type S3Endpoint, type StoreUnderTest } from './store-under-test.js';
import { versionChecks } from './version-checks.js';

export type { S3Capabilities, S3Endpoint } from './store-under-test.js';

const fullyCapable: S3Capabilities = {
  flexibleChecksums: true,
  streamedBodies: true,
  retentionAtCreateMultipart: true,
  conditionalWrites: true,
  exactComplete: true,
  ordersParts: true,
};

const areas: ReadonlyArray<readonly [string, readonly Check[]]> = [
  ['objects', objectChecks],
  ['integrity and signatures', integrityChecks],
  ['versions and listings', versionChecks],
  ['multipart uploads', multipartChecks],
  ['Object Lock', lockChecks],
];

/**
 * What an archive asks of an object store, as one suite for every store. `endpoint` is asked once the store runs; `lacks` names
 * what this store is known not to do. Makes a bucket of its own, whose locked versions outlive the run.
 */
export const s3Conformance = (name: string, endpoint: () => S3Endpoint, lacks: Partial<S3Capabilities> = {}): void => {
  describe(`S3 conformance of ${name}`, () => {
    let client: S3Client;
    let store: StoreUnderTest;

    beforeAll(async () => {
      const at = endpoint();
      client = makeClient(at);
      const bucket = `conformance-${randomBytes(6).toString('hex')}`;
      await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
      store = { endpoint: at, can: { ...fullyCapable, ...lacks }, client, bucket, clientWith: (config) => makeClient(at, config) };
    });

    afterAll(() => client?.destroy());

    describe.each(areas)('%s', (_area, checks) => {
      it.each(checks)('%s', (_check, run) => run(store));
    });
  });
};
