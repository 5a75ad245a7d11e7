import type { EventType } from '@lastcopy/contracts';
import { contextFromEvent, type LoggedEvent, type Reactor } from '@lastcopy/eventing';
import type { Gateway } from '../../gateway.js';
import { artifactFold } from '../../records/artifact-record.js';
import { assignmentFold } from '../../records/assignment-record.js';
import { jobFold } from '../../records/job-record.js';
import { systemFold } from '../../records/system-record.js';
import { flowsWithSystem } from '../../evidence/flows-with-system.js';
import { approvalPlan } from '../approval-plan.js';
import { keepFlowApprovals } from '../commands/keep-flow-approvals.js';

const name = 'keep_approvals';
const evidenceTypes: readonly EventType[] = [
  'FlowInitialized',
  'EvidenceRequirementsSet',
  ...assignmentFold.types,
  ...artifactFold.types,
  ...systemFold.types,
  ...jobFold.types,
];

/** A system belongs to no flow: whatever is said of it concerns every flow that it is in. */
async function flowsOf(gateway: Gateway, event: LoggedEvent): Promise<string[]> {
  if (event.flow_id) return [event.flow_id];
  if (event.aggregate !== 'system') return [];
  return flowsWithSystem(gateway.deps.eventing.store.within(event), event, event.aggregate_id);
}

/**
 * Keeps the approvals of a flow to its evidence: requests what can be decided now, in the name of who began the flow, and voids what was
 * given on evidence that has changed. The gate compares the hashes itself, so a void that is still to be written blocks as well.
 */
export const keepApprovals = (gateway: Gateway): Reactor => ({
  kind: 'reactor',
  name,
  types: evidenceTypes,
  async react(event: LoggedEvent) {
    const { approvals, deps } = gateway;
    for (const flowId of await flowsOf(gateway, event)) {
      // Most events change no approval: look before taking the log's lock.
      const before = await approvals.reader.read(event, flowId);
      if (!before || approvalPlan(before.facts).length === 0) continue;
      const context = contextFromEvent(event, 'gateway', name);
      await deps.eventing.store.transact(context, (tx) => keepFlowApprovals(tx, approvals, event, flowId));
    }
  },
});
