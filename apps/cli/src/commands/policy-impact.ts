import type { Command } from 'commander';
import { policyActions, type PolicyAction, type PolicyImpactAnswer } from '@lastcopy/contracts';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { oneOf, segment, show, type JsonFlag } from './flags.js';
import { termsOf, withTermFlags, type TermFlags } from './term-flags.js';

function describe(context: CliContext, impact: PolicyImpactAnswer): void {
  print(context, `${impact.action} of ${impact.policy_name}, at revision ${impact.revision}`);
  if (impact.changed.length > 0) print(context, `Changes ${impact.changed.join(', ')}`);
  if (impact.refused_code) print(context, `Would be refused: ${impact.refused_code}: ${impact.refused_because ?? ''}`);
  const rows = impact.systems.map((system) => [
    ...[system.flow_name, system.system_name, system.outcome],
    `${system.policy_before ?? 'none'} → ${system.policy_after ?? 'none'}`,
    `${system.retain_until_before ?? '–'} → ${system.retain_until_after ?? '–'}`,
    system.archive_again_job_id,
  ]);
  if (rows.length === 0) print(context, 'No system of an open flow rests on it.');
  else print(context, table(['FLOW', 'SYSTEM', 'OUTCOME', 'POLICY', 'KEPT UNTIL', 'ARCHIVE AGAIN'], rows));
  for (const { role, flow_id, changed } of impact.voided_approvals)
    print(context, `Voids the approval of ${role} in flow ${flow_id}: ${changed.join('; ')}`);
  for (const note of impact.notes) print(context, note);
}

type ImpactFlags = TermFlags & JsonFlag & { action: PolicyAction };

async function impact(context: CliContext, policyId: string, flags: ImpactFlags): Promise<void> {
  const { action } = flags;
  const body = action === 'revise' ? { action, changes: termsOf(flags) } : { action };
  const answer = await context.api().post<PolicyImpactAnswer>(`/retention-policies/${segment(policyId)}/impact`, body);
  show(context, flags, answer, () => describe(context, answer));
}

export function registerPolicyImpact(policies: Command, context: CliContext): void {
  withTermFlags(
    policies
      .command('impact <policy-id>')
      .description('what a change would do, before it is made; the flags of revise say which')
      .option('--action <action>', policyActions.join(', '), oneOf('--action', policyActions), 'revise' as PolicyAction)
      .option('--name <name>'),
  )
    .option('--json')
    .action((id: string, flags) => impact(context, id, flags as ImpactFlags));
}
