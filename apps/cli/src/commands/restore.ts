import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { connectionFromUrl, type PostgresConnection } from '@lastcopy/source-postgresql';
import { bytes, table } from '../output/table.js';
import type { OfflineFlags } from '../restore/offline-settings.js';
import { openOffline, type OfflineArchive } from '../restore/open-offline.js';
import type { RestoreOutcome } from '../restore/outcome.js';
import { RestoreProgress } from '../restore/progress.js';
import { restoreToDatabase } from '../restore/restore-to-database.js';
import { restoreToFolder } from '../restore/restore-to-folder.js';
import { print, printJson, type CliContext } from './context.js';
import { interruptible, withOfflineFlags } from './offline-flags.js';

interface RestoreFlags extends OfflineFlags {
  to: string;
  table: string[];
  passwordFile?: string;
  treeOnly?: boolean;
  keepPartial?: boolean;
  json?: boolean;
}

async function targetDatabase({ to, passwordFile }: RestoreFlags): Promise<PostgresConnection> {
  const connection = connectionFromUrl(to);
  return passwordFile ? { ...connection, password: (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '') } : connection;
}

function report(context: CliContext, outcome: RestoreOutcome, target: string): void {
  const rows = outcome.parts.map((part) => [part.name, part.rows, bytes(part.bytes), part.equal ? 'yes' : 'NO']);
  print(context, table(['RESTORED', 'ROWS', 'SIZE', 'EQUAL'], rows));
  for (const note of outcome.notes) print(context, note);
  const differing = outcome.parts.filter(({ equal }) => !equal);
  for (const { name, difference } of differing) print(context, `DIFFERS: ${name}: ${difference}`);
  print(
    context,
    differing.length === 0
      ? `Restored into ${target}; everything that was compared is equal.`
      : `${differing.length} of ${outcome.parts.length} differ in ${target}: do not use it as the copy.`,
  );
}

async function carryOut(source: OfflineArchive, flags: RestoreFlags, progress: RestoreProgress): Promise<[RestoreOutcome, string]> {
  if (/^postgres(ql)?:/.test(flags.to)) {
    const target = await targetDatabase(flags);
    const outcome = await restoreToDatabase(source, { target, wanted: flags.table, progress });
    return [outcome, `database ${target.database} at ${target.host}:${target.port}`];
  }
  const folder = path.resolve(flags.to);
  const { treeOnly = false, keepPartial = false } = flags;
  return [await restoreToFolder(source, { folder, wanted: flags.table, treeOnly, keepPartial, now: new Date(), progress }), folder];
}

async function restore(context: CliContext, location: string, flags: RestoreFlags): Promise<void> {
  const [outcome, target] = await interruptible(async (signal) => {
    const source = await openOffline(context.environment, location, flags, signal);
    const progress = new RestoreProgress(context.out, source.archive.manifest.totals.plain_bytes, flags.json);
    try {
      return await carryOut(source, flags, progress);
    } finally {
      progress.stop();
      await source.archive.close();
    }
  });
  if (flags.json) printJson(context, { target, ...outcome });
  else report(context, outcome, target);
  if (outcome.parts.some(({ equal }) => !equal)) process.exitCode = 1;
}

const collect = (value: string, before: string[]): string[] => [...before, value];

export function registerRestore(program: Command, context: CliContext): void {
  const command = program
    .command('restore <manifest-location>')
    .description('restore an archive with only the object store and a key; no service is needed')
    .requiredOption('--to <target>', 'folder (absent or empty), or postgresql://user@host/database (empty)')
    .option('--table <schema.name>', 'only this table; may be given several times', collect, [])
    .option('--password-file <file>', 'password of the target database, so that it stands in no command line')
    .option('--tree-only', 'a directory archive: the file tree itself, without the bag around it')
    .option('--keep-partial', 'after a failure, keep what was restored so far in <folder>.partial')
    .option('--json');
  withOfflineFlags(command).action((location: string, flags) => restore(context, location, flags as RestoreFlags));
}
