import type { Command } from 'commander';
import { approvalRoles, type ApprovalAnswer, type ApprovalDetailAnswer, type ApprovalRole } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { confirm } from '../output/confirm.js';
import { approvalPath, describeEvidence } from './approvals.js';
import { print, type CliContext } from './context.js';
import { freshlySigned } from './fresh-signature.js';
import { flowPath, given, oneOf } from './flags.js';

interface DecisionFlags {
  role: ApprovalRole;
  reject?: boolean;
  comment?: string;
  evidence?: string;
  yes?: boolean;
}

async function openApproval(context: CliContext, flowId: string, role: ApprovalRole): Promise<ApprovalDetailAnswer> {
  const api = context.api();
  const approvals = await api.get<ApprovalAnswer[]>(`${flowPath(flowId)}/approvals`);
  const open = approvals.find((approval) => approval.role === role && approval.status === 'requested');
  if (!open) throw new CodedError('APPROVAL_STATE', `Flow ${flowId} has no open request for the approval of ${role}.`);
  return api.get<ApprovalDetailAnswer>(approvalPath(open.approval_id));
}

/** Shows what is signed, and signs exactly that: evidence that changes meanwhile is refused by the gateway. */
async function decide(context: CliContext, flowId: string, flags: DecisionFlags): Promise<void> {
  const open = await openApproval(context, flowId, flags.role);
  describeEvidence(context, open);
  if (flags.evidence !== undefined && flags.evidence !== open.evidence_hash)
    throw new CodedError('EVIDENCE_CHANGED', `You looked at evidence ${flags.evidence}; now it is ${open.evidence_hash}.`);
  const decision = flags.reject ? 'reject' : 'grant';
  const atTerminal = Boolean(process.stdin.isTTY && process.stdout.isTTY);
  if (
    atTerminal &&
    !flags.yes &&
    !(await confirm(`${flags.reject ? 'Reject' : 'Grant'} this as ${open.role}?`, process.stdin, process.stdout))
  )
    throw new CodedError('APPROVAL_STATE', 'Nothing was decided.');
  const body = given({ decision, evidence_hash: open.evidence_hash, comment: flags.comment });
  const decided = await freshlySigned(context, () =>
    context.api().post<ApprovalAnswer>(`${approvalPath(open.approval_id)}/decision`, body),
  );
  print(context, `${decided.role}: ${decided.status}`);
}

export function registerDecisions(program: Command, context: CliContext): void {
  program
    .command('approve <flow-id>')
    .description('grant (or reject) the open approval of a role, on the evidence that is shown')
    .requiredOption('--role <role>', 'data_owner, compliance or legal', oneOf('--role', approvalRoles))
    .option('--reject')
    .option('--comment <text>', 'required to reject')
    .option('--evidence <hash>', 'only if this is still the evidence, as `approvals show` told it')
    .option('--yes', 'do not ask; elsewhere than at a terminal nobody is asked')
    .action((id: string, flags) => decide(context, id, flags as DecisionFlags));
  program
    .command('proceed <flow-id>')
    .description('pass the gate to system shutdown; lists what blocks it otherwise')
    .action(async (id: string) => {
      const flow = await context.api().post<{ status: string; current_phase: string }>(`${flowPath(id)}/proceed-to-shutdown`);
      print(context, `The flow is in ${flow.current_phase}.`);
    });
}
