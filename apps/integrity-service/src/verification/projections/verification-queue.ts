import type { ArchiveLocked, VerificationRequested } from '@lastcopy/contracts';
import type { InlineProjection, LoggedEvent, ServiceTransaction } from '@lastcopy/eventing';

const done = `update verification_queue set state = 'done', lease_owner = null, lease_until = null where verification_id = $1`;

async function queueContent(tx: ServiceTransaction, event: LoggedEvent): Promise<void> {
  const request = event.data as VerificationRequested;
  await tx.query(
    `insert into verification_queue (verification_id, task, client_account_id, engagement_id, flow_id, job_id, attempt, run, request, traceparent)
     select $1, 'content', $2, $3, $4, $5, $6, 1 + count(*), $7, $8
       from verification_queue where job_id = $5 and attempt = $6 and task = 'content'`,
    [
      request.verification_id,
      event.client_account_id,
      event.engagement_id,
      request.flow_id,
      request.job_id,
      request.attempt,
      JSON.stringify(request),
      event.traceparent,
    ],
  );
}

/** What is to be proven, kept in the transaction of the events themselves: a request is never lost and a verdict closes its work. */
export const verificationQueue: InlineProjection = {
  name: 'verification_queue',
  async apply(tx, event) {
    const { verification_id } = event.data as { verification_id: string };
    if (event.type === 'VerificationRequested') await queueContent(tx, event);
    else if (event.type === 'IntegrityVerified') await tx.query(`${done} and task = 'content'`, [verification_id]);
    else if (event.type === 'RetentionVerified') await tx.query(`${done} and task = 'retention'`, [verification_id]);
    else if (event.type === 'IntegrityFailed') await tx.query(done, [verification_id]);
  },
};

/** Queues the reading back of a lock; a later, longer lock of the same attempt is read back again. */
export async function queueRetention(
  tx: ServiceTransaction,
  verificationId: string,
  lock: ArchiveLocked,
  traceparent: string | null,
): Promise<boolean> {
  const rows = await tx.query(
    `insert into verification_queue
       (verification_id, task, client_account_id, engagement_id, flow_id, job_id, attempt, run, request, lock, traceparent)
     select verification_id, 'retention', client_account_id, engagement_id, flow_id, job_id, attempt, run, request, $2::jsonb, $3
       from verification_queue where verification_id = $1 and task = 'content'
     on conflict (verification_id, task) do update
       set lock = excluded.lock, state = 'open', due_at = clock_timestamp(), tries = 0,
           claim_no = verification_queue.claim_no + 1, lease_owner = null, lease_until = null
       where verification_queue.lock <> excluded.lock
     returning verification_id`,
    [verificationId, JSON.stringify(lock), traceparent],
  );
  if (rows.length > 0) return true;
  const [known] = await tx.query(`select 1 from verification_queue where verification_id = $1 and task = 'retention'`, [verificationId]);
  return known !== undefined;
}

export interface LatestVerification {
  request: VerificationRequested;
  run: number;
  state: 'open' | 'done';
}

/** The last verification of a job's winning attempt, which is the last one that was uploaded. */
export async function latestVerification(tx: ServiceTransaction, jobId: string): Promise<LatestVerification | undefined> {
  const { client_account_id, engagement_id } = tx.context.tenant;
  const [row] = await tx.query<LatestVerification>(
    `select request, run, state from verification_queue
      where job_id = $1 and task = 'content' and client_account_id = $2 and engagement_id = $3
      order by attempt desc, run desc limit 1`,
    [jobId, client_account_id, engagement_id],
  );
  return row;
}
