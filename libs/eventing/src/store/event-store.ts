import type { DataSource } from 'typeorm';
import { streamId, type AggregateName, type ServiceName, type StreamToken, type Tenant } from '@lastcopy/contracts';
import { CodedError, type Clock } from '@lastcopy/kernel';
import type { CommandContext } from '../command-context.js';
import { inAppendTransaction } from './append-lock.js';
import { canonicalJson, sha256Hex } from './envelope-hash.js';
import { eventOfRow, ownColumns, rowsOf, type LoggedEvent, type LogIdentity, type SqlQuery } from './event-rows.js';
import { plainJson } from './plain-json.js';
import { ServiceTransaction, type InlineProjection } from './service-transaction.js';
import { queriesInScope } from './tenant-scope.js';
import { Upcasters } from './upcasters.js';

/** What a command answers; `answer` must be plain JSON. */
export type CommandAnswer<A = unknown> = StreamToken & { answer?: A };

export interface EventStoreOptions {
  service: ServiceName;
  dataSource: DataSource;
  clock: Clock;
  inlineProjections?: readonly InlineProjection[];
  upcasters?: Upcasters;
  /** Called after each commit that may have added events. */
  onAppended?(): void;
}

export interface LogHead {
  epoch: string;
  /** 0 and '' for an empty log. */
  position: number;
  hash: string;
}

/** The append-only log of one service in its PostgreSQL: the truth. */
export class EventStore {
  readonly service: ServiceName;
  readonly upcasters: Upcasters;
  private epoch?: string;

  constructor(private readonly options: EventStoreOptions) {
    this.service = options.service;
    this.upcasters = options.upcasters ?? new Upcasters();
  }

  /** SQL outside any transaction that sees one tenant's rows and no other's. What serves a request reads through this. */
  within(tenant: Tenant): SqlQuery {
    return queriesInScope(this.options.dataSource, tenant);
  }

  /** SQL outside any transaction, over all tenants: for the service's own work, never for a request. */
  get query(): SqlQuery {
    return queriesInScope(this.options.dataSource, 'service');
  }

  /** SQL outside any transaction that sees no tenant's rows: for tables without a tenant, in one exchange with the server. */
  get untenanted(): SqlQuery {
    return <R extends object>(sql: string, parameters?: unknown[]) => this.read<R>(sql, parameters);
  }

  /**
   * Runs `work` in one transaction under the append lock, over the rows of the context's tenant: what it loads cannot change before it has appended.
   * Every other command of the service waits meanwhile, so `work` decides and appends and does no I/O but its own SQL.
   * Rejects with SERVICE_UNAVAILABLE when the database fails; then nothing happened, or (lost answer of the commit) all of it.
   */
  async transact<T>(context: CommandContext, work: (tx: ServiceTransaction) => Promise<T>): Promise<T> {
    const identity = await this.identity();
    const { dataSource, clock, inlineProjections = [] } = this.options;
    const result = await inAppendTransaction(dataSource, context.tenant, (query) =>
      work(new ServiceTransaction(context, { query, identity, clock, upcasters: this.upcasters, inlineProjections })),
    );
    this.options.onAppended?.();
    return result;
  }

  /**
   * Runs a command once for its `command_id`: the same request again answers the same and does nothing more.
   * Throws IDEMPOTENCY_KEY_REUSED for another request under that id. An error that `work` throws is not kept: nothing happened.
   */
  async execute<A = unknown>(
    context: CommandContext,
    commandName: string,
    request: unknown,
    work: (tx: ServiceTransaction) => Promise<CommandAnswer<A>>,
  ): Promise<CommandAnswer<A>> {
    const { command_id, tenant } = context;
    const { client_account_id, engagement_id } = tenant;
    const canonical = canonicalJson({ client_account_id, engagement_id, name: commandName, request: plainJson(request ?? null) });
    const requestHash = sha256Hex(canonical);
    return this.transact(context, async (tx) => {
      const [known] = await tx.query<{ request_hash: string; answer: CommandAnswer<A> }>(
        'select request_hash, (select answer from commands where command_id = $1) as answer from lastcopy_command_hash($1) request_hash',
        [command_id],
      );
      if (known && known.request_hash !== requestHash) {
        throw new CodedError('IDEMPOTENCY_KEY_REUSED', `Command id ${command_id} belongs to another request than this ${commandName}`);
      }
      if (known) return known.answer;
      const answer = plainJson(await work(tx));
      await tx.query(
        'insert into commands (command_id, client_account_id, engagement_id, name, request_hash, answer) values ($1, $2, $3, $4, $5, $6)',
        [command_id, client_account_id, engagement_id, commandName, requestHash, JSON.stringify(answer)],
      );
      return answer;
    });
  }

  /** One own stream, oldest first, in today's schemas. Empty when there is none, or none of `tenant`; without it the caller checks. */
  async readStream(aggregate: AggregateName, id: string, tenant?: Tenant): Promise<LoggedEvent[]> {
    const query = tenant ? this.within(tenant) : this.query;
    const rows = await query(`select ${ownColumns} from events where stream_id = $1 order by version`, [streamId(aggregate, id)]);
    const identity = await this.identity();
    return rows.map((row) => this.upcasters.apply(eventOfRow(row, identity)));
  }

  /** Own events from position `from` (inclusive), at most `limit`, exactly as stored. */
  async readLog(from: number, limit: number): Promise<LoggedEvent[]> {
    const rows = await this.query(`select ${ownColumns} from events where position >= $1 order by position limit $2`, [from, limit]);
    const identity = await this.identity();
    return rows.map((row) => eventOfRow(row, identity));
  }

  async head(): Promise<LogHead> {
    const [row] = await this.read<{ position: string; hash: string }>('select position, hash from lastcopy_log_head()');
    return { epoch: (await this.identity()).epoch, position: Number(row?.position ?? 0), hash: row?.hash ?? '' };
  }

  async identity(): Promise<LogIdentity> {
    this.epoch ??= (await this.read<{ epoch: string }>('select epoch from log_identity'))[0]!.epoch;
    return { source: this.service, epoch: this.epoch };
  }

  private async read<R extends object = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<R[]> {
    const runner = this.options.dataSource.createQueryRunner();
    try {
      return await rowsOf(runner)<R>(sql, parameters);
    } finally {
      await runner.release();
    }
  }
}
