import type { Command } from 'commander';
import { sourceKinds, type ConnectionReport, type RegisterSystem, type SourceKind } from '@lastcopy/contracts';
import { bytes, table } from '../output/table.js';
import { registerClassification } from './classification.js';
import { print, printJson, type CliContext } from './context.js';
import { collect, oneOf } from './flags.js';
import { registerSystemEdit } from './edit-system.js';
import { newSource, where, withSourceFlags, type SourceFlags } from './source-flags.js';

interface SystemRow extends RegisterSystem {
  connection?: { passed: boolean; message: string } | null;
}

interface AddOptions extends SourceFlags {
  kind: SourceKind;
  classification?: string[];
  compliance?: string[];
  policy?: string;
  json?: boolean;
}

async function list(context: CliContext, options: { json?: boolean }): Promise<void> {
  const systems = await context.api().all<SystemRow>('/systems');
  if (options.json) return printJson(context, systems);
  const rows = systems.map((system) => [
    system.system_id,
    system.system_name,
    system.source.kind,
    where(system.source),
    system.data_classification.join(', '),
    system.compliance_requirements.join(', '),
  ]);
  print(context, table(['SYSTEM', 'NAME', 'KIND', 'WHERE', 'CLASSIFICATION', 'COMPLIANCE'], rows));
}

/** Passwords never travel through the API: they go to the secrets folder of archive-service; this prints where. */
async function add(context: CliContext, name: string, options: AddOptions): Promise<void> {
  const body = {
    system_name: name,
    source: newSource(options),
    data_classification: options.classification ?? [],
    compliance_requirements: options.compliance ?? [],
    ...(options.policy ? { retention_policy_id: options.policy } : {}),
  };
  const system = await context.api().post<SystemRow>('/systems', body);
  if (options.json) return printJson(context, system);
  print(context, `Registered ${name} as ${system.system_id}. Test it with: lastcopy systems test ${system.system_id}`);
}

async function test(context: CliContext, systemId: string): Promise<boolean> {
  const report = await context.api().post<ConnectionReport>(`/systems/${encodeURIComponent(systemId)}/test`);
  const size = report.size_bytes === null ? '' : `, ${bytes(report.size_bytes)}`;
  print(
    context,
    report.passed ? `Connected: ${report.message}${size}` : `Failed (${report.code}): ${report.message}\n${report.hint ?? ''}`,
  );
  for (const warning of report.warnings) print(context, `Note: ${warning}`);
  return report.passed;
}

export function registerSystems(program: Command, context: CliContext): void {
  const systems = program.command('systems').description('the inventory of systems and their sources');
  systems
    .command('list')
    .option('--json')
    .action((options) => list(context, options as { json?: boolean }));
  withSourceFlags(
    systems
      .command('add <name>')
      .description('register a system; its password belongs into the secrets provider under --secret-ref')
      .requiredOption('--kind <kind>', 'postgresql or directory', oneOf('--kind', sourceKinds)),
  )
    .option('--classification <label>', 'PII, PHI, Financial, User Data…; may be repeated', collect)
    .option('--compliance <name>', 'GDPR, SOX, HIPAA, CCPA, PCI-DSS; may be repeated', collect)
    .option('--policy <id>', 'an explicit retention policy')
    .option('--json')
    .action((name: string, options) => add(context, name, options as AddOptions));
  systems
    .command('test <system-id>')
    .description('connect to the source and say what is wrong')
    .action(async (id: string) => {
      if (!(await test(context, id))) process.exitCode = 1;
    });
  registerSystemEdit(systems, context);
  registerClassification(systems, context);
}
