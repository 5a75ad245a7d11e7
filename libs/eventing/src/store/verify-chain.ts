import type { DataSource } from 'typeorm';
import type { ServiceName } from '@lastcopy/contracts';
import { envelopeHash } from './envelope-hash.js';
import { eventOfRow, ownColumns, receivedColumns, type LoggedEvent, type LogIdentity } from './event-rows.js';
import { queriesInScope } from './tenant-scope.js';
import { pause } from '../wake-signal.js';
import { messageOf } from './failures.js';

export interface ChainReport {
  ok: boolean;
  /** Rows that were read and found right. */
  checked: number;
  firstBroken?: { position: number; reason: string };
}

const pageRows = 100;

function faultOf(event: LoggedEvent, before: { position: number; hash: string }): string | undefined {
  if (event.position !== before.position + 1) return `position ${before.position + 1} is missing`;
  if (event.prev_hash !== before.hash) return 'it does not follow the row before it';
  if (envelopeHash(event) !== event.hash) return 'its columns are not what was hashed';
  return undefined;
}

function faultOfRow(event: LoggedEvent, before: { position: number; hash: string }): string | undefined {
  try {
    return faultOf(event, before);
  } catch (error) {
    return messageOf(error);
  }
}

export interface ChainReading {
  /** Rejects with the signal's reason once it aborts. */
  signal?: AbortSignal;
  /** Rest after each page, which leaves the processor to others. @default 0 */
  restMs?: number;
}

/**
 * Reads a whole log and recomputes every hash: `own` is this service's, a service's name is what was received from it.
 * In memory is one page of 100 rows, each with at most 400 KiB of data.
 */
export async function verifyChain(
  dataSource: DataSource,
  which: 'own' | ServiceName,
  own: ServiceName,
  { signal, restMs = 0 }: ChainReading = {},
): Promise<ChainReport> {
  const sql =
    which === 'own'
      ? `select ${ownColumns} from events where position > $1 order by position limit $2`
      : `select ${receivedColumns} from received_events where position > $1 and source = $3 order by position limit $2`;
  // Each page on a connection that is given back before the next: a long log must not keep one from the commands.
  const query = queriesInScope(dataSource, 'service');
  const [identity] = await query('select epoch from log_identity');
  const log: LogIdentity = { source: own, epoch: identity!.epoch as string };
  let before = { position: 0, hash: '' };
  for (;;) {
    signal?.throwIfAborted();
    const rows = await query(sql, [before.position, pageRows, ...(which === 'own' ? [] : [which])]);
    for (const row of rows) {
      const event = eventOfRow(row, log);
      const reason = faultOfRow(event, before);
      if (reason) return { ok: false, checked: before.position, firstBroken: { position: event.position, reason } };
      before = event;
    }
    if (rows.length < pageRows) return { ok: true, checked: before.position };
    if (restMs > 0) await pause(restMs, signal);
  }
}
