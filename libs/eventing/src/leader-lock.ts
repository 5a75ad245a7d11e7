import { Client } from 'pg';
import type { EventingLogger } from './logger.js';
import { leaderLockKey } from './store/append-lock.js';
import { messageOf } from './store/failures.js';
import { pause } from './wake-signal.js';

const tryEveryMs = 500;
const keepBusyMs = 2_000;
const answerWithinMs = 5_000;

export interface LeaderLockOptions {
  databaseUrl: string;
  logger: EventingLogger;
  /** What only one process of the service may do. Ends when the signal aborts. */
  lead(signal: AbortSignal): Promise<void>;
}

/**
 * One process of a service leads: it holds a session lock on a connection of its own. A process that is frozen loses it after 15 s,
 * because its session is then idle; thawed, it notices and stops leading. Work that both did meanwhile is made harmless by the
 * checkpoints and positions that each step compares in its own transaction.
 */
export class LeaderLock {
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private leads = false;
  private terms = 0;

  constructor(private readonly options: LeaderLockOptions) {}

  get isLeader(): boolean {
    return this.leads;
  }

  /** Counts how often this process came to lead; null while it does not. Another number: somebody else may have led meanwhile. */
  get term(): number | null {
    return this.leads ? this.terms : null;
  }

  start(): void {
    this.stopping = new AbortController();
    this.running = this.run(this.stopping.signal);
  }

  /** Resolves when all leader work has ended and the lock is free. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted) {
      try {
        await this.session(stopping);
      } catch (error) {
        this.options.logger.warn({ err: messageOf(error) }, 'the session that would lead failed; trying again');
      }
      await pause(tryEveryMs, stopping);
    }
  }

  private async session(stopping: AbortSignal): Promise<void> {
    const lost = new AbortController();
    const client = new Client({
      connectionString: this.options.databaseUrl,
      application_name: 'lastcopy leader',
      keepAlive: true,
      connectionTimeoutMillis: answerWithinMs,
      query_timeout: answerWithinMs,
    });
    client.on('error', () => lost.abort());
    client.on('end', () => lost.abort());
    try {
      await client.connect();
      await client.query(`set idle_session_timeout = '15s'`);
      const until = AbortSignal.any([stopping, lost.signal]);
      while (!until.aborted) {
        const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [leaderLockKey]);
        if (rows[0]?.locked) return await this.lead(client, lost, until);
        await pause(tryEveryMs, until);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async lead(client: Client, lost: AbortController, until: AbortSignal): Promise<void> {
    this.leads = true;
    this.terms += 1;
    this.options.logger.info({}, 'this process leads the event log');
    const busy = this.keepBusy(client, lost, until);
    try {
      await this.options.lead(until);
    } finally {
      this.leads = false;
      lost.abort();
      await busy;
      this.options.logger.info({}, 'this process leads the event log no more');
    }
  }

  private async keepBusy(client: Client, lost: AbortController, until: AbortSignal): Promise<void> {
    while (!until.aborted) {
      await pause(keepBusyMs, until);
      if (until.aborted) return;
      await client.query('select 1').catch(() => lost.abort());
    }
  }
}
