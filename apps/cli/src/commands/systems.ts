import { Option, type Command } from 'commander';
import type { ConnectionReport, RegisterSystem, SourceDescription } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { bytes, table } from '../output/table.js';
import { print, printJson, type CliContext } from './context.js';

interface SystemRow extends RegisterSystem {
  connection?: { passed: boolean; message: string } | null;
}

interface AddOptions {
  kind: 'postgresql' | 'directory';
  host?: string;
  port?: string;
  database?: string;
  user?: string;
  secretRef?: string;
  tls?: 'disable' | 'require' | 'verify-full';
  allowEmpty?: boolean;
  path?: string;
  classification: string[];
  compliance: string[];
  policy?: string;
  json?: boolean;
}

function sourceOf(options: AddOptions): SourceDescription {
  const required = options.kind === 'postgresql' ? (['host', 'port', 'database', 'user', 'secretRef'] as const) : (['path'] as const);
  const missing = required.filter((name) => !options[name]);
  if (missing.length > 0) {
    const flags = missing.map((name) => `--${name === 'secretRef' ? 'secret-ref' : name}`).join(', ');
    throw new CodedError('VALIDATION_FAILED', `A ${options.kind} source needs ${flags}.`);
  }
  const allowEmpty = options.allowEmpty ? { allow_empty: true } : {};
  if (options.kind === 'directory') return { kind: 'directory', path: options.path!, ...allowEmpty };
  const { host, database, user, secretRef, tls } = options;
  const port = Number(options.port);
  if (!Number.isInteger(port)) throw new CodedError('VALIDATION_FAILED', `--port is a number, not ${options.port}.`);
  return {
    kind: 'postgresql',
    ...{ host: host!, port, database: database!, user: user!, secret_ref: secretRef! },
    ...(tls ? { tls } : {}),
    ...allowEmpty,
  };
}

const where = (source: SourceDescription) =>
  source.kind === 'directory' ? source.path : `${source.user}@${source.host}:${source.port}/${source.database}`;

async function listAll(context: CliContext): Promise<SystemRow[]> {
  const pageSize = 500;
  const all: SystemRow[] = [];
  for (;;) {
    const page = await context.api().get<SystemRow[]>(`/systems?limit=${pageSize}&offset=${all.length}`);
    all.push(...page);
    if (page.length < pageSize) return all;
  }
}

async function list(context: CliContext, options: { json?: boolean }): Promise<void> {
  const systems = await listAll(context);
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
    source: sourceOf(options),
    data_classification: options.classification,
    compliance_requirements: options.compliance,
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

const collect = (value: string, before: string[]) => [...before, ...value.split(',').map((item) => item.trim())];

export function registerSystems(program: Command, context: CliContext): void {
  const systems = program.command('systems').description('the inventory of systems and their sources');
  systems
    .command('list')
    .option('--json')
    .action((options) => list(context, options as { json?: boolean }));
  systems
    .command('add <name>')
    .description('register a system; its password belongs into the secrets provider under --secret-ref')
    .requiredOption('--kind <kind>', 'postgresql or directory', (value) => {
      if (value !== 'postgresql' && value !== 'directory')
        throw new CodedError('VALIDATION_FAILED', `--kind is postgresql or directory, not ${value}.`);
      return value;
    })
    .option('--host <host>')
    .option('--port <port>', 'port', '5432')
    .option('--database <name>')
    .option('--user <role>')
    .option('--secret-ref <name>')
    .addOption(
      new Option('--tls <mode>', 'disable on loopback and verify-full elsewhere unless given').choices([
        'disable',
        'require',
        'verify-full',
      ]),
    )
    .option('--allow-empty', 'a source without anything in it is meant')
    .option('--path <folder>')
    .option('--classification <label>', 'PII, PHI, Financial, User Data…; may be repeated', collect, [])
    .option('--compliance <name>', 'GDPR, SOX, HIPAA, CCPA, PCI-DSS; may be repeated', collect, [])
    .option('--policy <id>', 'an explicit retention policy')
    .option('--json')
    .action((name: string, options) => add(context, name, options as AddOptions));
  systems
    .command('test <system-id>')
    .description('connect to the source and say what is wrong')
    .action(async (id: string) => {
      if (!(await test(context, id))) process.exitCode = 1;
    });
}
