import type { Tenant } from './envelope.js';

/** The answer to system_shutdown, which asks `{flow_id}` immediately before it destroys anything. No answer means no. */
export interface ShutdownObjections {
  flow_id: string;
  /** True only when the gate was passed and nothing speaks against destroying the source. Anything else means: do not. */
  clear: boolean;
  transitioned: boolean;
  evidence_root: string | null;
  objections: { code: string; reason: string; job_id: string | null }[];
}

/** Asked under the tenant's own subject: another tenant's flow is not found there. */
export const shutdownObjectionsSubject = (tenant: Tenant): string =>
  `lastcopy.queries.gateway.ShutdownObjections.${tenant.client_account_id}.${tenant.engagement_id}`;
