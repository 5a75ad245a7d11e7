import { v7 as uuidV7 } from 'uuid';
import {
  aggregateOwners,
  assertEventPayload,
  eventCatalogue,
  isEventType,
  streamId,
  type AggregateName,
  type EventEnvelope,
} from '@lastcopy/contracts';
import { CodedError, DomainError, type Clock, type Event } from '@lastcopy/kernel';
import type { CommandContext } from '../command-context.js';
import { activeTraceparent } from '../tracing.js';
import { envelopeHash } from './envelope-hash.js';
import { eventOfRow, insertEvent, ownColumns, type LoggedEvent, type LogIdentity, type SqlQuery } from './event-rows.js';
import { plainJson } from './plain-json.js';
import type { Upcasters } from './upcasters.js';

export interface AppendOptions {
  /** For facts that a seal must never hold back. */
  sealExempt?: boolean;
  /** The flow of events whose data names none. A stream keeps the flow of its first event. */
  flowId?: string | null;
}

export interface LoadedStream {
  events: LoggedEvent[];
  /** 0 when the stream does not exist. */
  version: number;
}

/** A read model that is written in the transaction of the append itself. */
export interface InlineProjection {
  name: string;
  apply(tx: ServiceTransaction, event: LoggedEvent): Promise<void>;
}

export interface TransactionParts {
  query: SqlQuery;
  identity: LogIdentity;
  clock: Clock;
  upcasters: Upcasters;
  inlineProjections: readonly InlineProjection[];
}

const exemptTypes: readonly string[] = ['LegalHoldPlaced', 'IntegrityFailed', 'AlertRaised', 'FlowSealed', 'FlowUnsealed'];
/** The bus and a replay page carry an event in one message of at most 1 MiB. */
const maxDataBytes = 400 * 1024;

const flowOf = (data: object): string | null => {
  const flow = (data as { flow_id?: unknown }).flow_id;
  return typeof flow === 'string' ? flow : null;
};

/** What `EventStore.transact` gives to its work: load, decide, append, all under the append lock. */
export class ServiceTransaction {
  constructor(
    readonly context: CommandContext,
    private readonly parts: TransactionParts,
  ) {}

  /** SQL in the same transaction, for inline projections and work rows. It sees the rows of the context's tenant alone. */
  query<R extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<R[]> {
    return this.parts.query<R>(sql, parameters);
  }

  /** The stream so far. One of another tenant is empty, as one that does not exist: whoever decides on it says the same of both. */
  async load(aggregate: AggregateName, id: string): Promise<LoadedStream> {
    const rows = await this.query(`select ${ownColumns} from events where stream_id = $1 order by version`, [streamId(aggregate, id)]);
    const stored = rows.map((row) => eventOfRow(row, this.parts.identity));
    if (stored[0] && !this.isOwn(stored[0])) return { events: [], version: 0 };
    return { events: stored.map((event) => this.parts.upcasters.apply(event)), version: stored.at(-1)?.version ?? 0 };
  }

  /**
   * Adds `events` to the stream and answers them as stored. Throws CONCURRENT_MODIFICATION when the stream is not at `expectedVersion`,
   * FLOW_SEALED, EVENT_MALFORMED for data outside its contract, NOT_FOUND for another tenant's stream.
   */
  async append(
    aggregate: AggregateName,
    id: string,
    expectedVersion: number,
    events: readonly Event[],
    options: AppendOptions = {},
  ): Promise<LoggedEvent[]> {
    this.assertOwned(aggregate, id);
    const last = await this.lastOf(streamId(aggregate, id));
    const version = last?.version ?? (await this.versionOf(streamId(aggregate, id)));
    if (version > 0 && !(last && this.isOwn(last))) throw this.notFound(aggregate, id);
    if (version !== expectedVersion) {
      throw new CodedError('CONCURRENT_MODIFICATION', `${streamId(aggregate, id)} is at version ${version}, not ${expectedVersion}`);
    }
    const appended: LoggedEvent[] = [];
    for (const [index, event] of events.entries()) {
      const flow = last?.flow_id ?? flowOf(event.data) ?? options.flowId ?? null;
      if (!options.sealExempt && !exemptTypes.includes(event.type)) await this.assertNotSealed(flow);
      appended.push(await this.appendOne(aggregate, id, expectedVersion + index + 1, event, flow));
    }
    return appended;
  }

  private async appendOne(aggregate: AggregateName, id: string, version: number, event: Event, flow: string | null): Promise<LoggedEvent> {
    const data = this.checkedData(aggregate, event);
    const [head] = await this.query<{ position: string; hash: string }>('select position, hash from lastcopy_log_head()');
    const { tenant, actor, causation_id, correlation_id, command_id, traceparent } = this.context;
    const unhashed: Omit<EventEnvelope, 'hash'> = {
      ...this.parts.identity,
      position: Number(head?.position ?? 0) + 1,
      prev_hash: head?.hash ?? '',
      event_id: uuidV7(),
      stream_id: streamId(aggregate, id),
      version,
      aggregate,
      aggregate_id: id,
      type: event.type,
      schema_version: isEventType(event.type) ? eventCatalogue[event.type].schemaVersion : 1,
      data,
      client_account_id: tenant.client_account_id,
      engagement_id: tenant.engagement_id,
      flow_id: flow,
      actor: actor.user_id,
      causation_id: causation_id ?? command_id,
      correlation_id: correlation_id ?? command_id,
      traceparent: activeTraceparent() ?? traceparent ?? null,
      occurred_at: this.parts.clock.now().toISOString(),
    };
    const stored = await insertEvent(this.parts.query, 'events', { ...unhashed, hash: envelopeHash(unhashed) });
    for (const projection of this.parts.inlineProjections) await projection.apply(this, stored);
    return stored;
  }

  private checkedData(aggregate: AggregateName, { type, data }: Event): object {
    const plain = plainJson(data);
    assertEventPayload(type, plain);
    if (isEventType(type) && !(eventCatalogue[type].aggregates as readonly string[]).includes(aggregate)) {
      throw new CodedError('EVENT_MALFORMED', `${type} does not belong on a stream of ${aggregate}`);
    }
    const bytes = Buffer.byteLength(JSON.stringify(plain));
    if (bytes > maxDataBytes)
      throw new CodedError('EVENT_MALFORMED', `${type} has ${bytes} bytes of data; the bus carries ${maxDataBytes}`);
    return plain;
  }

  private assertOwned(aggregate: AggregateName, id: string): void {
    const { source } = this.parts.identity;
    if (aggregateOwners[aggregate] !== source) {
      throw new CodedError('INTERNAL', `${source} does not own ${aggregate} and cannot append to its streams`);
    }
    if (!/^[A-Za-z0-9_-]{1,200}$/.test(id)) throw new CodedError('VALIDATION_FAILED', `'${id}' cannot be the id of a ${aggregate}`);
    const { client_account_id, engagement_id } = this.context.tenant;
    for (const part of [client_account_id, engagement_id]) {
      if (!/^[A-Za-z0-9_-]{1,200}$/.test(part)) throw new CodedError('VALIDATION_FAILED', `'${part}' cannot be the id of a tenant`);
    }
  }

  private isOwn(event: LoggedEvent): boolean {
    const { client_account_id, engagement_id } = this.context.tenant;
    return event.client_account_id === client_account_id && event.engagement_id === engagement_id;
  }

  private notFound(aggregate: string, id: string): DomainError {
    return new DomainError('NOT_FOUND', `There is no ${aggregate} ${id} for this client account and engagement`);
  }

  /** The version of a stream, whichever tenant it belongs to; 0 when there is none. */
  private async versionOf(stream: string): Promise<number> {
    const [row] = await this.query<{ version: number | null }>('select lastcopy_stream_version($1) as version', [stream]);
    return row!.version ?? 0;
  }

  private async lastOf(stream: string): Promise<LoggedEvent | undefined> {
    const [row] = await this.query(`select ${ownColumns} from events where stream_id = $1 order by version desc limit 1`, [stream]);
    return row && eventOfRow(row, this.parts.identity);
  }

  private async assertNotSealed(flow: string | null): Promise<void> {
    if (!flow) return;
    const [seal] = await this.query<{ gate_no: number }>('select gate_no from lastcopy_sealed_gate($1) gate_no', [flow]);
    if (seal)
      throw new DomainError('FLOW_SEALED', `Flow ${flow} is sealed for gate ${seal.gate_no}`, { flow_id: flow, gate_no: seal.gate_no });
  }
}
