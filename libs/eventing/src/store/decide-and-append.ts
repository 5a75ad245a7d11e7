import { streamId, type AggregateName, type StreamToken } from '@lastcopy/contracts';
import { aggregateOwners } from '@lastcopy/contracts';
import { fold, type Decider, type Event } from '@lastcopy/kernel';
import type { AppendOptions, ServiceTransaction } from './service-transaction.js';

/** Loads a stream, lets the aggregate decide, appends. A repeated command (nothing decided) answers the version as it is. */
export async function decideAndAppend<C, S, E extends Event>(
  tx: ServiceTransaction,
  decider: Decider<C, S, E>,
  aggregate: AggregateName,
  id: string,
  command: C,
  options: AppendOptions = {},
): Promise<StreamToken> {
  const { events, version } = await tx.load(aggregate, id);
  const state = fold(decider, events as readonly Event[] as readonly E[]);
  const decided = decider.decide(command, state);
  if (decided.length > 0) await tx.append(aggregate, id, version, decided, options);
  return { source: aggregateOwners[aggregate], stream_id: streamId(aggregate, id), version: version + decided.length };
}
