import type { EventStore } from '../store/event-store.js';
import { messageOf } from '../store/failures.js';
import type { EventingLogger } from '../logger.js';
import { pause, WakeSignal } from '../wake-signal.js';

const pollMs = 20;
const afterFailureMs = 250;

/** One cheap question every 20 ms for all subscriptions of a process: is there a newer event, or a newer version of a projection's tables? */
export class LogWatch {
  /** Fires when the local log has grown. */
  readonly grown = new WakeSignal();
  private head = -1;
  private versions: Record<string, number> = {};
  private stopped = new AbortController();
  private running: Promise<void> = Promise.resolve();
  private readonly poked = new WakeSignal();

  constructor(
    private readonly store: EventStore,
    private readonly logger: EventingLogger,
  ) {}

  async start(): Promise<void> {
    await this.look();
    this.stopped = new AbortController();
    this.running = this.watch(this.stopped.signal);
  }

  async stop(): Promise<void> {
    this.stopped.abort();
    await this.running;
  }

  /** The version of a projection's tables that readers use, or undefined before the first look. */
  activeVersion(projection: string): number | undefined {
    return this.versions[projection];
  }

  /** This process has just added events: look at once. */
  poke(): void {
    this.poked.fire();
  }

  private async watch(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await this.look();
        await this.poked.wait(pollMs, signal);
      } catch (error) {
        this.logger.warn({ err: messageOf(error) }, 'the event log cannot be read; trying again');
        await pause(afterFailureMs, signal);
      }
    }
  }

  private async look(): Promise<void> {
    const [row] = await this.store.untenanted<{ head: string | null; versions: Record<string, number> | null }>(
      `select lastcopy_log_end() as head,
        (select jsonb_object_agg(name, active_version) from projection_versions) as versions`,
    );
    this.versions = row?.versions ?? {};
    const head = Number(row?.head ?? 0);
    if (head === this.head) return;
    this.head = head;
    this.grown.fire();
  }
}
