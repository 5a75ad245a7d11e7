import type { Shape } from '../../api/client.js';

export type Approval = Shape<'ApprovalAnswer'>;
export type ApprovalDetail = Shape<'ApprovalDetailAnswer'>;
export type EvidencePart = Shape<'ApprovalEvidencePart'>;
export type Role = Approval['role'];

/** In the order in which the pages show them. */
export const roles = ['legal', 'compliance', 'data_owner'] as const satisfies readonly Role[];

export const roleNames: Record<Role, string> = { legal: 'Legal', compliance: 'Compliance', data_owner: 'Data owner' };

/** What the role judges, for people who have not approved before. */
export const rolePurpose: Record<Role, string> = {
  legal: 'The retention of the verified archives and the destruction of their sources.',
  compliance: 'The archival method: policies, encryption, retention lock and level of verification.',
  data_owner: 'The migration of the data under the retention policies assigned to it.',
};

/** What a signature says, word for word as it is kept with it. */
export const meanings: Record<Role, { grant: string; reject: string }> = {
  data_owner: {
    grant: 'I approve the migration of the data of these systems under the retention policies assigned to them.',
    reject: 'I refuse the migration of the data of these systems as it is planned here.',
  },
  compliance: {
    grant: 'I approve the archival method: policies, encryption, retention lock and level of verification.',
    reject: 'I refuse the archival method as it is planned here.',
  },
  legal: {
    grant: 'I approve the retention of these verified archives and the destruction of their source systems.',
    reject: 'I refuse the retention of these archives, or the destruction of their source systems, as it stands.',
  },
};

export const approvalPath = (approvalId: string): string => `/approvals/${approvalId}`;
export const flowTab = (flowId: string, tab: string): string => `/decommission/flow/${flowId}/data-migration?tab=${tab}`;

const escalated = (to: string): string => to.replace(/^person:/, '').replace(/^role:(.*)$/, (_, role: string) => `everybody of ${role}`);

/** "olga and everybody of operator". @param nameOf names a person */
export const escalatedTo = ({ escalated_to }: Approval, nameOf: (userId: string) => string): string =>
  escalated_to.map((to) => (to.startsWith('person:') ? nameOf(escalated(to)) : escalated(to))).join(' and ');

const dueMs = ({ due_at, requested_at }: Approval): number => new Date(due_at ?? requested_at).getTime();

/** What is due first comes first, so what is overdue leads. */
export const byDueDate = (one: Approval, other: Approval): number => dueMs(one) - dueMs(other);

const decidedMs = ({ decided_at, requested_at }: Approval): number => new Date(decided_at ?? requested_at).getTime();
export const newestDecisionFirst = (one: Approval, other: Approval): number => decidedMs(other) - decidedMs(one);
