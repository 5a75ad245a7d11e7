import type { EventData, EventEnvelope } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';

interface Hold {
  system_id: string;
  matter: string;
}

/** What was under hold in the policy-service's log at the seal that a transition rests on: all of it was known to the gate. */
class SealedHolds {
  private readonly standing = new Map<string, Hold>();
  private readonly atSeal = new Map<string, Hold[]>();
  readonly systems = new Map<string, string[]>();
  readonly transitions = new Map<string, number>();

  observe(event: EventEnvelope): void {
    if (event.type === 'LegalHoldPlaced') this.place(event);
    if (event.type === 'LegalHoldReleased') this.standing.delete(event.stream_id);
    if (event.type === 'FlowSealed' && event.source === 'policy-service') {
      const { flow_id, gate_no } = event.data as EventData<'FlowSealed'>;
      this.atSeal.set(`${flow_id}#${gate_no}`, [...this.standing.values()]);
    }
    if (event.type === 'FlowInitialized') {
      const { flow_id, systems } = event.data as EventData<'FlowInitialized'>;
      this.systems.set(
        flow_id,
        systems.map(({ system_id }) => system_id),
      );
    }
    if (event.type === 'PhaseTransitioned') {
      const { flow_id, to_phase, gate_no } = event.data as EventData<'PhaseTransitioned'>;
      if (to_phase === 'system_shutdown' && gate_no) this.transitions.set(flow_id, gate_no);
    }
  }

  heldFor(flowId: string): Hold[] {
    const systems = this.systems.get(flowId) ?? [];
    const held = this.atSeal.get(`${flowId}#${this.transitions.get(flowId)}`) ?? [];
    return held.filter(({ system_id }) => systems.includes(system_id));
  }

  private place(event: EventEnvelope): void {
    const { scope, matter } = event.data as EventData<'LegalHoldPlaced'>;
    if (scope.kind === 'system') this.standing.set(event.stream_id, { system_id: scope.system_id, matter });
  }
}

export const noTransitionUnderHold = collecting(
  'no-transition-under-hold',
  'No flow goes on while a legal hold stands on one of its systems',
  () => {
    const holds = new SealedHolds();
    return {
      observe: (event) => holds.observe(event),
      finish(violate) {
        for (const flowId of holds.transitions.keys())
          for (const { system_id, matter } of holds.heldFor(flowId))
            violate(`Flow ${flowId} went on although system ${system_id} was under legal hold for "${matter}"`);
      },
    };
  },
);
