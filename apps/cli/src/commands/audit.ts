import type { Command } from 'commander';
import type { AuditEntry, AuditVerification, LogAnchored } from '@lastcopy/contracts';
import { longTimeoutMs, withQuery } from '../api-client.js';
import { saveExport } from '../output/audit-file.js';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { given, oneOf, show, wholeNumber, type JsonFlag } from './flags.js';

interface FilterFlags {
  flow?: string;
  system?: string;
  job?: string;
  actor?: string;
  type?: string;
  outcome?: string;
  from?: string;
  until?: string;
  text?: string;
}

const root = '/audit-events';
const usualCount = 50;
const pageSize = 500;

const withFilters = (command: Command): Command =>
  command
    .option('--flow <id>')
    .option('--system <id>')
    .option('--job <id>')
    .option('--actor <user-id>')
    .option('--type <type>', 'type of the event, or method and path of a request')
    .option('--outcome <outcome>', 'done or refused', oneOf('--outcome', ['done', 'refused']))
    .option('--from <time>', 'ISO 8601')
    .option('--until <time>', 'ISO 8601')
    .option('--text <text>');

const queryOf = ({ flow, system, job, actor, type, outcome, from, until, text }: FilterFlags) =>
  given({ flow_id: flow, system_id: system, job_id: job, actor, type, outcome, from, to: until, text });

/** The newest entries, page after page, until there are as many as asked for. */
async function newest(context: CliContext, query: Record<string, string>, count: number): Promise<AuditEntry[]> {
  const api = context.api();
  const entries: AuditEntry[] = [];
  let cursor: string | null = '';
  while (cursor !== null && entries.length < count) {
    const limit = Math.min(pageSize, count - entries.length);
    const response: Response = await api.fetch('GET', withQuery(root, { ...query, limit, ...(cursor ? { cursor } : {}) }));
    entries.push(...((await response.json()) as AuditEntry[]));
    cursor = response.headers.get('x-next-cursor');
  }
  return entries;
}

async function list(context: CliContext, flags: FilterFlags & JsonFlag & { limit: number }): Promise<void> {
  show(context, flags, await newest(context, queryOf(flags) as Record<string, string>, flags.limit), (entries) => {
    const rows = entries.map((entry) => [
      ...[entry.seq, entry.occurred_at, entry.outcome, entry.action, entry.actor_name ?? entry.actor],
      entry.code ? `${entry.code}${entry.reason ? `: ${entry.reason}` : ''}` : entry.reason,
    ]);
    print(context, table(['SEQ', 'AT', 'OUTCOME', 'WHAT', 'WHO', 'WHY'], rows));
  });
}

type ExportFlags = FilterFlags & { format: 'csv' | 'jsonl'; file: string; force?: boolean };

async function exportAll(context: CliContext, flags: ExportFlags): Promise<void> {
  const { format, file, force = false } = flags;
  const path = withQuery(`${root}/export`, { ...queryOf(flags), format });
  const response = await context.api().fetch('GET', path, { timeoutMs: longTimeoutMs });
  await saveExport(response, file, force, format);
  print(context, `Wrote ${file}.`);
}

async function verify(context: CliContext, flags: JsonFlag): Promise<boolean> {
  const found = await context.api().post<AuditVerification>(`${root}/verify`, {}, { timeoutMs: longTimeoutMs });
  show(context, flags, found, ({ ok, logs, anchors }) => {
    for (const log of logs) {
      const anchored = log.anchored_at ? `agrees with the anchor of ${log.anchored_at}` : 'no anchor yet';
      print(context, `${log.ok ? 'ok    ' : 'BROKEN'}  ${log.source}: ${log.events} events, ${log.fault ?? anchored}`);
    }
    if (anchors.state === 'compared') print(context, `anchors read back from the object store: ${anchors.read}`);
    for (const fault of anchors.faults) print(context, `BROKEN  anchors: ${fault}`);
    print(
      context,
      ok ? 'Every event follows from the one before it.' : 'The trail was changed, or is damaged: see the runbook "broken chain".',
    );
  });
  return found.ok;
}

async function anchors(context: CliContext, flags: JsonFlag & { take?: boolean }): Promise<void> {
  const api = context.api();
  const found = flags.take
    ? [await api.post<LogAnchored>(`${root}/anchors`, {}, { timeoutMs: longTimeoutMs })]
    : await api.all<LogAnchored>(`${root}/anchors`);
  show(context, flags, found, () => {
    const rows = found.map((anchor) => [anchor.anchor_no, `s3://${anchor.bucket}/${anchor.key}`, anchor.sha256, anchor.retain_until]);
    print(context, table(['ANCHOR', 'WHERE', 'SHA256', 'KEPT UNTIL'], rows));
  });
}

export function registerAudit(program: Command, context: CliContext): void {
  const audit = program.command('audit').description('who did what, and whether that record is whole');
  withFilters(audit.command('list').description('the newest entries first'))
    .option('--limit <n>', 'how many', wholeNumber('--limit'), usualCount)
    .option('--json')
    .action((flags) => list(context, flags as FilterFlags & JsonFlag & { limit: number }));
  withFilters(audit.command('export <file>').description('the trail as a file, which appears only when it is whole'))
    .option('--format <format>', 'csv or jsonl', oneOf('--format', ['csv', 'jsonl']), 'csv')
    .option('--force', 'replace the file if there is one')
    .action((file: string, flags) => exportAll(context, { ...(flags as ExportFlags), file }));
  audit
    .command('verify')
    .description("check the chain of all services' events against itself and the anchors; exits 1 when it is broken")
    .option('--json')
    .action(async (flags) => {
      if (!(await verify(context, flags as JsonFlag))) process.exitCode = 1;
    });
  audit
    .command('anchors')
    .description('where the ends of all logs were signed and put under lock')
    .option('--take', 'take one now')
    .option('--json')
    .action((flags) => anchors(context, flags as JsonFlag & { take?: boolean }));
}
