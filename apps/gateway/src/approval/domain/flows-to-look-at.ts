const longestPauseMs = 600_000;

interface Outstanding {
  /** Milliseconds since 1970; null while it was not looked at. */
  again: number | null;
  failures: number;
}

/** Flows that have to be looked at once. One that fails is looked at again, after a pause that doubles up to ten minutes. */
export class FlowsToLookAt<F extends { flow_id: string }> {
  private readonly outstanding = new Map<F, Outstanding>();

  constructor(
    flows: readonly F[],
    private readonly firstPauseMs: number,
  ) {
    for (const flow of flows) this.outstanding.set(flow, { again: null, failures: 0 });
  }

  due(now: Date): F[] {
    return [...this.outstanding].filter(([, { again }]) => again === null || again <= now.getTime()).map(([flow]) => flow);
  }

  looked(flow: F): void {
    this.outstanding.delete(flow);
  }

  /** When it is due again: ISO 8601 UTC. */
  failed(flow: F, now: Date): string {
    const failures = (this.outstanding.get(flow)?.failures ?? 0) + 1;
    const again = now.getTime() + Math.min(this.firstPauseMs * 2 ** (failures - 1), longestPauseMs);
    this.outstanding.set(flow, { again, failures });
    return new Date(again).toISOString();
  }
}
