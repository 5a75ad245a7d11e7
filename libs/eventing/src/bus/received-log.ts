import type { DataSource } from 'typeorm';
import type { EventEnvelope, ServiceName } from '@lastcopy/contracts';
import { inAppendTransaction, inTransaction } from '../store/append-lock.js';
import { insertEvent, type SqlQuery } from '../store/event-rows.js';
import { isContradiction, messageOf } from '../store/failures.js';
import { queriesInScope } from '../store/tenant-scope.js';
import { recordFork } from './forks.js';

export interface ReceivedHead {
  /** 0 and '' when nothing was received yet. */
  position: number;
  hash: string;
  epoch: string;
}

/** Where a source says that its log ends. */
export interface RemoteHead {
  epoch: string;
  head_position: number;
  head_hash: string;
}

/** `gap`: something before these events is missing, or only the source itself can say whether they are its own. */
export type Intake = 'in_step' | 'gap' | 'forked';

/** By what way events came: the bus may hold what an older log left there, the source's own answer counts. */
export type Channel = 'bus' | 'replay';

const noEvents: ReceivedHead = { position: 0, hash: '', epoch: '' };

/** The verified copy of every other service's log. */
export class ReceivedLog {
  constructor(
    private readonly dataSource: DataSource,
    private readonly onStored: () => void,
  ) {}

  head(source: ServiceName): Promise<ReceivedHead> {
    return headOf(queriesInScope(this.dataSource, 'service'), source);
  }

  /**
   * Adds events of one source (genuine, by position). Known ones are skipped when they are the same; a contradiction is recorded as a fork,
   * after which nothing more of that source is taken. Rejects when they cannot be stored for another reason: then nothing was, and the
   * same may be tried again.
   */
  async accept(source: ServiceName, offered: readonly EventEnvelope[], channel: Channel): Promise<Intake> {
    let stored = 0;
    let at = offered[0]?.position ?? 0;
    try {
      const intake = await inAppendTransaction(this.dataSource, 'service', async (query) => {
        if (await this.isForked(query, source)) return 'forked';
        let head = await headOf(query, source);
        const known = await hashesAt(
          query,
          source,
          offered.map(({ position }) => position),
        );
        for (const event of offered) {
          at = event.position;
          const step = stepOf(event, head, known, channel);
          if (step === 'skip') continue;
          if (step === 'gap') return 'gap';
          if (step !== 'store') return this.fork(query, event, head, step.fork, known.get(event.position) ?? null);
          await insertEvent(query, 'received_events', event);
          known.set(event.position, event.hash);
          head = event;
          stored += 1;
        }
        return 'in_step';
      });
      if (stored > 0) this.onStored();
      return intake;
    } catch (error) {
      if (!isContradiction(error)) throw error;
      await this.recordFork(source, at, `its next event cannot be stored beside what it said before: ${messageOf(error)}`);
      return 'forked';
    }
  }

  /**
   * What the source itself said of its log, against `head`: what was stored here before it was asked. Events that the bus brought while
   * the answer was on its way are newer than the answer and say nothing against it. Records the fork when the two contradict each other.
   */
  async compareHead(source: ServiceName, head: ReceivedHead, remote: RemoteHead): Promise<Intake> {
    if (head.position === 0) return 'in_step';
    if (remote.epoch !== head.epoch) return this.recordFork(source, head.position, 'its log is another one now (another epoch)', head.hash);
    if (remote.head_position < head.position) {
      return this.recordFork(source, head.position, `its log ends at ${remote.head_position}, before what was received`, head.hash);
    }
    const other = remote.head_position === head.position && remote.head_hash !== head.hash;
    return other ? this.recordFork(source, head.position, 'it has another event there now', head.hash, remote.head_hash) : 'in_step';
  }

  private async recordFork(
    source: ServiceName,
    position: number,
    reason: string,
    storedHash: string | null = null,
    offeredHash: string | null = null,
  ): Promise<Intake> {
    const fork = { source, position, stored_hash: storedHash, offered_hash: offeredHash, reason };
    await inTransaction(this.dataSource, 'service', (query) => recordFork(query, fork));
    return 'forked';
  }

  private async isForked(query: SqlQuery, source: ServiceName): Promise<boolean> {
    return (await query('select 1 from event_forks where source = $1', [source])).length > 0;
  }

  private async fork(
    query: SqlQuery,
    event: EventEnvelope,
    head: ReceivedHead,
    reason: string,
    storedHash: string | null,
  ): Promise<Intake> {
    const { source, position, hash } = event;
    await recordFork(query, { source, position, stored_hash: storedHash ?? head.hash, offered_hash: hash, reason });
    return 'forked';
  }
}

async function headOf(query: SqlQuery, source: ServiceName): Promise<ReceivedHead> {
  const [row] = await query<{ position: string; hash: string; epoch: string }>(
    'select position, hash, epoch from received_events where source = $1 order by position desc limit 1',
    [source],
  );
  return row ? { ...row, position: Number(row.position) } : noEvents;
}

async function hashesAt(query: SqlQuery, source: ServiceName, positions: readonly number[]): Promise<Map<number, string>> {
  const rows = await query<{ position: string; hash: string }>(
    'select position, hash from received_events where source = $1 and position = any($2)',
    [source, positions],
  );
  return new Map(rows.map((row) => [Number(row.position), row.hash]));
}

function stepOf(
  event: EventEnvelope,
  head: ReceivedHead,
  known: ReadonlyMap<number, string>,
  channel: Channel,
): 'skip' | 'store' | 'gap' | { fork: string } {
  const knowsLog = head.position > 0;
  if (channel === 'bus' && (!knowsLog || event.epoch !== head.epoch)) return 'gap';
  if (knowsLog && event.epoch !== head.epoch) return { fork: 'its log is another one now (another epoch)' };
  if (event.position <= head.position) {
    return known.get(event.position) === event.hash ? 'skip' : { fork: 'it has another event there now' };
  }
  if (event.position > head.position + 1) return 'gap';
  return event.prev_hash === head.hash ? 'store' : { fork: 'its next event does not follow what was received' };
}
