import { v5 } from 'uuid';

/** Ids that follow from what they name, so that doing a thing twice finds the first. */
const lastcopyNamespace = 'b6f5a0f4-2f0e-5d0a-9c53-0a4f6f3f7d11';
const idOf = (...parts: (string | number)[]): string => v5(parts.join('\n'), lastcopyNamespace);

export const assignmentId = (flowId: string, systemId: string): string => idOf('assignment', flowId, systemId);
/** One job a system and flow: starting a migration twice makes no second job. */
export const archiveJobId = (flowId: string, systemId: string): string => idOf('archive-job', flowId, systemId);
/** `run` counts the verifications of one attempt, from 1. */
export const verificationId = (jobId: string, attempt: number, run = 1): string => idOf('verification', jobId, attempt, run);
export const standardPolicyId = (tenant: { client_account_id: string; engagement_id: string }, policyName: string): string =>
  idOf('policy', tenant.client_account_id, tenant.engagement_id, policyName);
