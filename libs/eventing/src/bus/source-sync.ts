import type { ServiceName } from '@lastcopy/contracts';
import type { EventingLogger } from '../logger.js';
import { messageOf } from '../store/failures.js';
import { pause, WakeSignal } from '../wake-signal.js';
import type { BusConnection } from './bus-connection.js';
import { requestReplay } from './replay.js';
import type { Intake, ReceivedLog } from './received-log.js';

const inStepEveryMs = 2_000;
const retryMs = 1_000;
const pageEvents = 200;

/**
 * Keeps the copy of one source's log whole by asking the source itself: at the start, after a reconnect, every 2 s, and at once
 * when the bus shows a gap. While the source is down its log waits; nothing else does.
 */
export class SourceSync {
  private readonly asked = new WakeSignal();
  private pending = false;

  constructor(
    readonly source: ServiceName,
    private readonly received: ReceivedLog,
    private readonly bus: BusConnection,
    private readonly logger: EventingLogger,
    private readonly onFork: () => Promise<void>,
  ) {}

  /** The bus showed something that only the source can complete. */
  ask(): void {
    this.pending = true;
    this.asked.fire();
  }

  async run(signal: AbortSignal): Promise<void> {
    let said = '';
    while (!signal.aborted) {
      this.pending = false;
      try {
        const intake = await this.catchUp(signal);
        if (intake === 'forked') await this.onFork();
        said = '';
      } catch (error) {
        const err = messageOf(error);
        if (err !== said) this.logger.warn({ source: this.source, err }, 'a log cannot be completed; asking every second');
        said = err;
        await pause(retryMs, signal);
        continue;
      }
      if (!this.pending) await this.asked.wait(inStepEveryMs, signal);
    }
  }

  /**
   * The first page begins with the last event that is here, so that the source says whether it has the same one; each later page begins
   * after the one before it, since a page holds one large event alone and must bring a new one.
   */
  private async catchUp(signal: AbortSignal): Promise<Intake> {
    const connection = await this.bus.connection(signal);
    for (let next = 0; connection && !signal.aborted;) {
      const head = await this.received.head(this.source);
      const from = next || Math.max(head.position, 1);
      const page = await requestReplay(connection, this.source, from, pageEvents);
      if ((await this.received.compareHead(this.source, head, page)) === 'forked') return 'forked';
      const intake = await this.received.accept(this.source, page.events, 'replay');
      next = (page.events.at(-1)?.position ?? from - 1) + 1;
      if (intake === 'forked' || next > page.head_position) return intake;
      if (intake === 'gap' || page.events.length === 0) throw new Error(`${this.source} left out events of its log`);
    }
    return 'in_step';
  }
}
