import type { StreamToken, Tenant } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import { flowFold } from '../records/flow-record.js';
import { jobFold, type JobLine } from '../records/job-record.js';
import type { RecordFold } from '../records/record-fold.js';
import { readModelName } from './read-model.js';

export interface Page {
  limit: number;
  offset: number;
}

export interface PageOf<R> {
  records: R[];
  total: number;
}

export interface RecordFilter {
  flow_id?: string;
  /** Fields of the record that must have these values. */
  where?: Record<string, unknown>;
  /** A boolean column of its fold that must be true. */
  whereTrue?: string;
}

function columnOf(fold: Pick<RecordFold<object>, 'name' | 'columns'>, name: string): string {
  if (fold.columns && Object.hasOwn(fold.columns, name)) return name;
  throw new Error(`Records of ${fold.name} have no column ${name}`);
}

/** Questions to the read model. Every one names its tenant: what belongs to another is not there. */
export class RecordQueries {
  constructor(private readonly eventing: Eventing) {}

  /** Null when there is none for this tenant. */
  async get<R extends object>(fold: RecordFold<R>, tenant: Tenant, key: string): Promise<R | null> {
    const [row] = await this.eventing.store.within(tenant)<{ record: R }>(
      `select record from ${this.table(fold)} where key = $1 and client_account_id = $2 and engagement_id = $3`,
      [key, tenant.client_account_id, tenant.engagement_id],
    );
    return row?.record ?? null;
  }

  async getAll<R extends object>(fold: RecordFold<R>, tenant: Tenant, keys: readonly string[]): Promise<Map<string, R>> {
    const rows = await this.eventing.store.within(tenant)<{ key: string; record: R }>(
      `select key, record from ${this.table(fold)} where key = any($1) and client_account_id = $2 and engagement_id = $3`,
      [keys, tenant.client_account_id, tenant.engagement_id],
    );
    return new Map(rows.map(({ key, record }) => [key, record]));
  }

  /** In order of creation; the newest first when `newestFirst` is set. */
  async list<R extends object>(
    fold: RecordFold<R>,
    tenant: Tenant,
    filter: RecordFilter = {},
    page: Page & { newestFirst?: boolean } = { limit: 10_000, offset: 0 },
  ): Promise<PageOf<R>> {
    const andTrue = filter.whereTrue === undefined ? '' : `and ${columnOf(fold, filter.whereTrue)}`;
    const condition = `client_account_id = $1 and engagement_id = $2 and ($3::text is null or flow_id = $3) and record @> $4 ${andTrue}`;
    const parameters = [tenant.client_account_id, tenant.engagement_id, filter.flow_id ?? null, JSON.stringify(filter.where ?? {})];
    const rows = await this.eventing.store.within(tenant)<{ record: R }>(
      `select record from ${this.table(fold)} where ${condition} order by first_seq ${page.newestFirst ? 'desc' : 'asc'}, key limit $5 offset $6`,
      [...parameters, page.limit, page.offset],
    );
    const [count] = await this.eventing.store.within(tenant)<{ total: string }>(
      `select count(*) as total from ${this.table(fold)} where ${condition}`,
      parameters,
    );
    return { records: rows.map(({ record }) => record), total: Number(count!.total) };
  }

  /** Of all flows, or of these. */
  async jobLines(tenant: Tenant, flowIds: readonly string[] | null = null): Promise<JobLine[]> {
    const rows = await this.eventing.store.within(tenant)<Omit<JobLine, 'bytes'> & { bytes: string | null }>(
      `select key as job_id, flow_id, system_id, status, step, paused, attempt, bytes from ${this.table(jobFold)}
       where client_account_id = $1 and engagement_id = $2 and ($3::text[] is null or flow_id = any($3))`,
      [tenant.client_account_id, tenant.engagement_id, flowIds],
    );
    return rows.map((row) => ({ ...row, bytes: row.bytes === null ? null : Number(row.bytes) }));
  }

  /** Flows that go on, and their systems: how many, and how many of them have a completed archive. */
  async activeFlows(tenant: Tenant): Promise<{ flows: number; systems: number; archived: number }> {
    const [row] = await this.eventing.store.within(tenant)<Record<'flows' | 'systems' | 'archived', string>>(
      `with active as materialized (
         select key, record->'systems' as systems from ${this.table(flowFold)} where client_account_id = $1 and engagement_id = $2 and active),
       chosen as (select distinct system->>'system_id' as system_id from active, jsonb_array_elements(systems) as system)
       select (select count(*) from active) as flows, count(*) as systems, count(*) filter (where system_id in (
         select system_id from ${this.table(jobFold)} where client_account_id = $1 and engagement_id = $2 and status = 'completed')) as archived
       from chosen`,
      [tenant.client_account_id, tenant.engagement_id],
    );
    return { flows: Number(row!.flows), systems: Number(row!.systems), archived: Number(row!.archived) };
  }

  /** True once the read model holds what a command answered; false when it does not in time. */
  async holds(token: StreamToken | null, timeoutMs: number): Promise<boolean> {
    return token === null || this.eventing.waitUntilApplied(readModelName, token, timeoutMs);
  }

  /** How far the read model has come in this service's log. */
  async appliedThrough(): Promise<number> {
    const states = await this.eventing.subscriptions.states();
    return states.find(({ name }) => name === readModelName)?.log_seq ?? 0;
  }

  private table(fold: { name: string }): string {
    return `"${this.eventing.tableSchema(readModelName)}".${fold.name}`;
  }
}
