import type { Command } from 'commander';
import type { RegulationCatalogueAnswer } from '@lastcopy/contracts';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { show, type JsonFlag } from './flags.js';

async function list(context: CliContext, flags: JsonFlag & { notes?: boolean }): Promise<void> {
  const catalogue = await context.api().get<RegulationCatalogueAnswer>('/regulations');
  show(context, flags, catalogue, ({ version, rules }) => {
    const rows = rules.map((rule) => [
      rule.requirement,
      rule.kind,
      rule.duration,
      rule.number_source,
      rule.clause,
      rule.concerns.join(', '),
    ]);
    print(context, table(['REQUIREMENT', 'KIND', 'DURATION', 'NUMBER FROM', 'CLAUSE', 'CONCERNS'], rows));
    if (flags.notes)
      for (const { requirement, clause, says, note } of rules) print(context, `\n${requirement}, ${clause}\n  ${says}\n  ${note}`);
    print(context, `Edition ${version}. It informs; it is no legal advice.`);
  });
}

export function registerRegulations(program: Command, context: CliContext): void {
  const regulations = program.command('regulations').description('what laws and standards say about retention');
  regulations
    .command('list')
    .option('--notes', 'what each clause says, and what is uncertain about it')
    .option('--json')
    .action((flags) => list(context, flags as JsonFlag & { notes?: boolean }));
}
