import type { Command } from 'commander';
import {
  conflictResolutions,
  type AssignmentAnswer,
  type AssignmentPreview,
  type BulkOverrideAnswer,
  type ConflictResolutionKind,
  type DryRunAnswer,
} from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { flowPath, given, oneOf, segment, show, wholeNumber, type JsonFlag } from './flags.js';

interface DecisionFlags extends JsonFlag {
  reason: string;
  ifVersion?: number;
}
interface OverrideFlags extends DecisionFlags {
  policy: string;
  location?: string;
  dryRun?: boolean;
}

const ofFlow = (flowId: string) => `${flowPath(flowId)}/policy-assignments`;
const one = (flowId: string, systemId: string) => `${ofFlow(flowId)}/${segment(systemId)}`;

function explain(context: CliContext, assignment: AssignmentAnswer): void {
  print(context, `${assignment.system_name}: ${assignment.policy_name}, version ${assignment.policy_version}`);
  print(context, `  kept until ${assignment.retain_until_if_archived_now} if archived now; assignment version ${assignment.version}`);
  for (const { rule, outcome, reason } of assignment.explanation) print(context, `  ${rule}: ${outcome}. ${reason}`);
  for (const { policy_name, outcome, reason } of assignment.considered ?? []) print(context, `  ${policy_name}: ${outcome}. ${reason}`);
  if (assignment.lengthened_by)
    print(context, `  lengthened by ${assignment.lengthened_by.requirement}, ${assignment.lengthened_by.clause}`);
  if (assignment.override) print(context, `  chosen by ${assignment.override.overridden_by_name}: ${assignment.override.reason}`);
  for (const { statement } of assignment.conflicts ?? []) print(context, `  conflict: ${statement}`);
  if (assignment.conflicts_open)
    print(context, '  Someone of legal or compliance has to resolve this: lastcopy assignments resolve-conflict');
  if (assignment.resolution) print(context, `  resolved: ${assignment.resolution.resolution}. ${assignment.resolution.reason}`);
}

async function list(context: CliContext, flowId: string, flags: JsonFlag): Promise<void> {
  show(context, flags, await context.api().get<AssignmentAnswer[]>(ofFlow(flowId)), (assignments) => {
    const rows = assignments.map((assignment) => [
      ...[assignment.system_id, assignment.system_name, assignment.policy_name, assignment.rule, assignment.version],
      ...[assignment.retain_until_if_archived_now, assignment.conflicts_open ? 'open' : (assignment.conflicts ?? []).length],
    ]);
    print(context, table(['SYSTEM', 'NAME', 'POLICY', 'RULE', 'VERSION', 'KEPT UNTIL', 'CONFLICTS'], rows));
  });
}

/** Decides on the version that was looked at: the one that is named, or the present one. */
async function decide(
  context: CliContext,
  [flowId, systemId]: [string, string],
  flags: DecisionFlags,
  send: (path: string, ifMatch: number) => Promise<AssignmentAnswer>,
): Promise<void> {
  const path = one(flowId, systemId);
  const ifMatch = flags.ifVersion ?? (await context.api().get<AssignmentAnswer>(path)).version;
  show(context, flags, await send(path, ifMatch), (assignment) => explain(context, assignment));
}

async function overrideSeveral(context: CliContext, flowId: string, system_ids: string[], flags: OverrideFlags): Promise<boolean> {
  if (flags.ifVersion !== undefined)
    throw new CodedError('VALIDATION_FAILED', '--if-version is of one system; without --dry-run name one.');
  const { policy: policy_id, location: storage_location, reason, dryRun: dry_run } = flags;
  const body = given({ system_ids, policy_id, storage_location, reason, dry_run });
  const answer = await context.api().post<BulkOverrideAnswer>(`${ofFlow(flowId)}/bulk`, body);
  show(context, flags, answer, ({ results }) => {
    const rows = results.map(({ system_id, outcome, code, message }) => [system_id, outcome, code, message]);
    print(context, table(['SYSTEM', 'OUTCOME', 'CODE', 'WHY'], rows));
    if (answer.dry_run) print(context, 'Nothing was changed: this is what would happen.');
  });
  return answer.results.every(({ outcome }) => outcome !== 'refused');
}

async function override(context: CliContext, flowId: string, systemIds: string[], flags: OverrideFlags): Promise<void> {
  if (systemIds.length > 1 || flags.dryRun) {
    if (!(await overrideSeveral(context, flowId, systemIds, flags))) process.exitCode = 1;
    return;
  }
  const body = given({ policy_id: flags.policy, storage_location: flags.location, reason: flags.reason });
  await decide(context, [flowId, systemIds[0]!], flags, (path, ifMatch) => context.api().patch(path, body, { ifMatch }));
}

const previewRow = ({ system_name, outcome, assignment, retain_until_if_archived_now, code, message }: AssignmentPreview) => [
  ...[system_name, outcome, assignment?.policy_name, assignment?.rule, retain_until_if_archived_now],
  code ? `${code}: ${message ?? ''}` : (assignment?.conflicts ?? []).map(({ statement }) => statement).join('; '),
];

async function dryRun(context: CliContext, flags: JsonFlag & { flow?: string; system?: string }): Promise<void> {
  if ((flags.flow === undefined) === (flags.system === undefined))
    throw new CodedError('VALIDATION_FAILED', 'Name either --flow or --system.');
  const body = given({ flow_id: flags.flow, system_id: flags.system });
  const answer = await context.api().post<DryRunAnswer>('/policy-assignments/dry-run', body);
  show(context, flags, answer, ({ assignments }) =>
    print(context, table(['SYSTEM', 'OUTCOME', 'POLICY', 'RULE', 'KEPT UNTIL', 'NOTE'], assignments.map(previewRow))),
  );
}

const deciding = (command: Command): Command =>
  command
    .requiredOption('--reason <text>', 'why')
    .option('--if-version <n>', 'only if this is still the version, as `assignments show` told it', wholeNumber('--if-version'))
    .option('--json');

function registerDecisions(assignments: Command, context: CliContext): void {
  deciding(assignments.command('override <flow-id> <system-id...>').description('choose another policy; legal minima hold all the same'))
    .requiredOption('--policy <id>')
    .option('--location <s3-url>', 's3://bucket/prefix/ instead of the one that the policy names')
    .option('--dry-run', 'only say what would happen')
    .action((flowId: string, ids: string[], flags) => override(context, flowId, ids, flags as OverrideFlags));
  deciding(assignments.command('reset <flow-id> <system-id>').description('go back to the suggested policy')).action(
    (flowId: string, systemId: string, flags) =>
      decide(context, [flowId, systemId], flags as DecisionFlags, (path, ifMatch) =>
        context.api().post(`${path}/reset`, { reason: (flags as DecisionFlags).reason }, { ifMatch }),
      ),
  );
  deciding(
    assignments
      .command('resolve-conflict <flow-id> <system-id>')
      .description('say what holds where a maximum meets a minimum; use --as <person>'),
  )
    .requiredOption('--resolution <kind>', conflictResolutions.join(' or '), oneOf('--resolution', conflictResolutions))
    .action((flowId: string, systemId: string, flags) => {
      const { resolution, reason } = flags as DecisionFlags & { resolution: ConflictResolutionKind };
      return decide(context, [flowId, systemId], flags as DecisionFlags, (path, ifMatch) =>
        context.api().post(`${path}/resolve-conflict`, { resolution, reason }, { ifMatch }),
      );
    });
}

export function registerAssignments(program: Command, context: CliContext): void {
  const assignments = program.command('assignments').description('which policy each system of a flow has, and why');
  assignments
    .command('show <flow-id>')
    .option('--json')
    .action((flowId: string, flags) => list(context, flowId, flags as JsonFlag));
  assignments
    .command('explain <flow-id> <system-id>')
    .description('every rule that was tried, every policy that was considered, and what came of it')
    .option('--json')
    .action(async (flowId: string, systemId: string, flags) =>
      show(context, flags as JsonFlag, await context.api().get<AssignmentAnswer>(one(flowId, systemId)), (found) =>
        explain(context, found),
      ),
    );
  assignments
    .command('dry-run')
    .description('what would be assigned; nothing is written')
    .option('--flow <id>')
    .option('--system <id>')
    .option('--json')
    .action((flags) => dryRun(context, flags as JsonFlag & { flow?: string; system?: string }));
  registerDecisions(assignments, context);
}
