import type { EventData } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

export const oneTransition = collecting('one-transition', 'A flow goes on to system shutdown at most once', () => {
  const transitions = new Map<string, number>();
  return {
    observe(event) {
      if (event.type !== 'PhaseTransitioned') return;
      const { flow_id, to_phase } = event.data as EventData<'PhaseTransitioned'>;
      if (to_phase === 'system_shutdown') transitions.set(flow_id, (transitions.get(flow_id) ?? 0) + 1);
    },
    finish(violate) {
      for (const [flow, count] of transitions) if (count > 1) violate(`Flow ${flow} went on to system shutdown ${count} times`);
    },
  };
});
