import type { DecommissionStrategy, FlowSystem, StreamToken } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { decommissionFlow, type DecommissionFlowCommand } from '../domain/decommission-flow.js';

export interface NewFlow {
  flow_name: string;
  strategy: DecommissionStrategy;
  systems: FlowSystem[];
}

/** Begins a flow. The same command id gives the same flow. */
export async function initializeFlow(
  store: EventStore,
  context: CommandContext,
  flow: NewFlow,
): Promise<{ flow_id: string; token: StreamToken }> {
  const { client_account_id, engagement_id } = context.tenant;
  const flow_id = deterministicId('flow', client_account_id, engagement_id, context.command_id);
  const token = await store.execute(context, 'InitializeFlow', flow, (tx) => {
    const command: DecommissionFlowCommand = { type: 'InitializeFlow', flow: { flow_id, ...flow } };
    return decideAndAppend(tx, decommissionFlow, 'decommission_flow', flow_id, command);
  });
  return { flow_id, token };
}

/** Carries out a command on a flow. Throws NOT_FOUND, FLOW_STATE, FLOW_SEALED. */
export function commandFlow(
  store: EventStore,
  context: CommandContext,
  flowId: string,
  command: DecommissionFlowCommand,
): Promise<StreamToken> {
  return store.execute(context, command.type, { flow_id: flowId, ...command }, (tx) =>
    decideAndAppend(tx, decommissionFlow, 'decommission_flow', flowId, command),
  );
}
