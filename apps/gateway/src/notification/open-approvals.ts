import type { Tenant } from '@lastcopy/contracts';
import type { Clock } from '@lastcopy/kernel';
import type { Person } from '../people/people.js';
import type { RecordQueries } from '../read-model/record-queries.js';
import { approvalFold } from '../records/approval-record.js';
import { flowFold } from '../records/flow-record.js';
import type { OpenApproval } from './compose-mail.js';

/** What waits for a person's decision: of their roles, or delegated to them. */
export const openApprovalsOf =
  (queries: () => RecordQueries, clock: Clock) =>
  async (tenant: Tenant, { user_id, roles }: Person): Promise<OpenApproval[]> => {
    const { records } = await queries().list(approvalFold, tenant, { where: { status: 'requested' } });
    const own = records.filter(({ role, delegation }) => roles.includes(role) || delegation?.to_user_id === user_id);
    const flows = await queries().getAll(
      flowFold,
      tenant,
      own.map(({ flow_id }) => flow_id),
    );
    const now = clock.now().toISOString();
    return own.map(({ approval_id, role, flow_id, due_at }) => ({
      ...{ approval_id, role, due_at, flow_name: flows.get(flow_id)?.flow_name ?? null },
      overdue: due_at !== null && due_at < now,
    }));
  };
