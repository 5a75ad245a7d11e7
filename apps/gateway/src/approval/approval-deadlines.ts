import type { EventData, Tenant } from '@lastcopy/contracts';
import type { InlineProjection, LoggedEvent, ServiceTransaction, SqlQuery } from '@lastcopy/eventing';

/** An open request, and what of its time has passed. */
export interface DueApproval {
  approval_id: string;
  flow_id: string;
  tenant: Tenant;
}

interface Dates {
  remind_at?: string;
  due_at?: string;
  expires_at?: string;
}

async function keep(tx: ServiceTransaction, event: LoggedEvent, dates: Dates): Promise<void> {
  // Requests that are older than due dates have none: nobody is told late of a date that was never set.
  if (!dates.due_at) return;
  await tx.query(
    `insert into approval_deadlines (approval_id, flow_id, client_account_id, engagement_id, next_at, due_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (approval_id) do update set next_at = excluded.next_at, due_at = excluded.due_at, expires_at = excluded.expires_at`,
    [
      ...[event.aggregate_id, event.flow_id, event.client_account_id, event.engagement_id],
      ...[dates.remind_at, dates.due_at, dates.expires_at],
    ],
  );
}

const over = ['ApprovalGranted', 'ApprovalRejected', 'ApprovalVoided', 'ApprovalExpired'];

/** The open requests and when to look at each next, in the transaction of the events themselves: no crash forgets one. */
export const approvalDeadlines: InlineProjection = {
  name: 'approval_deadlines',
  async apply(tx, event) {
    if (event.type === 'ApprovalRequested') await keep(tx, event, event.data as EventData<'ApprovalRequested'>);
    else if (event.type === 'ApprovalRescheduled') await keep(tx, event, event.data as EventData<'ApprovalRescheduled'>);
    else if (over.includes(event.type)) await tx.query('delete from approval_deadlines where approval_id = $1', [event.aggregate_id]);
  },
};

export async function dueApprovals(query: SqlQuery, limit = 50): Promise<DueApproval[]> {
  const rows = await query<Omit<DueApproval, 'tenant'> & Tenant>(
    `select approval_id, flow_id, client_account_id, engagement_id from approval_deadlines
     where next_at <= clock_timestamp() order by next_at limit $1`,
    [limit],
  );
  return rows.map(({ client_account_id, engagement_id, ...row }) => ({ ...row, tenant: { client_account_id, engagement_id } }));
}

/** Looks at it again at the next of its dates that is to come; at the last one again and again until it is over. */
export const lookAgain = (tx: ServiceTransaction, approvalId: string, escalateAgainDays: number, retryMs: number): Promise<unknown> =>
  tx.query(
    `update approval_deadlines set next_at = coalesce(
       (select min(at) from unnest(array[due_at, due_at + $2 * interval '1 day', expires_at]) at where at > clock_timestamp()),
       clock_timestamp() + $3 * interval '1 millisecond')
     where approval_id = $1`,
    [approvalId, escalateAgainDays, retryMs],
  );

/** One that could not be looked at lets the others go first. */
export const postpone = (query: SqlQuery, approvalId: string, retryMs: number): Promise<unknown> =>
  query(`update approval_deadlines set next_at = clock_timestamp() + $2 * interval '1 millisecond' where approval_id = $1`, [
    approvalId,
    retryMs,
  ]);
