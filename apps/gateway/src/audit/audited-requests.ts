import type { Logger } from '@lastcopy/platform';
import type { EventStore } from '@lastcopy/eventing';
import type { Actor, Tenant } from '@lastcopy/contracts';

export interface AuditedRequest {
  tenant: Tenant;
  actor: Actor;
  method: string;
  /** Without its query, which may hold anything. */
  path: string;
  outcome: 'done' | 'refused';
  code: string | null;
  action: string;
  reason: string | null;
  params: Record<string, string | undefined>;
  trace_id: string | null;
}

const mostPerMinute = 120;
const minuteMs = 60_000;
const longestText = 1_000;

/** Keeps requests that left no event. A person who is refused without end fills no disk: beyond 120 a minute they are counted in the service's log. */
export class AuditedRequests {
  private minute = 0;
  private readonly written = new Map<string, number>();

  constructor(
    private readonly store: EventStore,
    private readonly logger: Logger,
  ) {}

  /** Never fails the request that it tells of. */
  async record(request: AuditedRequest): Promise<void> {
    if (this.isFlood(request)) return;
    try {
      await this.insert(request);
    } catch (error) {
      this.logger.error({ err: error, path: request.path, code: request.code }, 'a request could not be written to the audit trail');
    }
  }

  private isFlood({ tenant, actor }: AuditedRequest): boolean {
    const minute = Math.floor(Date.now() / minuteMs);
    if (minute !== this.minute) this.written.clear();
    this.minute = minute;
    const who = `${tenant.client_account_id} ${tenant.engagement_id} ${actor.user_id}`;
    const count = (this.written.get(who) ?? 0) + 1;
    this.written.set(who, count);
    if (count === mostPerMinute + 1)
      this.logger.warn({ actor: actor.user_id }, 'so many refused requests that the rest of this minute is not audited');
    return count > mostPerMinute;
  }

  private async insert({ tenant, actor, method, path, outcome, code, action, reason, params, trace_id }: AuditedRequest): Promise<void> {
    const { flow_id = null, system_id = null, job_id = null } = params;
    await this.store.within(tenant)(
      `insert into audited_requests (client_account_id, engagement_id, actor, method, path, outcome, code, action, reason, flow_id,
         system_id, job_id, trace_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[tenant.client_account_id, tenant.engagement_id, actor.user_id, method, path.slice(0, longestText), outcome, code],
        ...[action.slice(0, longestText), reason?.slice(0, longestText) ?? null, flow_id, system_id, job_id, trace_id],
      ],
    );
  }
}
