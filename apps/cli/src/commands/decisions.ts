import type { Command } from 'commander';
import { CodedError } from '@lastcopy/kernel';
import { print, type CliContext } from './context.js';

interface Approval {
  approval_id: string;
  role: string;
  status: string;
  scope: string;
  evidence_hash: string;
}

async function decide(context: CliContext, flowId: string, options: { role: string; reject?: boolean; comment?: string }): Promise<void> {
  const api = context.api();
  const approvals = await api.get<Approval[]>(`/decommission-flow/${encodeURIComponent(flowId)}/approvals`);
  const open = approvals.find((approval) => approval.role === options.role && approval.status === 'requested');
  if (!open) throw new CodedError('APPROVAL_STATE', `Flow ${flowId} has no open request for the approval of ${options.role}.`);
  const decision = options.reject ? 'reject' : 'grant';
  print(context, `${open.role}: ${open.scope}\n  evidence ${open.evidence_hash}`);
  const body = { decision, evidence_hash: open.evidence_hash, ...(options.comment ? { comment: options.comment } : {}) };
  const decided = await api.post<Approval>(`/approvals/${open.approval_id}/decision`, body);
  print(context, `${decided.role}: ${decided.status}`);
}

export function registerDecisions(program: Command, context: CliContext): void {
  program
    .command('approve <flow-id>')
    .description('grant (or reject) the open approval of a role, on the evidence that is shown; use --as <person>')
    .requiredOption('--role <role>', 'data_owner, compliance or legal')
    .option('--reject')
    .option('--comment <text>', 'required to reject')
    .action((id: string, options) => decide(context, id, options as { role: string; reject?: boolean; comment?: string }));
  program
    .command('proceed <flow-id>')
    .description('pass the gate to system shutdown; lists what blocks it otherwise')
    .action(async (id: string) => {
      const flow = await context
        .api()
        .post<{ status: string; current_phase: string }>(`/decommission-flow/${encodeURIComponent(id)}/proceed-to-shutdown`);
      print(context, `The flow is in ${flow.current_phase}.`);
    });
}
