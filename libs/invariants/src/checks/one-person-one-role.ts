import type { EventData } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

/** Ids that differ in case or spaces could be one person. */
const folded = (userId: string): string => userId.normalize('NFKC').trim().toLowerCase();

export const onePersonOneRole = collecting(
  'one-person-one-role',
  'Nobody decides in two roles of a flow, and nobody approves a flow that they began',
  () => {
    const roles = new Map<string, Map<string, string>>();
    const initiators = new Map<string, string>();
    return {
      observe(event, violate) {
        if (event.type === 'FlowInitialized') initiators.set((event.data as EventData<'FlowInitialized'>).flow_id, folded(event.actor));
        if (event.type !== 'ApprovalGranted' && event.type !== 'ApprovalRejected') return;
        const { flow_id, role, decided_by } = event.data as EventData<'ApprovalGranted'>;
        const person = folded(decided_by);
        if (initiators.get(flow_id) === person) violate(`${decided_by} began flow ${flow_id} and decided its ${role} approval`);
        const ofFlow = roles.get(flow_id) ?? new Map<string, string>();
        roles.set(flow_id, ofFlow);
        const before = ofFlow.get(person) ?? role;
        if (before !== role) violate(`${decided_by} decided in flow ${flow_id} as ${before} and as ${role}`);
        ofFlow.set(person, before);
      },
    };
  },
);
