import type { DataSource } from 'typeorm';
import { serviceNames, type ServiceName } from '@lastcopy/contracts';
import { errorRegistry } from '@lastcopy/kernel';
import type { EventingLogger } from '../logger.js';
import { pause } from '../wake-signal.js';
import type { EventStore } from './event-store.js';
import { messageOf } from './failures.js';
import { tenantsOf } from './log-tenants.js';
import { raiseAlert } from './raise-alert.js';
import { verifyChain, type ChainReport } from './verify-chain.js';

const hourMs = 3_600_000;
const afterFailureMs = 60_000;
const restMs = 20;

/**
 * Reads every log that the service holds, its own and the received ones, from the first event: at the start and each hour, since a row
 * may be changed long after it was written. A page of 100 rows is hashed in about 10 ms and followed by a rest of 20 ms, so that
 * 100,000 events take half a minute in the background and a third of one processor.
 */
export class ChainWatch {
  constructor(
    private readonly store: EventStore,
    private readonly dataSource: DataSource,
    private readonly logger: EventingLogger,
    private readonly everyMs = hourMs,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const failures = await this.round(signal);
      await pause(failures ? Math.min(afterFailureMs, this.everyMs) : this.everyMs, signal);
    }
  }

  /** True when a log could not be judged; the others are judged nevertheless. */
  private async round(signal: AbortSignal): Promise<boolean> {
    let failed = false;
    for (const source of serviceNames) {
      try {
        const which = source === this.store.service ? 'own' : source;
        const report = await verifyChain(this.dataSource, which, this.store.service, { signal, restMs });
        if (report.firstBroken) await this.alarm(source, report.firstBroken);
        else this.logger.debug({ source, checked: report.checked }, 'the chain of a log is whole');
      } catch (error) {
        if (signal.aborted) return false;
        failed = true;
        this.logger.error({ source, err: messageOf(error) }, 'the chain of a log cannot be checked; trying again in a minute');
      }
    }
    return failed;
  }

  /** Alarms every tenant in that log: once for each place, however often it is found. */
  private async alarm(source: ServiceName, { position, reason }: NonNullable<ChainReport['firstBroken']>): Promise<void> {
    this.logger.error({ source, position, reason }, 'EVENT_CHAIN_BROKEN: rows of a log were changed, removed or damaged');
    for (const tenant of await tenantsOf(this.store, source)) {
      await raiseAlert(this.store, tenant, {
        severity: 'critical',
        code: 'EVENT_CHAIN_BROKEN',
        message: `The log of ${source} in the database of ${this.store.service} is broken at position ${position}: ${reason}`,
        what_to_do: errorRegistry.EVENT_CHAIN_BROKEN.hint,
        key: `chain ${source} ${position}`,
      });
    }
  }
}
