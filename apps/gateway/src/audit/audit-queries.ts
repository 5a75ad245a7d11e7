import type { AuditEntry, Tenant } from '@lastcopy/contracts';
import type { Eventing } from '@lastcopy/eventing';
import { auditTrailName } from './audit-trail.js';

export interface AuditFilter {
  flow_id?: string;
  system_id?: string;
  job_id?: string;
  actor?: string;
  /** Type of an event. */
  type?: string;
  outcome?: 'done' | 'refused';
  /** ISO 8601, inclusive. */
  from?: string;
  /** ISO 8601, exclusive. */
  to?: string;
  /** Part of the action, the reason or the changed values, whatever its case. */
  text?: string;
}

type Row = Omit<AuditEntry, 'seq' | 'position' | 'occurred_at'> & { seq: string; position: string | null; occurred_at: Date };

const common = 'seq, occurred_at, actor, action, reason, flow_id, system_id, job_id, trace_id';
const eventColumns = `${common}, 'done' as outcome, type, on_behalf_of, before, after, source, position, hash, stream_id, version, null as code`;
const requestColumns = `${common}, outcome, method || ' ' || path as type, null as on_behalf_of, null::jsonb as before, null::jsonb as after,
  null as source, null::bigint as position, null as hash, null as stream_id, null::integer as version, code`;

const escaped = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

const parametersOf = ({ flow_id, system_id, job_id, actor, type, outcome, from, to, text }: AuditFilter) => [
  ...[flow_id, system_id, job_id, actor, type, outcome, from, to].map((value) => value ?? null),
  text ? escaped(text) : null,
];

/** Conditions on the parameters from $6 on; `typed` and `outcome` are how the table says them. */
const conditions = (typed: string, outcome: string, texts: string) => `
  client_account_id = $1 and engagement_id = $2 and seq < $3 and seq <= $4
  and ($6::text is null or flow_id = $6) and ($7::text is null or system_id = $7) and ($8::text is null or job_id = $8)
  and ($9::text is null or actor = $9) and ($10::text is null or ${typed} = $10) and ($11::text is null or ${outcome} = $11)
  and ($12::timestamptz is null or occurred_at >= $12) and ($13::timestamptz is null or occurred_at < $13)
  and ($14::text is null or ${texts} ilike $14)`;

/** The audit trail of one tenant, newest first: what the events tell, and the requests that left none. */
export class AuditQueries {
  constructor(private readonly eventing: Eventing) {}

  /** At most `limit` entries older than `before` and none newer than `through`. */
  async page(
    tenant: Tenant,
    filter: AuditFilter,
    limit: number,
    before = Number.MAX_SAFE_INTEGER,
    through = before,
  ): Promise<AuditEntry[]> {
    const entries = `"${this.eventing.tableSchema(auditTrailName)}".entries`;
    const eventText = `(action || ' ' || coalesce(reason, '') || ' ' || after::text)`;
    const requestText = `(action || ' ' || coalesce(reason, '') || ' ' || coalesce(code, ''))`;
    const rows = await this.eventing.store.within(tenant)<Row>(
      `select * from (
         (select ${eventColumns} from ${entries} where ${conditions('type', `'done'`, eventText)} order by seq desc limit $5)
         union all
         (select ${requestColumns} from audited_requests
          where ${conditions(`method || ' ' || path`, 'outcome', requestText)} order by seq desc limit $5)
       ) trail order by seq desc limit $5`,
      [tenant.client_account_id, tenant.engagement_id, before, through, limit, ...parametersOf(filter)],
    );
    return rows.map(({ seq, position, occurred_at, ...row }) => ({
      ...row,
      seq: Number(seq),
      position: position === null ? null : Number(position),
      occurred_at: occurred_at.toISOString(),
    }));
  }

  /** Null when this tenant has no such entry. */
  async entry(tenant: Tenant, seq: number): Promise<AuditEntry | null> {
    const [found] = await this.page(tenant, {}, 1, seq + 1);
    return found?.seq === seq ? found : null;
  }

  /** The newest entry that stands now: an export ends there, however much happens meanwhile. */
  async newest(tenant: Tenant): Promise<number> {
    const [newest] = await this.page(tenant, {}, 1);
    return newest?.seq ?? 0;
  }

  /** All entries up to `through`, newest first, in memory one page of 500. */
  async *all(tenant: Tenant, filter: AuditFilter, through: number): AsyncGenerator<AuditEntry> {
    const pageSize = 500;
    let before = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const page = await this.page(tenant, filter, pageSize, before, through);
      yield* page;
      if (page.length < pageSize) return;
      before = page.at(-1)!.seq;
    }
  }
}
