import type { ArchiveLocked, Tenant, VerificationRequested } from '@lastcopy/contracts';
import type { ServiceTransaction, SqlQuery } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';

/** One piece of work that this process holds while it renews its lease. */
export interface Claim {
  readonly verificationId: string;
  readonly task: 'content' | 'retention';
  readonly tenant: Tenant;
  readonly request: VerificationRequested;
  readonly run: number;
  /** Present for the task `retention`. */
  readonly lock: ArchiveLocked | null;
  readonly traceparent: string | null;
  /** Counts the claims of this work: a result under an older number changes nothing. */
  readonly claimNo: number;
  /** How often it could not be carried out since the last success. */
  readonly tries: number;
  readonly owner: string;
}

interface ClaimRow {
  verification_id: string;
  task: Claim['task'];
  client_account_id: string;
  engagement_id: string;
  request: VerificationRequested;
  run: number;
  lock: ArchiveLocked | null;
  traceparent: string | null;
  claim_no: number;
  tries: number;
}

const until = `clock_timestamp() + $2 * interval '1 millisecond'`;

const claimSql = `
update verification_queue q
   set claim_no = q.claim_no + 1, lease_owner = $1, lease_until = ${until}
  from (select verification_id, task from verification_queue
         where state = 'open' and due_at <= clock_timestamp() and (lease_until is null or lease_until < clock_timestamp())
         order by due_at limit 1 for update skip locked) due
 where q.verification_id = due.verification_id and q.task = due.task
returning q.verification_id, q.task, q.client_account_id, q.engagement_id, q.request, q.run, q.lock, q.traceparent, q.claim_no, q.tries`;

/** Takes the work that has been due longest: new, put off and due again, or left by a verifier whose lease has lapsed. */
export async function claimNext(query: SqlQuery, owner: string, leaseMs: number): Promise<Claim | undefined> {
  const [row] = await query<ClaimRow>(claimSql, [owner, leaseMs]);
  if (!row) return undefined;
  return {
    verificationId: row.verification_id,
    task: row.task,
    tenant: { client_account_id: row.client_account_id, engagement_id: row.engagement_id },
    request: row.request,
    run: row.run,
    lock: row.lock,
    traceparent: row.traceparent,
    claimNo: row.claim_no,
    tries: row.tries,
    owner,
  };
}

const held = `verification_id = $1 and task = $2 and claim_no = $3 and state = 'open'`;
const keyOf = (claim: Claim) => [claim.verificationId, claim.task, claim.claimNo];

/** False when the work is no longer this claim's. */
export async function renewClaim(query: SqlQuery, claim: Claim, leaseMs: number): Promise<boolean> {
  const rows = await query(
    `update verification_queue set lease_until = clock_timestamp() + $4 * interval '1 millisecond' where ${held} returning 1 as renewed`,
    [...keyOf(claim), leaseMs],
  );
  return rows.length > 0;
}

/** Gives the work back without a result: due again after `delayMs`. */
export async function postponeClaim(query: SqlQuery, claim: Claim, delayMs: number, reason: string): Promise<void> {
  await query(
    `update verification_queue set lease_owner = null, lease_until = null, tries = tries + 1, last_error = $5,
        due_at = clock_timestamp() + $4 * interval '1 millisecond' where ${held}`,
    [...keyOf(claim), delayMs, reason.slice(0, 2000)],
  );
}

/** Gives the work back because this process stops: another one may take it at once. */
export async function releaseClaim(query: SqlQuery, claim: Claim): Promise<void> {
  await query(`update verification_queue set lease_owner = null, lease_until = null where ${held}`, keyOf(claim));
}

/** Throws LEASE_LOST unless the work is still this claim's; it then stays so until the transaction ends. */
export async function assertHeld(tx: ServiceTransaction, claim: Claim): Promise<void> {
  const rows = await tx.query(`select 1 from verification_queue where ${held} for update`, keyOf(claim));
  if (rows.length > 0) return;
  throw new CodedError(
    'LEASE_LOST',
    `Another verifier has taken over ${claim.task} of verification ${claim.verificationId}; this result is dropped.`,
  );
}
