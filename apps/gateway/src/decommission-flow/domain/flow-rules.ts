import { DomainError } from '@lastcopy/kernel';
import type { DecommissionFlow } from './decommission-flow.js';

/** After the transition the source may be gone, and a cancelled flow is over: neither can be steered any more. */
export function refuseUnlessActive(flow: DecommissionFlow, action: string): void {
  if (flow.cancelled) throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} was cancelled and cannot be ${action}`);
  if (flow.phase === 'system_shutdown')
    throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} has passed to system shutdown and cannot be ${action}`);
}

/** While the gate is being decided nothing may change what it decides on. */
export function refuseIfProposed(flow: DecommissionFlow): void {
  if (flow.proposed) throw new DomainError('FLOW_SEALED', `Transition ${flow.gateNo} of flow ${flow.flow_id} is being decided`);
}
