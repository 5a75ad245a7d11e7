import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClassificationAnswer, SystemClassificationAnswer } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { collect, given, segment, show, type JsonFlag } from './flags.js';

const pollMs = 500;
const ofSystem = (systemId: string) => `/systems/${segment(systemId)}`;

function describe(context: CliContext, look: ClassificationAnswer): void {
  print(context, `Look ${look.suggestion_id}: ${look.status}${look.outdated ? ', outdated: the source was revised since' : ''}`);
  if (look.error_code) print(context, `${look.error_code}: ${look.error_message ?? ''}`);
  const suggested = [...look.data_classification, ...look.compliance_requirements];
  if (suggested.length > 0) print(context, `Suggested: ${suggested.join(', ')}`);
  if (look.accepted.length > 0) print(context, `Accepted: ${look.accepted.join(', ')}`);
  for (const line of look.explanation) print(context, `  ${line}`);
  const rows = look.findings.map((finding) => [
    [finding.container ?? finding.place, finding.element].filter(Boolean).join('.'),
    finding.kind,
    `${finding.matched} of ${finding.sampled}`,
    `${Math.round(finding.confidence * 100)}%`,
    finding.method,
  ]);
  if (rows.length > 0) print(context, table(['WHERE', 'KIND', 'MATCHED', 'CONFIDENCE', 'BY'], rows));
  if (look.findings_omitted > 0) print(context, `${look.findings_omitted} more findings are not listed.`);
}

async function latestOf(context: CliContext, systemId: string): Promise<ClassificationAnswer> {
  const { latest } = await context.api().get<SystemClassificationAnswer>(`${ofSystem(systemId)}/classification`);
  if (latest) return latest;
  throw new CodedError(
    'NOT_FOUND',
    `Nobody has looked at the source of system ${systemId} yet: \`lastcopy systems classify ${systemId}\`.`,
  );
}

async function classify(context: CliContext, systemId: string, flags: JsonFlag & { wait: boolean }): Promise<boolean> {
  const { latest } = await context.api().post<SystemClassificationAnswer>(`${ofSystem(systemId)}/classify`);
  let look = latest ?? (await latestOf(context, systemId));
  while (flags.wait && look.status === 'running') {
    await delay(pollMs);
    look = await latestOf(context, systemId);
  }
  show(context, flags, look, () => describe(context, look));
  return look.status !== 'failed';
}

interface DecisionFlags extends JsonFlag {
  suggestion?: string;
  reason?: string;
  classification?: string[];
  compliance?: string[];
}

async function decide(context: CliContext, systemId: string, decision: 'accept' | 'dismiss', flags: DecisionFlags): Promise<void> {
  const suggestion_id = flags.suggestion ?? (await latestOf(context, systemId)).suggestion_id;
  const { reason, classification: data_classification, compliance: compliance_requirements } = flags;
  const body = given({ suggestion_id, reason, data_classification, compliance_requirements });
  const answer = await context.api().post<SystemClassificationAnswer>(`${ofSystem(systemId)}/classification/${decision}`, body);
  show(context, flags, answer, ({ latest }) => latest && describe(context, latest));
}

export function registerClassification(systems: Command, context: CliContext): void {
  systems
    .command('classify <system-id>')
    .description('look at the source for personal, health and financial data; exits 1 when that fails')
    .option('--no-wait', 'do not wait for the outcome')
    .option('--json')
    .action(async (id: string, flags) => {
      if (!(await classify(context, id, flags as JsonFlag & { wait: boolean }))) process.exitCode = 1;
    });
  const classification = systems.command('classification').description('what a look at a source suggests');
  classification
    .command('show <system-id>')
    .option('--json')
    .action(async (id: string, flags) => show(context, flags as JsonFlag, await latestOf(context, id), (look) => describe(context, look)));
  classification
    .command('accept <system-id>')
    .description('add what the latest look suggests, or the part of it that is named, to the description')
    .option('--suggestion <id>', 'the look that you saw; the latest unless given')
    .option('--classification <label>', 'of what it suggests, only these; may be repeated', collect)
    .option('--compliance <name>', 'of what it suggests, only these; may be repeated', collect)
    .option('--reason <text>')
    .option('--json')
    .action((id: string, flags) => decide(context, id, 'accept', flags as DecisionFlags));
  classification
    .command('dismiss <system-id>')
    .requiredOption('--reason <text>', 'why')
    .option('--suggestion <id>', 'the look that you saw; the latest unless given')
    .option('--json')
    .action((id: string, flags) => decide(context, id, 'dismiss', flags as DecisionFlags));
}
