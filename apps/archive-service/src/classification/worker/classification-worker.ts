import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidV7 } from 'uuid';
import type { EventStore } from '@lastcopy/eventing';
import { CodedError, isCodedError, type Clock } from '@lastcopy/kernel';
import { inSpan, type BackgroundWork, type Logger } from '@lastcopy/platform';
import { claimRun, recordFailure, recordLook, releaseRun, sourceToLookAt, type ClaimedRun } from '../commands/claim-run.js';
import { lookAtSource } from '../look-at-source.js';
import type { SourceSampling } from '../ports/source-sampling.js';

export interface ClassificationWorkerParts {
  store(): EventStore;
  sampling: SourceSampling;
  clock: Clock;
  logger: Logger;
  /** The whole look; a source that is larger is looked at in part. */
  totalMs: number;
}

const pollMs = 250;
const pauseMs = 1000;
/** Recording, and one statement that ends late, come after the look itself. */
const leaseMarginMs = 60_000;
const mostAttempts = 3;

/** Messages of faults that are not our own may quote what was read: they are told by their kind alone. */
const toldAs = (error: unknown): CodedError =>
  isCodedError(error) ? error : new CodedError('INTERNAL', 'The look at the source failed in a way that it should not.');

const isUnavailable = (error: unknown): boolean => isCodedError(error) && error.code === 'SERVICE_UNAVAILABLE';

/** Takes one look after the other for as long as the process runs. A look that a crash cut short is taken again when its lease lapsed. */
export class ClassificationWorker implements BackgroundWork {
  private readonly stopping = new AbortController();
  private readonly owner = uuidV7();
  private loop: Promise<void> = Promise.resolve();
  /** What the database kept from being recorded or given back. */
  private owed: ClaimedRun | null = null;

  constructor(private readonly parts: ClassificationWorkerParts) {}

  start(): void {
    this.loop = this.run();
  }

  /** The look in hand ends at once and is given back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    const rest = (ms: number) => delay(ms, undefined, { signal }).catch(() => undefined);
    while (!signal.aborted) {
      try {
        await this.giveBack();
        const run = await claimRun(this.parts.store(), this.owner, this.parts.totalMs + leaseMarginMs);
        if (run) await this.take(run);
        else await rest(pollMs);
      } catch (error) {
        this.parts.logger.warn({ code: toldAs(error).code }, 'a look at a source could not be taken or recorded; it is tried again');
        await rest(pauseMs);
      }
    }
    await this.giveBack().catch(() => undefined);
  }

  /** A look that the database's failure cut short counts for nothing: its process is alive. */
  private async giveBack(): Promise<void> {
    if (!this.owed) return;
    await releaseRun(this.parts.store(), this.owed, this.owner);
    this.owed = null;
  }

  private take(run: ClaimedRun): Promise<void> {
    const attributes = { 'lastcopy.system_id': run.system_id };
    const span = { service: 'archive-service', name: 'classification', traceparent: run.traceparent, attributes };
    const look = inSpan(span, () => this.look(run));
    return look.catch((error: unknown) => {
      if (isUnavailable(error)) this.owed = run;
      throw error;
    });
  }

  private async look(run: ClaimedRun): Promise<void> {
    const { logger, sampling, clock, totalMs } = this.parts;
    const store = this.parts.store();
    const ids = { system_id: run.system_id, suggestion_id: run.suggestion_id };
    if (run.attempts > mostAttempts) {
      const message = `The look was begun ${mostAttempts} times and never ended: its process died.`;
      return recordFailure(store, run, { code: 'WORKERS_LOST', message });
    }
    const { system, version } = await sourceToLookAt(store, run);
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(totalMs)]);
    let overflown = false;
    try {
      const containers = sampling.sample(run.tenant, system.source, signal, () => (overflown = true));
      const look = await lookAtSource(containers, clock.now(), () => !signal.aborted && !overflown);
      if (this.stopping.signal.aborted) return await releaseRun(store, run, this.owner);
      await recordLook(store, run, version, look);
      logger.info({ ...ids, findings: look.findings.length, ...look.sampled }, 'a source was looked at');
    } catch (error) {
      if (this.stopping.signal.aborted) return releaseRun(store, run, this.owner);
      if (isUnavailable(error)) throw error;
      const { code, message } = toldAs(error);
      logger.warn({ ...ids, code }, 'a source could not be looked at');
      await recordFailure(store, run, { code, message });
    }
  }
}
