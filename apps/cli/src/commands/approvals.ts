import type { Command } from 'commander';
import { approvalRoles, approvalStatuses, type ApprovalAnswer, type ApprovalDetailAnswer } from '@lastcopy/contracts';
import { withQuery } from '../api-client.js';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { freshlySigned } from './fresh-signature.js';
import { given, oneOf, segment, show, type JsonFlag } from './flags.js';

interface InboxFlags extends JsonFlag {
  mine?: boolean;
  overdue?: boolean;
  status?: string;
  role?: string;
  flow?: string;
}

export const approvalPath = (approvalId: string): string => `/approvals/${segment(approvalId)}`;

/** What is approved, what it rests on and what has changed since it was asked for. */
export function describeEvidence(context: CliContext, approval: ApprovalDetailAnswer): void {
  print(context, `${approval.role}: ${approval.scope}`);
  for (const { name, requested, present, changed } of approval.evidence) {
    print(context, `  ${name}: ${JSON.stringify(present ?? requested ?? null)}`);
    for (const change of changed) print(context, `    changed: ${change}`);
  }
  for (const conflict of approval.open_conflicts) print(context, `  unresolved conflict: ${conflict}`);
  print(context, `  evidence ${approval.evidence_hash}`);
}

function describe(context: CliContext, approval: ApprovalDetailAnswer): void {
  print(context, `Approval ${approval.approval_id} of flow ${approval.flow_id}: ${approval.status}${approval.overdue ? ', overdue' : ''}`);
  describeEvidence(context, approval);
  if (approval.due_at) print(context, `  due ${approval.due_at}, ends ${approval.expires_at ?? 'never'}`);
  if (approval.void_reason) print(context, `  voided: ${approval.void_reason}`);
  const { delegation } = approval;
  if (delegation) print(context, `  delegated by ${delegation.by_name} to ${delegation.to_name}: ${delegation.reason}`);
  for (const { name, comment, at } of approval.comments) print(context, `  ${at} ${name}: ${comment}`);
  for (const { at, by, what } of approval.history) print(context, `  ${at} ${by}: ${what}`);
  print(context, approval.can_decide ? '  You may decide it.' : `  You may not decide it: ${approval.why_not ?? ''}`);
}

async function list(context: CliContext, flags: InboxFlags): Promise<void> {
  const { mine, overdue, status, role, flow: flow_id } = flags;
  const approvals = await context.api().all<ApprovalAnswer>(withQuery('/approvals', { mine, overdue, status, role, flow_id }));
  show(context, flags, approvals, () => {
    const rows = approvals.map((approval) => [
      ...[approval.approval_id, approval.flow_id, approval.role, approval.overdue ? `${approval.status}, overdue` : approval.status],
      ...[approval.due_at, approval.delegation?.to_name ?? approval.decided_by, approval.can_decide ? 'yes' : 'no'],
    ]);
    print(context, table(['APPROVAL', 'FLOW', 'ROLE', 'STATUS', 'DUE', 'BY', 'YOURS'], rows));
  });
}

/** Carries out a change that answers the approval, and prints where it stands then. */
async function change(context: CliContext, flags: JsonFlag, send: () => Promise<ApprovalAnswer>): Promise<void> {
  show(context, flags, await send(), ({ approval_id, role, status, delegation, due_at }) => {
    print(context, `${role} (${approval_id}): ${status}, due ${due_at ?? 'at no date'}`);
    if (delegation) print(context, `  ${delegation.to_name} may decide in the place of ${delegation.by_name}.`);
  });
}

function registerDelegation(approvals: Command, context: CliContext): void {
  approvals
    .command('delegate <approval-id>')
    .description('let another person decide in your place; asks for a recent sign-in')
    .requiredOption('--to <user-id>')
    .requiredOption('--reason <text>', 'why')
    .option('--json')
    .action((id: string, flags: JsonFlag & { to: string; reason: string }) => {
      const body = { to_user_id: flags.to, reason: flags.reason };
      return change(context, flags, () => freshlySigned(context, () => context.api().post(`${approvalPath(id)}/delegate`, body)));
    });
  approvals
    .command('undelegate <approval-id>')
    .description('take a delegation back, or hand it back')
    .requiredOption('--reason <text>', 'why')
    .option('--json')
    .action((id: string, flags: JsonFlag & { reason: string }) =>
      change(context, flags, () => context.api().post(`${approvalPath(id)}/delegation/revoke`, { reason: flags.reason })),
    );
}

export function registerApprovals(program: Command, context: CliContext): void {
  const approvals = program.command('approvals').description('who has to decide what; `approve` decides');
  approvals
    .command('list')
    .option('--mine', 'those that you may decide')
    .option('--overdue')
    .option('--status <status>', approvalStatuses.join(', '), oneOf('--status', approvalStatuses))
    .option('--role <role>', approvalRoles.join(', '), oneOf('--role', approvalRoles))
    .option('--flow <id>')
    .option('--json')
    .action((flags) => list(context, flags as InboxFlags));
  approvals
    .command('show <approval-id>')
    .description('the evidence as it was asked for and as it is, and the history')
    .option('--json')
    .action(async (id: string, flags) =>
      show(context, flags as JsonFlag, await context.api().get<ApprovalDetailAnswer>(approvalPath(id)), (found) =>
        describe(context, found),
      ),
    );
  approvals
    .command('request <flow-id>')
    .description('ask for an approval, for instance again after a rejection, or give an open one another due date')
    .requiredOption('--role <role>', approvalRoles.join(', '), oneOf('--role', approvalRoles))
    .option('--due <time>', 'ISO 8601')
    .option('--json')
    .action((flowId: string, flags: JsonFlag & { role: string; due?: string }) => {
      const body = given({ role: flags.role, due_at: flags.due });
      return change(context, flags, () => context.api().post(`/decommission-flow/${segment(flowId)}/approvals`, body));
    });
  approvals
    .command('comment <approval-id> <text>')
    .description('say something without deciding')
    .option('--json')
    .action((id: string, comment: string, flags: JsonFlag) =>
      change(context, flags, () => context.api().post(`${approvalPath(id)}/comments`, { comment })),
    );
  registerDelegation(approvals, context);
}
