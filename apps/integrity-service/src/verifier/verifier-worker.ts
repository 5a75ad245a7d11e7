import { setTimeout as delay } from 'node:timers/promises';
import { raiseAlert, type EventStore } from '@lastcopy/eventing';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { inSpan, type BackgroundWork, type Logger } from '@lastcopy/platform';
import { claimNext, postponeClaim, releaseClaim, type Claim } from './claims.js';
import { LeaseKeeper } from './lease-keeper.js';

export interface VerifierWorkerParts {
  store: EventStore;
  /** Rejects with whatever kept it from a result. */
  carryOut(claim: Claim, signal: AbortSignal): Promise<void>;
  logger: Logger;
  owner: string;
  leaseMs: number;
  pollMs: number;
  retryBaseMs: number;
  retryMaxMs: number;
  alertAfter: number;
}

const afterFailureMs = 500;

/** Claims one verification after the other for as long as the process runs. What cannot be carried out is put off, never judged. */
export class VerifierWorker implements BackgroundWork {
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: VerifierWorkerParts) {}

  start(): void {
    this.running = this.run(this.stopping.signal);
  }

  /** The work in hand is given back at once. */
  async stop(): Promise<void> {
    this.stopping.abort(new CodedError('LEASE_LOST', 'The service stops; the verification is begun anew elsewhere.'));
    await this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { store, owner, leaseMs, pollMs, logger } = this.parts;
    while (!signal.aborted) {
      try {
        const claim = await claimNext(store.query, owner, leaseMs);
        if (claim) await this.work(claim);
        else await delay(pollMs, undefined, { signal });
      } catch (error) {
        if (signal.aborted) return;
        logger.warn({ err: error }, 'the verification queue cannot be used; trying again');
        await delay(afterFailureMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async work(claim: Claim): Promise<void> {
    const { store, carryOut, leaseMs } = this.parts;
    const keeper = new LeaseKeeper(store.query, claim, leaseMs, this.stopping.signal);
    const attributes = { 'lastcopy.job_id': claim.request.job_id, 'lastcopy.attempt': claim.request.attempt, 'lastcopy.task': claim.task };
    try {
      await inSpan({ service: 'integrity-service', name: 'verify archive', traceparent: claim.traceparent, attributes }, () =>
        carryOut(claim, keeper.signal),
      );
    } catch (error) {
      await this.giveBack(claim, keeper.signal.aborted ? keeper.signal.reason : error);
    } finally {
      await keeper.stop();
    }
  }

  private async giveBack(claim: Claim, error: unknown): Promise<void> {
    const { store, logger, retryBaseMs, retryMaxMs } = this.parts;
    const ids = { job_id: claim.request.job_id, attempt: claim.request.attempt, task: claim.task };
    if (this.stopping.signal.aborted) return releaseClaim(store.query, claim);
    if (isCodedError(error) && error.code === 'LEASE_LOST') {
      logger.warn({ ...ids, reason: error.message }, 'a verification is somebody else’s now');
      return;
    }
    const delayMs = Math.min(retryMaxMs, retryBaseMs * 2 ** Math.min(claim.tries, 20));
    const code = isCodedError(error) ? error.code : 'INTERNAL';
    const message = error instanceof Error ? error.message : String(error);
    logger.warn({ ...ids, err: error, retry_in_ms: delayMs }, 'a check could not be carried out; it is tried again');
    await postponeClaim(store.query, claim, delayMs, `${code}: ${message}`);
    if (claim.tries + 1 === this.parts.alertAfter) await this.alert(claim, code, message);
  }

  private async alert(claim: Claim, code: string, message: string): Promise<void> {
    const { job_id, flow_id, attempt } = claim.request;
    const hint = 'Nothing is verified until the check can be carried out, and unverified means blocked. Repair what the message names.';
    await raiseAlert(this.parts.store, claim.tenant, {
      severity: 'high',
      code: 'VERIFICATION_UNAVAILABLE',
      message: `The archive of job ${job_id}, attempt ${attempt}, could not be checked ${claim.tries + 1} times (${code}): ${message.slice(0, 1500)}`,
      what_to_do: hint,
      flow_id,
      job_id,
      key: `verification-unavailable ${claim.verificationId} ${claim.task} ${claim.claimNo}`,
    });
  }
}
