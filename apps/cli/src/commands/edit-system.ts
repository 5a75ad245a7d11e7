import type { Command } from 'commander';
import { sourceKinds, type SystemAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { print, type CliContext } from './context.js';
import { collect, given, oneOf, segment, show, wholeNumber, type JsonFlag } from './flags.js';
import { changedSource, where, withSourceFlags, type SourceFlags } from './source-flags.js';

interface EditFlags extends SourceFlags, JsonFlag {
  reason: string;
  name?: string;
  classification?: string[];
  compliance?: string[];
  policy?: string;
  ifVersion?: number;
}

/** Changes what the flags name, on the version that was looked at. */
async function edit(context: CliContext, systemId: string, flags: EditFlags): Promise<void> {
  const api = context.api();
  const path = `/systems/${segment(systemId)}`;
  const present = await api.get<SystemAnswer>(path);
  const source = changedSource(present.source, flags);
  const changes = given({
    ...{ system_name: flags.name, data_classification: flags.classification, compliance_requirements: flags.compliance },
    ...(source ? { source } : {}),
    ...(flags.policy ? { retention_policy_id: flags.policy === 'none' ? null : flags.policy } : {}),
  });
  if (Object.keys(changes).length === 0)
    throw new CodedError('VALIDATION_FAILED', 'Nothing to change: name it, for instance with --classification.');
  const ifMatch = flags.ifVersion ?? present.version;
  const system = await api.patch<SystemAnswer>(path, { ...changes, reason: flags.reason }, { ifMatch });
  show(context, flags, system, () => {
    const unchanged = system.version === present.version ? ': it says that already' : '';
    print(context, `${system.system_name} is at version ${system.version}${unchanged}.`);
    print(context, `  ${system.source.kind} ${where(system.source)}`);
    print(context, `  ${[...system.data_classification, ...system.compliance_requirements].join(', ')}`);
  });
}

export function registerSystemEdit(systems: Command, context: CliContext): void {
  withSourceFlags(
    systems
      .command('edit <system-id>')
      .description('revise a description; approvals of what changes are voided, and assignments made anew')
      .requiredOption('--reason <text>', 'why')
      .option('--name <name>')
      .option('--kind <kind>', 'postgresql or directory', oneOf('--kind', sourceKinds)),
  )
    .option('--classification <label>', 'all labels from now on; may be repeated', collect)
    .option('--compliance <name>', 'all requirements from now on; may be repeated', collect)
    .option('--policy <id>', 'an explicit retention policy, or none')
    .option('--if-version <n>', 'only if this is still the version', wholeNumber('--if-version'))
    .option('--json')
    .action((id: string, flags) => edit(context, id, flags as EditFlags));
}
