import {
  alertAggregates,
  sealAggregates,
  streamId,
  type AggregateName,
  type SealFlow,
  type StreamToken,
  type UnsealFlow,
} from '@lastcopy/contracts';
import { CodedError, DomainError } from '@lastcopy/kernel';
import type { CommandContext } from '../command-context.js';
import type { EventStore } from './event-store.js';
import type { ServiceTransaction } from './service-transaction.js';

interface Seal {
  gate_no: number;
  sealed: boolean;
}

function sealAggregateOf(store: EventStore): AggregateName {
  if (store.service === 'gateway') throw new CodedError('INTERNAL', 'The gateway holds no evidence of its own to seal');
  return sealAggregates[store.service];
}

async function sealOf(tx: ServiceTransaction, flowId: string): Promise<Seal | undefined> {
  const { client_account_id, engagement_id } = tx.context.tenant;
  const [flow] = await tx.query<{ is_foreign: boolean }>('select lastcopy_flow_is_foreign($1, $2, $3) as is_foreign', [
    flowId,
    client_account_id,
    engagement_id,
  ]);
  if (flow!.is_foreign) throw new DomainError('NOT_FOUND', `There is no flow ${flowId} for this client account and engagement`);
  const [seal] = await tx.query<Seal>('select gate_no, sealed from flow_seals where flow_id = $1', [flowId]);
  return seal;
}

async function keepSeal(tx: ServiceTransaction, flowId: string, seal: Seal): Promise<void> {
  const { client_account_id, engagement_id } = tx.context.tenant;
  await tx.query(
    `insert into flow_seals (flow_id, client_account_id, engagement_id, gate_no, sealed) values ($1, $2, $3, $4, $5)
     on conflict (flow_id) do update set gate_no = excluded.gate_no, sealed = excluded.sealed`,
    [flowId, client_account_id, engagement_id, seal.gate_no, seal.sealed],
  );
}

/** Heads of the flow's streams in this service, but for seals and alerts: those move on while the flow stands still. */
const streamHeads = (tx: ServiceTransaction, flowId: string, excluded: readonly string[]) =>
  tx.query<{ stream_id: string; version: number; hash: string }>(
    `select distinct on (stream_id collate "C") stream_id, version, hash from events
     where stream_id in (select stream_id from events where flow_id = $1) and not aggregate = any($2)
     order by stream_id collate "C", version desc`,
    [flowId, excluded],
  );

const superseded = (flowId: string, asked: number, seal: Seal): DomainError =>
  new DomainError(
    'GATE_SUPERSEDED',
    `Gate ${asked} of flow ${flowId} is over: gate ${seal.gate_no} is ${seal.sealed ? 'sealed' : 'unsealed'}`,
    {
      gate_no: seal.gate_no,
    },
  );

/**
 * Appends FlowSealed with the heads of the flow's streams; from then on appends for the flow are FLOW_SEALED.
 * The same gate_no again answers the same; a lower one, or one that was unsealed already, is GATE_SUPERSEDED.
 */
export function sealFlow(store: EventStore, context: CommandContext, { flow_id, gate_no }: SealFlow): Promise<StreamToken> {
  const aggregate = sealAggregateOf(store);
  return store.transact(context, async (tx) => {
    const seal = await sealOf(tx, flow_id);
    const { events, version } = await tx.load(aggregate, flow_id);
    const token = { source: store.service, stream_id: streamId(aggregate, flow_id) };
    if (seal && (seal.gate_no > gate_no || (seal.gate_no === gate_no && !seal.sealed))) throw superseded(flow_id, gate_no, seal);
    if (seal?.gate_no === gate_no) {
      const earlier = events.findLast((event) => event.type === 'FlowSealed' && (event.data as SealFlow).gate_no === gate_no);
      return { ...token, version: earlier?.version ?? version };
    }
    const streams = await streamHeads(tx, flow_id, [aggregate, alertAggregates[store.service]]);
    await tx.append(aggregate, flow_id, version, [{ type: 'FlowSealed', data: { flow_id, gate_no, streams } }], { sealExempt: true });
    await keepSeal(tx, flow_id, { gate_no, sealed: true });
    return { ...token, version: version + 1 };
  });
}

/** Ends the seal of a gate. Repeating it answers the same; a seal of that gate that arrives later is refused. */
export function unsealFlow(store: EventStore, context: CommandContext, { flow_id, gate_no }: UnsealFlow): Promise<StreamToken> {
  const aggregate = sealAggregateOf(store);
  return store.transact(context, async (tx) => {
    const seal = await sealOf(tx, flow_id);
    const { events, version } = await tx.load(aggregate, flow_id);
    const token = { source: store.service, stream_id: streamId(aggregate, flow_id) };
    if (seal && seal.gate_no > gate_no) throw superseded(flow_id, gate_no, seal);
    if (seal?.gate_no === gate_no && !seal.sealed) {
      const earlier = events.findLast((event) => event.type === 'FlowUnsealed' && (event.data as UnsealFlow).gate_no === gate_no);
      return { ...token, version: earlier?.version ?? version };
    }
    await tx.append(aggregate, flow_id, version, [{ type: 'FlowUnsealed', data: { flow_id, gate_no } }], { sealExempt: true });
    await keepSeal(tx, flow_id, { gate_no, sealed: false });
    return { ...token, version: version + 1 };
  });
}
