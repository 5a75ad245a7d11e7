import type { EventData, EventEnvelope } from '@lastcopy/contracts';

/** A service's seal of a flow for one gate, and where in its log it stands. */
export interface Seal {
  position: number;
  streams: EventData<'FlowSealed'>['streams'];
}

/** The seals of all flows, and the transition to system shutdown that each flow made. */
export class FlowGates {
  private readonly seals = new Map<string, Seal>();
  /** The first transition of each flow that made one. */
  readonly transitions = new Map<string, EventData<'PhaseTransitioned'>>();

  observe(event: EventEnvelope): void {
    if (event.type === 'FlowSealed') {
      const { flow_id, gate_no, streams } = event.data as EventData<'FlowSealed'>;
      this.seals.set(`${event.source}#${flow_id}#${gate_no}`, { position: event.position, streams });
    }
    if (event.type === 'PhaseTransitioned') {
      const data = event.data as EventData<'PhaseTransitioned'>;
      if (data.to_phase === 'system_shutdown' && !this.transitions.has(data.flow_id)) this.transitions.set(data.flow_id, data);
    }
  }

  /** The seal of `service` that the flow's transition rests on. */
  decisiveSeal(flowId: string, service: string): Seal | undefined {
    const transition = this.transitions.get(flowId);
    return transition && this.seals.get(`${service}#${flowId}#${transition.gate_no}`);
  }
}
