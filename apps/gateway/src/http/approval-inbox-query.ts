import { approvalRoles, approvalStatuses, type ApprovalRole, type FieldFault } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { validate as isUuid } from 'uuid';
import type { InboxFilter } from '../views/approval-reader.js';

export const inboxQuery = ['status', 'role', 'flow_id', 'mine', 'overdue'] as const;

/** What each may be, in words, and whether it is. */
const rules: Record<(typeof inboxQuery)[number], [words: string, holds: (value: string) => boolean]> = {
  status: [`one of ${approvalStatuses.join(', ')}`, (value) => (approvalStatuses as readonly string[]).includes(value)],
  role: [`one of ${approvalRoles.join(', ')}`, (value) => (approvalRoles as readonly string[]).includes(value)],
  flow_id: ['the id of a flow', isUuid],
  mine: ['true or false', (value) => value === 'true' || value === 'false'],
  overdue: ['true or false', (value) => value === 'true' || value === 'false'],
};

/** The filter that a query string names. Throws VALIDATION_FAILED with every fault. */
export function inboxFilterOf(query: Record<string, unknown>): InboxFilter {
  const given = inboxQuery.filter((name) => query[name] !== undefined && query[name] !== '');
  const errors: FieldFault[] = given
    .filter((name) => typeof query[name] !== 'string' || !rules[name][1](query[name]))
    .map((name) => ({ pointer: `/${name}`, detail: `${name} must be ${rules[name][0]}` }));
  if (errors.length > 0) throw new CodedError('VALIDATION_FAILED', 'The query is not valid', { details: { errors } });
  const value = (name: (typeof inboxQuery)[number]) => (given.includes(name) ? (query[name] as string) : undefined);
  const [status, role, flow_id] = [value('status') as InboxFilter['status'], value('role') as ApprovalRole | undefined, value('flow_id')];
  return {
    ...{ ...(status ? { status } : {}), ...(role ? { role } : {}), ...(flow_id ? { flow_id: flow_id.toLowerCase() } : {}) },
    ...{ mine: value('mine') === 'true', overdue: value('overdue') === 'true' },
  };
}
