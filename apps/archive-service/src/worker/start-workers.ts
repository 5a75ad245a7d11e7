import os from 'node:os';
import { v7 as uuidV7 } from 'uuid';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { ArchiveServiceConfig } from '../config.js';
import { takeCopy, type PipelineParts } from '../pipeline/take-copy.js';
import { ProgressReporter } from './progress-reporter.js';
import { Worker } from './worker.js';

type Prepared = Omit<PipelineParts, 'store' | 'report' | 'partMaxStoredBytes'> & { objects: PipelineParts['store'] };

/** The workers of this process, as one piece of background work. */
export function startWorkers(deps: ServiceDeps<ArchiveServiceConfig>, prepared: Prepared, onAttemptEnded: () => void): BackgroundWork {
  const { config, logger, eventing, nats, clock } = deps;
  const pipeline: PipelineParts = {
    ...prepared,
    store: prepared.objects,
    partMaxStoredBytes: config.PART_MAX_BYTES,
    report: (job) => {
      const reporter = new ProgressReporter(nats, job, () => clock.now());
      return (progress) => reporter.report(progress);
    },
  };
  const processId = `${os.hostname()}:${process.pid}:${uuidV7().slice(-12)}`;
  const workers = Array.from(
    { length: config.WORKERS },
    (_, index) =>
      new Worker({
        store: eventing.store,
        takeCopy: (job, signal) => takeCopy(pipeline, job, signal),
        logger,
        faultPoint: prepared.faultPoint,
        workerId: `${processId}:${index + 1}`,
        leaseMs: config.LEASE_MS,
        takeoverCap: config.TAKEOVER_CAP,
        retryDelaysS: config.ARCHIVE_RETRY_DELAYS_S,
        onAttemptEnded,
      }),
  );
  return {
    start: () => workers.forEach((worker) => worker.start()),
    stop: async () => {
      await Promise.all(workers.map((worker) => worker.stop()));
    },
  };
}
