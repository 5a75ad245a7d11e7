import { alertAggregates, streamId, type AlertSeverity, type StreamToken, type Tenant } from '@lastcopy/contracts';
import { deterministicId, serviceActor } from '../command-context.js';
import type { EventStore } from './event-store.js';

export interface Alert {
  severity: AlertSeverity;
  code: string;
  message: string;
  /** What a person does about it. */
  what_to_do: string;
  flow_id?: string | null;
  job_id?: string | null;
  /** The document that it is about. */
  artifact_id?: string;
  /** What makes two alerts the same one. @default code, message, flow_id and job_id */
  key?: string;
}

/** Appends AlertRaised to the service's own alerts, once for the same key and tenant. No seal holds an alert back. */
export async function raiseAlert(store: EventStore, tenant: Tenant, alert: Alert): Promise<StreamToken> {
  const { severity, code, message, what_to_do, flow_id = null, job_id = null, artifact_id } = alert;
  const key = alert.key ?? JSON.stringify([code, message, flow_id, job_id]);
  const alert_id = deterministicId('alert', store.service, tenant.client_account_id, tenant.engagement_id, key);
  const aggregate = alertAggregates[store.service];
  const context = { command_id: alert_id, tenant, actor: serviceActor(store.service) };
  return store.transact(context, async (tx) => {
    const { version } = await tx.load(aggregate, alert_id);
    const data = { alert_id, severity, code, message, what_to_do, flow_id, job_id, ...(artifact_id && { artifact_id }) };
    if (version === 0) await tx.append(aggregate, alert_id, 0, [{ type: 'AlertRaised', data }], { sealExempt: true });
    return { source: store.service, stream_id: streamId(aggregate, alert_id), version: 1 };
  });
}
