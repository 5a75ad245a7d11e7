import { randomUUID } from 'node:crypto';
import os from 'node:os';
import type { JWK } from 'jose';
import { createS3ObjectStore } from '@lastcopy/object-store';
import {
  loadConfig,
  sealController,
  signingKey,
  startService,
  trustedKeys,
  type BackgroundWork,
  type RunningService,
  type ServiceDeps,
} from '@lastcopy/platform';
import { connectionFromUrl } from '@lastcopy/source-postgresql';
import { ANCHORS, AnchorController } from './anchor/anchor.controller.js';
import { anchorKeys } from './anchor/anchor-keys.js';
import { AnchorWorker } from './anchor/anchor-worker.js';
import { IntegrityServiceConfig } from './config.js';
import { AnchorIndexes1780000000001 } from './migrations/anchor-indexes.js';
import { VerificationQueue1780000000000 } from './migrations/verification-queue.js';
import { VerificationController } from './verification/commands/verification.controller.js';
import { verificationQueue } from './verification/projections/verification-queue.js';
import { alertOnIntegrityFailed } from './verification/reactors/alert-on-integrity-failed.js';
import { readBackOnArchiveLocked } from './verification/reactors/read-back-on-archive-locked.js';
import { requestOnArchiveUploaded } from './verification/reactors/request-on-archive-uploaded.js';
import { carryOut, type CarryOutParts } from './verifier/carry-out.js';
import { localKeys } from './verifier/local-keys.js';
import { ScratchSweep } from './verifier/scratch/scratch-sweep.js';
import { VerifierWorker } from './verifier/verifier-worker.js';

/** Stands in attestations: raise it when what a level proves changes. */
const verifierVersion = '1.1.0';

type Deps = ServiceDeps<IntegrityServiceConfig>;

const partsOf = ({ config, eventing, nats, clock, logger }: Deps, key: JWK): CarryOutParts => ({
  store: createS3ObjectStore({
    ...(config.S3_ENDPOINT ? { endpoint: config.S3_ENDPOINT, forcePathStyle: true } : {}),
    region: config.S3_REGION,
    accessKeyId: config.S3_ACCESS_KEY_ID,
    secretAccessKey: config.S3_SECRET_ACCESS_KEY,
    inactivityMs: config.STORE_INACTIVITY_MS,
  }),
  keysOf: localKeys(config.WRAPPING_KEYS_DIR ?? config.KEYS_DIR, config.LASTCOPY_ENV),
  trustedSigners: () => trustedKeys(config.TRUSTED_KEYS_DIR ?? config.KEYS_DIR, 'archive-signing'),
  scratchAdmin: connectionFromUrl(config.SCRATCH_DATABASE_URL),
  eventStore: eventing.store,
  signingKey: key,
  version: verifierVersion,
  publisher: nats,
  clock,
  logger,
});

const storeOf = ({ S3_ENDPOINT, S3_REGION: region }: IntegrityServiceConfig, accessKeyId: string, secretAccessKey: string) =>
  createS3ObjectStore({
    ...(S3_ENDPOINT ? { endpoint: S3_ENDPOINT, forcePathStyle: true } : {}),
    ...{ region, accessKeyId, secretAccessKey },
  });

/** Null where the logs are not anchored. */
function anchorWorkerOf({ config, eventing, clock, logger }: Deps, key: JWK): AnchorWorker | null {
  const { ANCHOR_BUCKET: bucket, ANCHOR_S3_ACCESS_KEY_ID, ANCHOR_S3_SECRET_ACCESS_KEY } = config;
  if (bucket === undefined) return null;
  return new AnchorWorker({
    publicKeys: () => anchorKeys(config, key),
    ...{ eventing, clock, logger, key, bucket, createBucket: config.LASTCOPY_ENV === 'development' },
    objects: storeOf(config, ANCHOR_S3_ACCESS_KEY_ID!, ANCHOR_S3_SECRET_ACCESS_KEY!),
    retention: { mode: config.ANCHOR_RETENTION_MODE, days: config.ANCHOR_RETENTION_DAYS },
    intervalMs: config.ANCHOR_INTERVAL_MS,
    pollMs: config.ANCHOR_POLL_MS,
  });
}

function backgroundOf(deps: Deps, key: JWK): BackgroundWork[] {
  const { config, eventing, logger } = deps;
  const parts = partsOf(deps, key);
  const workers = Array.from(
    { length: config.VERIFIERS },
    () =>
      new VerifierWorker({
        store: eventing.store,
        carryOut: (claim, signal) => carryOut(parts, claim, signal),
        logger,
        owner: `${os.hostname()}:${process.pid}:${randomUUID()}`,
        leaseMs: config.LEASE_MS,
        pollMs: config.POLL_MS,
        retryBaseMs: config.VERIFY_RETRY_BASE_MS,
        retryMaxMs: config.VERIFY_RETRY_MAX_MS,
        alertAfter: config.VERIFY_ALERT_AFTER,
      }),
  );
  const sweep = new ScratchSweep({
    store: eventing.store,
    admin: parts.scratchAdmin,
    intervalMs: config.SCRATCH_SWEEP_INTERVAL_MS,
    logger,
  });
  return config.VERIFIERS > 0 ? [sweep, ...workers] : [];
}

export async function bootstrap(env: Record<string, string | undefined>): Promise<RunningService> {
  const config = loadConfig(IntegrityServiceConfig, env);
  const key = await signingKey(config.KEYS_DIR, 'integrity-signing', {
    create: config.LASTCOPY_ENV === 'development',
    ...(config.PUBLIC_KEYS_DIR ? { publishTo: config.PUBLIC_KEYS_DIR } : {}),
  });
  const anchors: { worker: AnchorWorker | null } = { worker: null };
  return startService({
    service: 'integrity-service',
    config,
    migrations: [VerificationQueue1780000000000, AnchorIndexes1780000000001],
    module: () => ({
      controllers: [VerificationController, AnchorController, sealController('integrity-service')],
      providers: [{ provide: ANCHORS, useValue: anchors }],
    }),
    inlineProjections: () => [verificationQueue],
    subscriptions: (deps) => [requestOnArchiveUploaded(deps), readBackOnArchiveLocked(deps), alertOnIntegrityFailed(deps)],
    background: (deps) => {
      anchors.worker = anchorWorkerOf(deps, key);
      return [...backgroundOf(deps, key), ...(anchors.worker ? [anchors.worker] : [])];
    },
  });
}
