import { CodedError } from '@lastcopy/kernel';
import { createS3ObjectStore } from '@lastcopy/object-store';
import { loadConfig, signingKey, startService, trustedKeys, type RunningService, type ServiceDeps } from '@lastcopy/platform';
import { holdArchives } from './archive-hold/hold-archives.js';
import { archiveModule } from './app.module.js';
import { jobQueue } from './archive-job/projections/job-queue.js';
import { completeLockedJob } from './archive-job/reactors/complete-locked-job.js';
import { failRefutedJob } from './archive-job/reactors/fail-refuted-job.js';
import { followFlow } from './archive-job/reactors/follow-flow.js';
import { lockVerifiedArchive } from './archive-job/reactors/lock-verified-archive.js';
import { classificationRuns } from './classification/projections/classification-runs.js';
import { sampleLimits } from './classification/domain/thresholds.js';
import { ClassificationWorker } from './classification/worker/classification-worker.js';
import { ArchiveServiceConfig, secretVariables } from './config.js';
import { faultPointOf, noFaults } from './fault-point.js';
import { LockedAttempts1780000200000 } from './migrations/locked-attempts.js';
import { ArchiveServiceTables1780000001000 } from './migrations/archive-service-tables.js';
import { ClassificationTables1780000002000 } from './migrations/classification-tables.js';
import { LocalArchiveKeys } from './pipeline/adapters/local-archive-keys.js';
import { Sources } from './pipeline/sources/sources.js';
import { Sweep } from './sweep/sweep.js';
import { EnvironmentSecrets } from './system/adapters/environment-secrets.js';
import { FileSecrets } from './system/adapters/file-secrets.js';
import { SourceAllowList } from './system/domain/source-allow-list.js';
import { systems } from './system/projections/systems.js';
import { startWorkers } from './worker/start-workers.js';

type Env = Record<string, string | undefined>;

const signingKeyName = 'archive-signing';

function configOf(env: Env): ArchiveServiceConfig {
  const config = loadConfig(ArchiveServiceConfig, env);
  if (config.LASTCOPY_FAULT_POINT && config.LASTCOPY_ENV === 'production') {
    throw new CodedError('CONFIGURATION_INVALID', 'LASTCOPY_FAULT_POINT breaks the service on purpose: it is refused in production.');
  }
  return config;
}

/** Everything that does not need the service to run yet; faults of the settings show here, before anything is started. */
async function prepare(env: Env) {
  const config = configOf(env);
  const clock = { now: () => new Date() };
  const publishTo = config.PUBLIC_KEYS_DIR ?? config.KEYS_DIR;
  const signer = await signingKey(config.KEYS_DIR, signingKeyName, { create: config.LASTCOPY_ENV === 'development', publishTo });
  const allowList = new SourceAllowList(config.SOURCE_ALLOW_LIST, { shared: config.LASTCOPY_ENV === 'development' });
  const secrets = config.SECRETS_PROVIDER === 'file' ? new FileSecrets(config.SECRETS_DIR!) : new EnvironmentSecrets(secretVariables(env));
  const { LOCK_TIMEOUT_MS: lockTimeoutMs, INACTIVITY_MS: inactivityMs } = config;
  return {
    config,
    clock,
    signer,
    trustedSigners: await trustedKeys(publishTo, signingKeyName),
    objects: createS3ObjectStore({
      ...(config.S3_ENDPOINT ? { endpoint: config.S3_ENDPOINT, forcePathStyle: true } : {}),
      region: config.S3_REGION,
      accessKeyId: config.S3_ACCESS_KEY_ID,
      secretAccessKey: config.S3_SECRET_ACCESS_KEY,
      inactivityMs,
    }),
    sources: new Sources({ secrets, allowList, clock, lockTimeoutMs, inactivityMs }),
    limits: { sources: allowList, buckets: config.BUCKET_ALLOW_LIST ? new Set(config.BUCKET_ALLOW_LIST.split(',')) : null },
    createBuckets: config.LASTCOPY_ENV === 'development',
    keys: new LocalArchiveKeys(config.WRAPPING_KEYS_DIR ?? config.KEYS_DIR, config.LASTCOPY_ENV),
    faultPoint: config.LASTCOPY_FAULT_POINT ? faultPointOf(config.LASTCOPY_FAULT_POINT) : noFaults,
  };
}

export type Prepared = Awaited<ReturnType<typeof prepare>>;

function reactorsOf(deps: ServiceDeps, { config, objects, trustedSigners, faultPoint }: Prepared) {
  const parts = {
    store: () => deps.eventing.store,
    logger: deps.logger,
    alert: (...[tenant, alert]: Parameters<ServiceDeps['eventing']['raiseAlert']>) => deps.eventing.raiseAlert(tenant, alert),
  };
  return [
    lockVerifiedArchive({ ...parts, objects, trustedSigners, mode: config.RETENTION_MODE, faultPoint }),
    holdArchives({ ...parts, objects, trustedSigners }),
    completeLockedJob(parts),
    failRefutedJob(parts),
    followFlow(parts),
  ];
}

function backgroundOf(deps: ServiceDeps<ArchiveServiceConfig>, prepared: Prepared) {
  const { config, objects, faultPoint } = prepared;
  const sweep = new Sweep({
    store: () => deps.eventing.store,
    dataSource: deps.dataSource,
    objects,
    logger: deps.logger,
    faultPoint,
    intervalMs: config.SWEEP_INTERVAL_MS,
    horizonDays: config.SWEEP_HORIZON_DAYS,
  });
  const classification = new ClassificationWorker({
    store: () => deps.eventing.store,
    sampling: prepared.sources,
    clock: deps.clock,
    logger: deps.logger,
    totalMs: sampleLimits.totalMs,
  });
  // A process without workers answers commands alone: it contacts no source by itself.
  return [sweep, startWorkers(deps, prepared, () => sweep.poke()), ...(config.WORKERS > 0 ? [classification] : [])];
}

/** Starts the archive-service. Rejects with CONFIGURATION_INVALID or SERVICE_UNAVAILABLE, with everything stopped again. */
export async function bootstrap(env: Env): Promise<RunningService> {
  const prepared = await prepare(env);
  return startService({
    service: 'archive-service',
    config: prepared.config,
    migrations: [ArchiveServiceTables1780000001000, ClassificationTables1780000002000, LockedAttempts1780000200000],
    module: () => archiveModule({ limits: prepared.limits, diagnosis: prepared.sources }),
    inlineProjections: () => [jobQueue, systems, classificationRuns],
    subscriptions: (deps) => reactorsOf(deps, prepared),
    background: (deps) => backgroundOf(deps, prepared),
  });
}
