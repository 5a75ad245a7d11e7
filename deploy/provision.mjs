// Makes what the services need before they start: roles and databases, the bucket. Doing it again changes nothing.
import { pathToFileURL } from 'node:url';
import { createBucketWithLock } from './bucket.mjs';
import { provisionBus } from './bus.mjs';
import { required } from './required.mjs';
import { ensureRole, ensureServiceDatabase, withClient } from '../tools/embedded/provision.mjs';

const services = ['policy', 'archive', 'integrity', 'gateway'];

/** Roles, databases, bucket. Throws when the store does not keep what is locked. */
export async function provision(env) {
  await withClient(required(env, 'POSTGRES_URL'), async (client) => {
    for (const service of services) {
      await ensureServiceDatabase(client, service, {
        owner: required(env, `${service.toUpperCase()}_DB_PASSWORD`),
        application: required(env, `${service.toUpperCase()}_APP_DB_PASSWORD`),
      });
    }
  });
  await withClient(required(env, 'SCRATCH_POSTGRES_URL'), (client) =>
    ensureRole(client, 'lastcopy_scratch', required(env, 'SCRATCH_DB_PASSWORD'), 'createdb'),
  );
  const store = {
    endpoint: required(env, 'S3_ENDPOINT'),
    region: env.S3_REGION ?? 'us-east-1',
    accessKeyId: required(env, 'S3_ACCESS_KEY_ID'),
    secretAccessKey: required(env, 'S3_SECRET_ACCESS_KEY'),
  };
  const buckets = ['ARCHIVE_BUCKET', 'ARTIFACT_BUCKET', 'ANCHOR_BUCKET'].map((name) => required(env, name));
  // Each probe waits until a lock of its own has ended.
  await Promise.all(buckets.map((bucket) => createBucketWithLock({ ...store, bucket })));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await provisionBus(process.env);
    await provision(process.env);
    console.log('The bus knows its users; roles, databases and the buckets are there; the store keeps what is locked.');
  } catch (error) {
    console.error(`Provisioning failed: ${error.message}`);
    process.exitCode = 1;
  }
}
