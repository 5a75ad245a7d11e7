import type { JobProgress, Tenant } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { flowEventsAfter, tenantEventsAfter } from '../evidence/flow-log.js';
import type { Gateway } from '../gateway.js';
import { timelineEntry } from '../views/timeline-view.js';

interface Range {
  afterSeq: number;
  throughSeq: number;
  limit: number;
}

/** What a client's stream is about. */
export interface StreamScope {
  /** For the log. */
  readonly name: string;
  eventsAfter(range: Range): Promise<LoggedEvent[]>;
  /** What a client is told of an event. */
  told(event: LoggedEvent): object;
  /** Whether a worker's word belongs to it. @param tenant `client account.engagement` */
  holds(tenant: string, progress: JobProgress): boolean;
}

const nameOf = ({ client_account_id, engagement_id }: Tenant): string => `${client_account_id}.${engagement_id}`;

/** A flow, with all that its events say. */
export const flowScope = ({ deps }: Gateway, tenant: Tenant, flowId: string): StreamScope => ({
  name: `flow ${flowId}`,
  eventsAfter: (range) => flowEventsAfter(deps.eventing.store, tenant, flowId, range),
  told: timelineEntry,
  holds: (of, progress) => of === nameOf(tenant) && progress.flow_id === flowId,
});

/** Everything of a tenant: that something happened and where, not what; whoever wants to know looks. */
export const tenantScope = ({ deps }: Gateway, tenant: Tenant): StreamScope => ({
  name: `tenant ${nameOf(tenant)}`,
  eventsAfter: (range) => tenantEventsAfter(deps.eventing.store, tenant, range),
  told: (event) => {
    const { seq, occurred_at, type, actor, job_id } = timelineEntry(event);
    return { seq, occurred_at, type, actor, job_id, flow_id: event.flow_id };
  },
  holds: (of) => of === nameOf(tenant),
});
