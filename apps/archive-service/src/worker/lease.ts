import { CodedError } from '@lastcopy/kernel';

export interface LeaseOptions {
  leaseMs: number;
  /** False when the job is no longer this worker's; rejects when it cannot be told. */
  renew(): Promise<boolean>;
}

const lost = (why: string): CodedError => new CodedError('LEASE_LOST', `The lease on the job is lost: ${why}.`);

/**
 * Keeps a claimed job while it is worked on. `signal` aborts at once when the job is another's, and when renewals failed for as long as
 * the lease lasts: from then on another worker may have it.
 */
export class Lease {
  private readonly controller = new AbortController();
  private renewal: NodeJS.Timeout | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: LeaseOptions) {
    this.prolong();
    this.schedule(options.leaseMs / 3);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The work is done or given up. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.renewal);
    clearTimeout(this.expiry);
  }

  /** Gives the job up from outside, for instance because the process stops. */
  abort(reason: string): void {
    this.stop();
    this.controller.abort(lost(reason));
  }

  private prolong(): void {
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.abort('it could not be renewed in time'), this.options.leaseMs);
  }

  private schedule(afterMs: number): void {
    this.renewal = setTimeout(() => void this.renew(), afterMs);
  }

  private async renew(): Promise<void> {
    const { leaseMs } = this.options;
    try {
      const mine = await this.options.renew();
      if (this.stopped) return;
      if (!mine) return this.abort('the job was taken over, paused or cancelled');
      this.prolong();
      this.schedule(leaseMs / 3);
    } catch {
      if (!this.stopped) this.schedule(leaseMs / 10);
    }
  }
}
