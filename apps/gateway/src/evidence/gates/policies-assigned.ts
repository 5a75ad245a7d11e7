import type { GateCheck } from '../gate-check.js';

export const policiesAssigned: GateCheck = ({ flow, assignments }) =>
  flow.systems
    .filter((system) => !assignments.has(system.system_id))
    .map((system) => ({
      code: 'POLICY_NOT_ASSIGNED',
      message: `System "${system.system_name}" has no retention policy.`,
      hint: 'Look at the alerts of the flow: a policy that it names may be unknown, or the policy-service is down.',
      system_id: system.system_id,
    }));
