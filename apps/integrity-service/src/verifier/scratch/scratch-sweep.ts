import { setTimeout as delay } from 'node:timers/promises';
import type { EventingLogger, EventStore } from '@lastcopy/eventing';
import type { BackgroundWork } from '@lastcopy/platform';
import type { PostgresConnection } from '@lastcopy/source-postgresql';
import { dropScratch, listScratch } from '../adapters/scratch-databases.js';
import { parseScratchName, scratchPattern } from './scratch-name.js';

export interface ScratchSweepParts {
  store: EventStore;
  admin: PostgresConnection;
  intervalMs: number;
  logger: EventingLogger;
}

async function isInUse(store: EventStore, name: string): Promise<boolean> {
  const parsed = parseScratchName(name);
  if (!parsed) return true;
  const rows = await store.query(
    `select 1 from verification_queue where verification_id = $1 and task = 'content' and claim_no % 10000 = $2 and state = 'open'
        and lease_until > clock_timestamp()`,
    [parsed.verificationId, parsed.claimNo],
  );
  return rows.length > 0;
}

/**
 * Drops this installation's scratch databases on which nobody holds a live lease: they hold plain text that a crash left behind.
 * Answers their names. A claim is stored before its database is made, so one under way is never taken for a leftover.
 */
export async function sweepScratch({ store, admin, logger }: ScratchSweepParts): Promise<string[]> {
  const { epoch } = await store.identity();
  const dropped: string[] = [];
  for (const name of await listScratch(admin, scratchPattern(epoch))) {
    if (await isInUse(store, name)) continue;
    await dropScratch(admin, name);
    dropped.push(name);
  }
  if (dropped.length > 0) logger.warn({ dropped }, 'scratch databases that were left behind were dropped');
  return dropped;
}

/** Sweeps at start and at intervals. */
export class ScratchSweep implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ScratchSweepParts) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await sweepScratch(this.parts).catch((error: unknown) => {
        this.parts.logger.warn({ err: error }, 'the sweep of scratch databases failed; it is tried again');
      });
      await delay(this.parts.intervalMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
