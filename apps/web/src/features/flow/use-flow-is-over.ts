import { useFlowStatus } from './queries.js';

const over = ['system_shutdown', 'completed', 'failed'];

/** Why nothing of a flow changes any more; undefined while it goes on, or that is not known yet: the gateway decides. */
export function useFlowIsOver(flowId: string): string | undefined {
  const { data } = useFlowStatus(flowId);
  return data && over.includes(data.status) ? 'The flow is over; what belongs to it stays as it is.' : undefined;
}
