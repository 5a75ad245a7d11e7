import type { AggregateName, ServiceName } from './services.js';

/** The tenant that scopes every row, event, subject, object key and request. */
export interface Tenant {
  client_account_id: string;
  engagement_id: string;
}

/** The tenant of what concerns the deployment as a whole, such as anchors of the logs: nobody's token names it. */
export const deploymentTenant: Tenant = {
  client_account_id: '00000000-0000-0000-0000-000000000000',
  engagement_id: '00000000-0000-0000-0000-000000000000',
};

/** Who acts: a person, a service account, or a service on its own (`service:<name>`). */
export interface Actor {
  user_id: string;
  name: string;
  roles: string[];
  /** When this person last proved who they are (ISO 8601 UTC): a signature asks for a recent one. Null or absent: not known. */
  authenticated_at?: string | null;
  /** A machine's own account: it never decides what a person must. */
  service_account?: boolean;
}

/**
 * One committed event as it stands in its service's log and as it travels.
 * `position` is gapless within `source`; `version` is gapless within `stream_id` and starts at 1.
 * `hash` is SHA-256 (hex) over the RFC 8785 bytes of all other fields; `prev_hash` is the hash at `position - 1` ('' at 1).
 */
export interface EventEnvelope<Type extends string = string, Data extends object = object> {
  source: ServiceName;
  /** Identity of the log's database: another epoch means another log. */
  epoch: string;
  position: number;
  prev_hash: string;
  hash: string;
  event_id: string;
  /** `<aggregate>:<aggregate_id>` */
  stream_id: string;
  version: number;
  aggregate: AggregateName;
  aggregate_id: string;
  type: Type;
  schema_version: number;
  data: Data;
  client_account_id: string;
  engagement_id: string;
  flow_id: string | null;
  actor: string;
  causation_id: string | null;
  correlation_id: string | null;
  traceparent: string | null;
  /** ISO 8601 UTC, milliseconds. */
  occurred_at: string;
}

/** What a command answers: the stream as it is after the command (read-your-writes waits for it). */
export interface StreamToken {
  source: ServiceName;
  stream_id: string;
  version: number;
}

export const streamId = (aggregate: AggregateName, aggregateId: string): string => `${aggregate}:${aggregateId}`;

export const eventsStreamName = 'LASTCOPY_EVENTS';
export const eventSubject = (
  event: Pick<EventEnvelope, 'client_account_id' | 'engagement_id' | 'aggregate' | 'aggregate_id' | 'type'>,
): string => `lastcopy.events.${event.client_account_id}.${event.engagement_id}.${event.aggregate}.${event.aggregate_id}.${event.type}`;
export const progressSubject = (tenant: Tenant, jobId: string): string =>
  `lastcopy.progress.${tenant.client_account_id}.${tenant.engagement_id}.${jobId}`;
export const commandSubject = (service: ServiceName, command: string): string => `lastcopy.commands.${service}.${command}`;
export const replaySubject = (service: ServiceName): string => `lastcopy.replay.${service}`;

/** CloudEvents `ce-type`: `lastcopy.archive_job.archive_uploaded.v1`. */
export const cloudEventType = (event: Pick<EventEnvelope, 'aggregate' | 'type' | 'schema_version'>): string =>
  `lastcopy.${event.aggregate}.${event.type.replace(/(?<!^)([A-Z])/g, '_$1').toLowerCase()}.v${event.schema_version}`;
