import { setTimeout as pause } from 'node:timers/promises';
import type { EventData, Tenant } from '@lastcopy/contracts';
import type { LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import type { NoticeFacts } from './domain/notice.js';
import { missingDocuments } from './missing-documents.js';

/** A failure and its retry are one commit of their service: what follows arrives at once or not at all. */
const retryArrivesWithinMs = 3_000;
const lookEveryMs = 100;

const ofTenant = (first: number) => `client_account_id = $${first} and engagement_id = $${first + 1}`;
const place = ({ client_account_id, engagement_id }: Tenant) => [client_account_id, engagement_id];

async function flowOf(query: SqlQuery, event: LoggedEvent): Promise<NoticeFacts['flow']> {
  const flowId = event.flow_id ?? (event.data as { flow_id?: string | null }).flow_id;
  if (!flowId) return null;
  const [row] = await query<{ name: string; initiator: string }>(
    `select data->>'flow_name' as name, actor as initiator from events
     where type = 'FlowInitialized' and flow_id = $1 and ${ofTenant(2)} order by position limit 1`,
    [flowId, ...place(event)],
  );
  return row ?? null;
}

async function approvalOf(query: SqlQuery, event: LoggedEvent): Promise<NoticeFacts['approval']> {
  if (event.aggregate !== 'approval') return null;
  const rows = await query<{ type: string; data: object }>(
    `select type, data from events where stream_id = $1 and version <= $2 and ${ofTenant(3)} order by version`,
    [event.stream_id, event.version, ...place(event)],
  );
  const request = rows.find(({ type }) => type === 'ApprovalRequested')?.data as EventData<'ApprovalRequested'> | undefined;
  if (!request) return null;
  const delegation = rows.findLast(({ type }) => type === 'ApprovalDelegated' || type === 'ApprovalDelegationRevoked');
  const delegate = delegation?.type === 'ApprovalDelegated' ? (delegation.data as EventData<'ApprovalDelegated'>).to_user_id : null;
  const { role, scope, requested_by: requestedBy, due_at: dueAt = null } = request;
  return { role, scope, requestedBy, dueAt, delegate };
}

async function systemNameOf(query: SqlQuery, event: LoggedEvent): Promise<string | null> {
  const data = event.data as { system_id?: string; job_id?: string | null; scope?: { system_id?: string } };
  const systemId = data.system_id ?? data.scope?.system_id;
  const stream = systemId ? `system:${systemId}` : data.job_id ? `archive_job:${data.job_id}` : null;
  if (!stream) return null;
  const [row] = await query<{ name: string }>(
    `select data->>'system_name' as name from received_events
     where stream_id = $1 and data ? 'system_name' and ${ofTenant(2)} order by version desc limit 1`,
    [stream, ...place(event)],
  );
  return row?.name ?? null;
}

async function retryOf(query: SqlQuery, event: LoggedEvent): Promise<boolean> {
  const { error_class } = event.data as EventData<'ArchiveJobFailed'>;
  if (error_class !== 'transient') return false;
  for (const deadline = performance.now() + retryArrivesWithinMs; ;) {
    const [next] = await query<{ type: string }>(
      `select type from received_events where source = $1 and stream_id = $2 and version = $3 and ${ofTenant(4)}`,
      [event.source, event.stream_id, event.version + 1, ...place(event)],
    );
    if (next) return next.type === 'ArchiveRetryScheduled';
    if (performance.now() > deadline) return false;
    await pause(lookEveryMs);
  }
}

/** The names that a notice uses, from the log itself: a read model may be behind it. @param query of the event's tenant */
export async function noticeFacts(query: SqlQuery, reader: EvidenceReader, event: LoggedEvent): Promise<NoticeFacts> {
  return {
    flow: await flowOf(query, event),
    approval: await approvalOf(query, event),
    systemName: await systemNameOf(query, event),
    retryComes: event.type === 'ArchiveJobFailed' && (await retryOf(query, event)),
    ...(await missingDocuments(reader, event, event)),
  };
}
