import { setTimeout as delay } from 'node:timers/promises';
import type { AnchorReading, LogAnchored } from '@lastcopy/contracts';
import type { BackgroundWork, Logger } from '@lastcopy/platform';
import { readAnchors, type ReadAnchorsParts } from './read-anchors.js';
import { lastAnchor, takeAnchor, type AnchorParts } from './take-anchor.js';

export interface AnchorWorkerParts extends AnchorParts, ReadAnchorsParts {
  logger: Logger;
  intervalMs: number;
  /** How often it looks whether one is due. */
  pollMs: number;
}

/** Takes an anchor once an interval, and after every transition to system shutdown: what the gate rested on is signed the same minute. */
export class AnchorWorker implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private inHand: Promise<LogAnchored> | undefined;

  constructor(private readonly parts: AnchorWorkerParts) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await this.inHand?.catch(() => undefined);
  }

  /** One at a time: a second caller is answered with the anchor that is being taken. */
  take(): Promise<LogAnchored> {
    this.inHand ??= takeAnchor(this.parts).finally(() => (this.inHand = undefined));
    return this.inHand;
  }

  /** What stands in the object store, of the newest `limit` anchors. */
  read(limit: number): Promise<AnchorReading> {
    return readAnchors(this.parts, limit);
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.parts.eventing.isLeader && (await this.isDue())) {
          const { anchor_no, key } = await this.take();
          this.parts.logger.info({ anchor_no, key }, 'the logs were anchored');
        }
      } catch (error) {
        this.parts.logger.error({ err: error }, 'the logs could not be anchored; it is tried again');
      }
      await delay(this.parts.pollMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async isDue(): Promise<boolean> {
    const { eventing, clock, intervalMs } = this.parts;
    const last = await lastAnchor(eventing);
    if (last && clock.now().getTime() - last.taken_at.getTime() >= intervalMs) return true;
    const [row] = await eventing.store.query<{ due: boolean }>(
      `select exists (select from received_events where type = 'PhaseTransitioned' and data->>'to_phase' = 'system_shutdown'
         and log_seq > coalesce((select max(log_seq) from events where type = 'LogAnchored'), 0)) as due`,
    );
    if (row!.due) return true;
    const empty = (await eventing.store.query('select 1 from received_events limit 1')).length === 0;
    return last === null && !empty;
  }
}
