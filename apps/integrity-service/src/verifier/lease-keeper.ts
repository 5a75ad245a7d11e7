import type { SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { renewClaim, type Claim } from './claims.js';

/** Renews a claim every third of its lease, and aborts the work as soon as it may be somebody else's. */
export class LeaseKeeper {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private lastRenewedMs = performance.now();
  private renewing: Promise<void> = Promise.resolve();

  constructor(
    private readonly query: SqlQuery,
    private readonly claim: Claim,
    private readonly leaseMs: number,
    stopping: AbortSignal,
  ) {
    this.signal = AbortSignal.any([this.controller.signal, stopping]);
    this.timer = setInterval(() => this.tick(), leaseMs / 3);
  }

  /** Aborted when the lease is lost or the process stops. */
  readonly signal: AbortSignal;

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.renewing;
  }

  private tick(): void {
    if (performance.now() - this.lastRenewedMs > this.leaseMs) this.lose('it could not be renewed in time');
    else this.renewing = this.renewing.then(() => this.renew());
  }

  private async renew(): Promise<void> {
    const startedMs = performance.now();
    try {
      if (await renewClaim(this.query, this.claim, this.leaseMs)) this.lastRenewedMs = startedMs;
      else this.lose('another verifier has it');
    } catch {
      // The database may be back before the lease has lapsed; the next tick decides.
    }
  }

  private lose(reason: string): void {
    clearInterval(this.timer);
    this.controller.abort(new CodedError('LEASE_LOST', `The lease on verification ${this.claim.verificationId} was lost: ${reason}.`));
  }
}
