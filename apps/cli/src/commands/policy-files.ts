import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { PolicyImportAnswer } from '@lastcopy/contracts';
import { withQuery } from '../api-client.js';
import { saveText } from '../output/save.js';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { show, type JsonFlag } from './flags.js';

async function exportAll(context: CliContext, { to, force = false }: { to?: string; force?: boolean }): Promise<void> {
  const response = await context.api().fetch('GET', '/retention-policies/export');
  const yaml = await response.text();
  if (to === undefined) return void context.out.write(yaml);
  await saveText(to, yaml, force);
  print(context, `Wrote ${to}.`);
}

async function importAll(context: CliContext, file: string, flags: JsonFlag & { dryRun?: boolean; reason?: string }): Promise<void> {
  const path = withQuery('/retention-policies/import', { dry_run: flags.dryRun, reason: flags.reason });
  const yaml = await readFile(file, 'utf8');
  const answer = await context.api().post<PolicyImportAnswer>(path, yaml, { mediaType: 'application/yaml' });
  show(context, flags, answer, ({ dry_run, changes }) => {
    const rows = changes.map(({ policy_id, policy_name, outcome, changed }) => [policy_id, policy_name, outcome, changed.join(', ')]);
    print(context, table(['POLICY', 'NAME', 'OUTCOME', 'CHANGED'], rows));
    if (dry_run) print(context, 'Nothing was changed: this is what would happen.');
  });
}

export function registerPolicyFiles(policies: Command, context: CliContext): void {
  policies
    .command('export')
    .description('the policies that are not retired, as YAML')
    .option('--to <file>', 'a new file; standard output unless given')
    .option('--force', 'replace the file if there is one')
    .action((flags) => exportAll(context, flags as { to?: string; force?: boolean }));
  policies
    .command('import <file>')
    .description('create and revise policies from YAML: all of the file or none')
    .option('--dry-run', 'only say what would happen')
    .option('--reason <text>')
    .option('--json')
    .action((file: string, flags) => importAll(context, file, flags as JsonFlag & { dryRun?: boolean; reason?: string }));
}
