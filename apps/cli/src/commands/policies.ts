import type { Command } from 'commander';
import type { PolicyAnswer, PolicyVersionAnswer } from '@lastcopy/contracts';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { segment, show, wholeNumber, type JsonFlag } from './flags.js';
import { registerPolicyFiles } from './policy-files.js';
import { registerPolicyImpact } from './policy-impact.js';
import { termsOf, withTermFlags, type TermFlags } from './term-flags.js';

interface ChangeFlags extends TermFlags, JsonFlag {
  reason: string;
  ifRevision?: number;
}

const policyPath = (policyId: string): string => `/retention-policies/${segment(policyId)}`;

function describe(context: CliContext, policy: PolicyAnswer): void {
  print(context, `${policy.policy_name} (${policy.policy_id}), version ${policy.version}, revision ${policy.revision}, ${policy.status}`);
  print(context, `  keeps ${policy.retention_period_days} days: until ${policy.retain_until_if_archived_now} if archived now`);
  for (const minimum of policy.minima) print(context, `  ${minimum.requirement}: at least ${minimum.duration} (${minimum.clause})`);
  print(context, `  in ${policy.storage_location}`);
  print(context, `  proven: files ${policy.verification_level}, databases ${policy.database_verification_level}`);
  print(context, `  approved by ${policy.required_approvals.join(', ')}`);
  if (policy.description) print(context, `  ${policy.description}`);
  print(context, `  last changed by ${policy.changed_by}${policy.change_reason ? `: ${policy.change_reason}` : ''}`);
}

async function list(context: CliContext, flags: JsonFlag): Promise<void> {
  show(context, flags, await context.api().all<PolicyAnswer>('/retention-policies'), (policies) => {
    const rows = policies.map((policy) => [
      ...[policy.policy_id, policy.policy_name, policy.version, policy.status, policy.retention_period_days],
      ...[policy.compliance_requirements.join(', '), policy.storage_location],
    ]);
    print(context, table(['POLICY', 'NAME', 'VERSION', 'STATUS', 'DAYS', 'COMPLIANCE', 'LOCATION'], rows));
  });
}

async function inspect(context: CliContext, policyId: string, flags: JsonFlag & { versions?: boolean }): Promise<void> {
  const api = context.api();
  if (!flags.versions)
    return show(context, flags, await api.get<PolicyAnswer>(policyPath(policyId)), (policy) => describe(context, policy));
  show(context, flags, await api.all<PolicyVersionAnswer>(`${policyPath(policyId)}/versions`), (versions) => {
    const rows = versions.map(({ version, made_at, made_by, changed, reason }) => [version, made_at, made_by, changed.join(', '), reason]);
    print(context, table(['VERSION', 'MADE', 'BY', 'CHANGED', 'REASON'], rows));
  });
}

async function create(context: CliContext, name: string, flags: ChangeFlags): Promise<void> {
  const body = { ...termsOf({ ...flags, name }), reason: flags.reason };
  show(context, flags, await context.api().post<PolicyAnswer>('/retention-policies', body), (policy) => describe(context, policy));
}

/** Changes a policy on the revision that was looked at: the one that is named, or the present one. */
async function change(context: CliContext, policyId: string, action: string, body: object, flags: ChangeFlags): Promise<void> {
  const api = context.api();
  const ifMatch = flags.ifRevision ?? (await api.get<PolicyAnswer>(policyPath(policyId))).revision;
  const policy = await api.post<PolicyAnswer>(`${policyPath(policyId)}/${action}`, { ...body, reason: flags.reason }, { ifMatch });
  show(context, flags, policy, () => describe(context, policy));
}

const changing = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', 'why')
    .option('--if-revision <n>', 'only if this is still the revision, as `policies show` told it', wholeNumber('--if-revision'))
    .option('--json');

function registerChanges(policies: Command, context: CliContext): void {
  changing(
    withTermFlags(
      policies
        .command('revise <policy-id>')
        .description('make a new version; approvals that rest on the old one are voided: see `policies impact` first')
        .option('--name <name>'),
    ),
  ).action((id: string, flags) => change(context, id, 'revise', termsOf(flags as ChangeFlags), flags as ChangeFlags));
  changing(policies.command('retire <policy-id>').description('retire a policy that no open flow uses')).action((id: string, flags) =>
    change(context, id, 'retire', {}, flags as ChangeFlags),
  );
  changing(
    policies
      .command('review <policy-id>')
      .description('put under review: it is given to no system until the review ends')
      .option('--end', 'end the review without a revision'),
  ).action((id: string, flags) =>
    change(context, id, (flags as { end?: boolean }).end ? 'end-review' : 'start-review', {}, flags as ChangeFlags),
  );
}

export function registerPolicies(program: Command, context: CliContext): void {
  const policies = program.command('policies').description('how long data is kept, where, and how that is proven');
  policies
    .command('list')
    .option('--json')
    .action((flags) => list(context, flags as JsonFlag));
  policies
    .command('show <policy-id>')
    .option('--versions', 'every version, the newest first')
    .option('--json')
    .action((id: string, flags) => inspect(context, id, flags as JsonFlag & { versions?: boolean }));
  withTermFlags(policies.command('create <name>'))
    .requiredOption('--reason <text>', 'why')
    .option('--json')
    .action((name: string, flags) => create(context, name, flags as ChangeFlags));
  registerChanges(policies, context);
  registerPolicyImpact(policies, context);
  registerPolicyFiles(policies, context);
}
