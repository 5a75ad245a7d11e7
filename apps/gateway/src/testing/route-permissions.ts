import type { Permission } from '../sign-in/permissions.js';

/** Whom the table speaks of: a person with one role, a machine whose token may only read, a person without any role. */
export const callerKinds = ['operator', 'data_owner', 'compliance', 'legal', 'auditor', 'reading_machine', 'nobody'] as const;
export type CallerKind = (typeof callerKinds)[number];

export interface RouteRow {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As the controller spells it, with `:parameters`. */
  path: string;
  needs: Permission | 'public';
  /** Who gets past sign-in and permission; everybody else is answered 403. */
  allowed: readonly CallerKind[];
  /** A valid body, so that an unknown id is what the answer is about. */
  body?: object;
}

const everyone = ['operator', 'data_owner', 'compliance', 'legal', 'auditor', 'reading_machine'] as const;
const operators = ['operator'] as const;
const approvers = ['data_owner', 'compliance', 'legal'] as const;
const anybody = callerKinds;

const route = (
  method: RouteRow['method'],
  path: string,
  needs: RouteRow['needs'],
  allowed: readonly CallerKind[],
  body?: object,
): RouteRow => ({ method, path, needs, allowed, ...(body ? { body } : {}) });

const v1 = '/api/v1';
const flow = `${v1}/decommission-flow`;
const decision = { decision: 'grant', evidence_hash: 'f'.repeat(64) };

/**
 * Every route and who may call it, written by hand from the rules of the product and never from the code: a route without a row here fails
 * the tests, and so does one whose declared permission differs. Sorted by path, one line a route.
 */
// prettier-ignore
export const routePermissions: readonly RouteRow[] = [
  route('GET', `${v1}/alerts`, 'decommission.read', everyone),
  route('GET', `${v1}/approvals`, 'decommission.read', everyone),
  route('GET', `${v1}/approvals/:approval_id`, 'decommission.read', everyone),
  route('POST', `${v1}/approvals/:approval_id/comments`, 'decommission.read', everyone, { comment: 'a question' }),
  route('POST', `${v1}/approvals/:approval_id/decision`, 'decommission.approve', approvers, decision),
  route('POST', `${v1}/approvals/:approval_id/delegate`, 'decommission.approve', approvers, { to_user_id: 'dora', reason: 'away' }),
  route('POST', `${v1}/approvals/:approval_id/delegation/revoke`, 'decommission.approve', approvers, { reason: 'back again' }),
  route('GET', `${v1}/archive-jobs/:job_id`, 'decommission.read', everyone),
  route('POST', `${v1}/archive-jobs/:job_id/:action`, 'decommission.execute', operators),
  route('GET', `${v1}/archive-jobs/:job_id/events`, 'decommission.read', everyone),
  route('POST', `${v1}/archive-jobs/:job_id/rearchive`, 'decommission.execute', operators, { reason: 'why' }),
  route('GET', `${v1}/artifacts/:artifact_id`, 'decommission.read', everyone),
  route('GET', `${v1}/artifacts/:artifact_id/content`, 'decommission.read', everyone),
  route('POST', `${v1}/artifacts/:artifact_id/replace`, 'decommission.read', everyone),
  route('POST', `${v1}/artifacts/:artifact_id/withdraw`, 'decommission.read', everyone, { reason: 'wrong file' }),
  route('GET', `${v1}/audit-events`, 'decommission.read', everyone),
  route('GET', `${v1}/audit-events/:seq`, 'decommission.read', everyone),
  route('GET', `${v1}/audit-events/anchors`, 'decommission.read', everyone),
  route('POST', `${v1}/audit-events/anchors`, 'decommission.execute', operators),
  route('GET', `${v1}/audit-events/export`, 'decommission.read', everyone),
  route('POST', `${v1}/audit-events/verify`, 'decommission.read', everyone),
  route('GET', `${flow}`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/approvals`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/approvals`, 'decommission.write', operators, { role: 'legal' }),
  route('GET', `${flow}/:flow_id/archive-jobs`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/archive-jobs`, 'decommission.execute', operators),
  route('POST', `${flow}/:flow_id/archive-jobs/bulk`, 'decommission.execute', operators, { action: 'pause', job_ids: ['0190a000-0000-7000-8000-000000000001'] }),
  route('GET', `${flow}/:flow_id/archive-manifest`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/artifacts`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/artifacts`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/cancel`, 'decommission.execute', operators),
  route('GET', `${flow}/:flow_id/evidence`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/evidence-requirements`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/evidence-requirements`, 'decommission.approve', approvers, { requirements: [{ kind: 'compliance_attestation', required: true, before: 'start' }], reason: 'asked for' }),
  route('GET', `${flow}/:flow_id/inputs`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/inputs/:kind/draft`, 'decommission.read', everyone),
  route('PUT', `${flow}/:flow_id/inputs/:kind/draft`, 'decommission.read', everyone, { content: {} }),
  route('DELETE', `${flow}/:flow_id/inputs/:kind/draft`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/inputs/:kind/submit`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/pause`, 'decommission.execute', operators),
  route('POST', `${flow}/:flow_id/phases/:phase_name`, 'decommission.execute', operators, { phase_status: 'failed' }),
  route('GET', `${flow}/:flow_id/policy-assignments`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/policy-assignments/:system_id`, 'decommission.read', everyone),
  route('PATCH', `${flow}/:flow_id/policy-assignments/:system_id`, 'decommission.write', operators, { policy_id: '0190a000-0000-7000-8000-000000000001', reason: 'why' }),
  route('GET', `${flow}/:flow_id/policy-assignments/:system_id/history`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/policy-assignments/:system_id/reset`, 'decommission.write', operators, { reason: 'why' }),
  route('POST', `${flow}/:flow_id/policy-assignments/:system_id/resolve-conflict`, 'decommission.approve', approvers, { resolution: 'keep_minimum', reason: 'why' }),
  route('POST', `${flow}/:flow_id/policy-assignments/bulk`, 'decommission.write', operators, { system_ids: ['0190a000-0000-7000-8000-000000000001'], policy_id: '0190a000-0000-7000-8000-000000000001', reason: 'why' }),
  route('POST', `${flow}/:flow_id/proceed-to-shutdown`, 'decommission.execute', operators),
  route('GET', `${flow}/:flow_id/readiness`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/reports`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/reports/:kind`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/resume`, 'decommission.execute', operators),
  route('GET', `${flow}/:flow_id/status`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/stream`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/summary`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/timeline`, 'decommission.read', everyone),
  route('GET', `${flow}/:flow_id/timeline/facets`, 'decommission.read', everyone),
  route('POST', `${flow}/:flow_id/verifications`, 'decommission.execute', operators),
  route('POST', `${flow}/archive-jobs/:job_id/retry`, 'decommission.execute', operators),
  route('GET', `${flow}/eligible-systems`, 'decommission.read', everyone),
  route('POST', `${flow}/initialize`, 'decommission.write', operators),
  route('GET', `${v1}/flow-metadata/phases/decommission`, 'decommission.read', everyone),
  route('GET', `${v1}/legal-holds`, 'decommission.read', everyone),
  route('POST', `${v1}/legal-holds`, 'decommission.approve', approvers, { matter: 'Smith', reason: 'claim', system_id: '0190a000-0000-7000-8000-000000000001' }),
  route('GET', `${v1}/legal-holds/:hold_id`, 'decommission.read', everyone),
  route('POST', `${v1}/legal-holds/:hold_id/release`, 'decommission.approve', approvers, { reason: 'settled' }),
  route('GET', `${v1}/notifications`, 'decommission.read', everyone),
  route('POST', `${v1}/notifications/:notification_id/read`, 'decommission.read', everyone),
  route('GET', `${v1}/notifications/count`, 'decommission.read', everyone),
  route('GET', `${v1}/notifications/preferences`, 'decommission.read', everyone),
  route('PUT', `${v1}/notifications/preferences`, 'decommission.read', everyone, { preferences: [{ kind: 'gate_passed', mode: 'digest' }] }),
  route('POST', `${v1}/notifications/read-all`, 'decommission.read', everyone),
  route('GET', `${v1}/overview`, 'decommission.read', everyone),
  route('GET', `${v1}/people`, 'decommission.read', everyone),
  route('POST', `${v1}/policy-assignments/dry-run`, 'decommission.read', everyone, { system_id: '0190a000-0000-7000-8000-000000000001' }),
  route('GET', `${v1}/regulations`, 'decommission.read', everyone),
  route('POST', `${v1}/regulations/advice`, 'decommission.read', everyone),
  route('GET', `${v1}/retention-policies`, 'decommission.read', everyone),
  route('POST', `${v1}/retention-policies`, 'decommission.write', operators, { policy_name: 'X', retention_period_days: 400, storage_location: 's3://archive-bucket/x/', reason: 'r' }),
  route('GET', `${v1}/retention-policies/:policy_id`, 'decommission.read', everyone),
  route('POST', `${v1}/retention-policies/:policy_id/end-review`, 'decommission.write', operators, { reason: 'r' }),
  route('GET', `${v1}/retention-policies/:policy_id/impact`, 'decommission.read', everyone),
  route('POST', `${v1}/retention-policies/:policy_id/impact`, 'decommission.read', everyone, { action: 'retire' }),
  route('POST', `${v1}/retention-policies/:policy_id/retire`, 'decommission.write', operators, { reason: 'r' }),
  route('POST', `${v1}/retention-policies/:policy_id/revise`, 'decommission.write', operators, { reason: 'r' }),
  route('POST', `${v1}/retention-policies/:policy_id/start-review`, 'decommission.write', operators, { reason: 'r' }),
  route('GET', `${v1}/retention-policies/:policy_id/versions`, 'decommission.read', everyone),
  route('GET', `${v1}/retention-policies/:policy_id/versions/:version`, 'decommission.read', everyone),
  route('GET', `${v1}/retention-policies/:policy_id/versions/:version/diff`, 'decommission.read', everyone),
  route('GET', `${v1}/retention-policies/export`, 'decommission.read', everyone),
  route('POST', `${v1}/retention-policies/import`, 'decommission.write', operators),
  route('GET', `${v1}/sign-in`, 'public', anybody),
  route('GET', `${v1}/stream`, 'decommission.read', everyone),
  route('GET', `${v1}/systems`, 'decommission.read', everyone),
  route('POST', `${v1}/systems`, 'decommission.write', operators),
  route('GET', `${v1}/systems/:system_id`, 'decommission.read', everyone),
  route('PATCH', `${v1}/systems/:system_id`, 'decommission.write', operators, { reason: 'moved' }),
  route('GET', `${v1}/systems/:system_id/classification`, 'decommission.read', everyone),
  route('POST', `${v1}/systems/:system_id/classification/accept`, 'decommission.write', operators, { suggestion_id: '0190a000-0000-7000-8000-000000000001' }),
  route('POST', `${v1}/systems/:system_id/classification/dismiss`, 'decommission.write', operators, { suggestion_id: '0190a000-0000-7000-8000-000000000001', reason: 'test data' }),
  route('POST', `${v1}/systems/:system_id/classify`, 'decommission.write', operators),
  route('POST', `${v1}/systems/:system_id/test`, 'decommission.write', operators),
  route('GET', `${v1}/webhook-deliveries/:delivery_id`, 'decommission.write', operators),
  route('POST', `${v1}/webhook-deliveries/:delivery_id/redeliver`, 'decommission.write', operators),
  route('GET', `${v1}/webhook-endpoints`, 'decommission.write', operators),
  route('POST', `${v1}/webhook-endpoints`, 'decommission.write', operators, { url: 'http://127.0.0.1:9/', description: 'matrix' }),
  route('GET', `${v1}/webhook-endpoints/:endpoint_id`, 'decommission.write', operators),
  route('PATCH', `${v1}/webhook-endpoints/:endpoint_id`, 'decommission.write', operators),
  route('DELETE', `${v1}/webhook-endpoints/:endpoint_id`, 'decommission.write', operators),
  route('GET', `${v1}/webhook-endpoints/:endpoint_id/deliveries`, 'decommission.write', operators),
  route('POST', `${v1}/webhook-endpoints/:endpoint_id/rotate-secret`, 'decommission.write', operators),
  route('POST', `${v1}/webhook-endpoints/:endpoint_id/test`, 'decommission.write', operators),
  route('GET', `${v1}/whoami`, 'decommission.read', everyone),
  route('GET', '/asyncapi.json', 'public', anybody),
  route('GET', '/dev/mailbox', 'public', anybody),
  route('GET', '/dev/mailbox/:mail_id', 'public', anybody),
  route('GET', '/healthz', 'public', anybody),
  route('GET', '/readyz', 'public', anybody),
];

/** What answers without being a controller's route: public, and listed one by one. */
export const publicMounts: readonly string[] = [
  '/docs',
  '/docs/LICENSE',
  '/docs/docs/swagger-ui-init.js',
  '/docs/index.html',
  '/docs/swagger-ui-init.js',
  '/openapi.json',
];

/** What requests pass through before any route; each by the name of its function. Whatever serves something by itself must be public. */
export const middlewareNames: readonly string[] = [
  'devIssuer',
  'jsonParser',
  'securityHeaders',
  'serveStatic',
  'textParser',
  'traced',
  'urlencodedParser',
  'webApp',
];
