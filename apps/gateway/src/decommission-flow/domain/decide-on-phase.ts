import type { Phase } from '@lastcopy/contracts';
import { assertNever, DomainError } from '@lastcopy/kernel';
import type { DecommissionFlow, DecommissionFlowEvent, PhaseReport } from './decommission-flow.js';
import { refuseIfProposed } from './flow-rules.js';

type Known = DecommissionFlow & { readonly flow_id: string };
const order: readonly Phase[] = ['decommission_planning', 'data_migration', 'system_shutdown'];

function finishPlanning(flow: Known, reported: DecommissionFlowEvent[]): DecommissionFlowEvent[] {
  const moved = { flow_id: flow.flow_id, from_phase: 'decommission_planning', to_phase: 'data_migration' } as const;
  return [...reported, { type: 'PhaseTransitioned', data: moved }];
}

/** A client reports how a phase goes. Reporting data_migration completed is not enough to leave it: the gate decides that. */
export function decideOnPhase(phase: Phase, phase_status: PhaseReport, flow: Known): DecommissionFlowEvent[] {
  const { flow_id } = flow;
  if (order.indexOf(phase) < order.indexOf(flow.phase)) {
    if (phase_status === 'completed') return [];
    throw new DomainError('FLOW_STATE', `Flow ${flow_id} has left ${phase}`);
  }
  if (flow.cancelled) throw new DomainError('FLOW_STATE', `Flow ${flow_id} was cancelled`);
  if (flow.reports[phase] === phase_status) return [];
  refuseIfProposed(flow);
  if (flow.paused) throw new DomainError('FLOW_STATE', `Flow ${flow_id} is paused; resume it first`);
  if (phase !== flow.phase) throw new DomainError('FLOW_STATE', `Flow ${flow_id} is in ${flow.phase}; ${phase} has not begun`);
  const reported: DecommissionFlowEvent[] = [{ type: 'PhaseStatusReported', data: { flow_id, phase, phase_status } }];
  switch (phase) {
    case 'decommission_planning':
      return phase_status === 'completed' ? finishPlanning(flow, reported) : reported;
    case 'data_migration':
      if (phase_status === 'completed') throw new DomainError('FLOW_STATE', `Only the gate completes data_migration of flow ${flow_id}`);
      return reported;
    case 'system_shutdown':
      return reported;
    default:
      return assertNever(phase);
  }
}
