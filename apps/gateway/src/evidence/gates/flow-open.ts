import type { Blocker } from '@lastcopy/contracts';
import type { GateCheck } from '../gate-check.js';

/** The flow is in data_migration, neither paused nor cancelled. */
export const flowOpen: GateCheck = ({ flow }) => {
  const blockers: Blocker[] = [];
  if (flow.cancelled) {
    blockers.push({
      code: 'FLOW_CANCELLED',
      message: `Flow "${flow.flow_name}" was cancelled.`,
      hint: 'Start a new flow for these systems.',
    });
  }
  if (flow.paused) {
    blockers.push({ code: 'FLOW_PAUSED', message: `Flow "${flow.flow_name}" is paused.`, hint: 'Resume the flow, then proceed.' });
  }
  if (flow.phase !== 'data_migration') {
    const hint = flow.phase === 'system_shutdown' ? 'Nothing is left to do here.' : 'Report the planning phase completed.';
    blockers.push({ code: 'FLOW_PHASE', message: `Flow "${flow.flow_name}" is in ${flow.phase}, not data_migration.`, hint });
  }
  return blockers;
};
