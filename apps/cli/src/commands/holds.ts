import type { Command } from 'commander';
import type { LegalHoldAnswer } from '@lastcopy/contracts';
import { withQuery } from '../api-client.js';
import { table } from '../output/table.js';
import { print, type CliContext } from './context.js';
import { given, oneOf, segment, show, type JsonFlag } from './flags.js';

interface PlaceFlags extends JsonFlag {
  matter: string;
  reason: string;
  system?: string;
  job?: string;
  reference?: string;
}
type ListFlags = JsonFlag & { system?: string; job?: string; status?: 'standing' | 'released' };

const onWhat = ({ kind, system_id, job_id }: LegalHoldAnswer['scope']) => (kind === 'system' ? `system ${system_id}` : `job ${job_id}`);
const inWords = ({ hold_id, matter, scope, status }: LegalHoldAnswer) => `Hold ${hold_id} for "${matter}" on ${onWhat(scope)}: ${status}`;

async function list(context: CliContext, flags: ListFlags): Promise<void> {
  const path = withQuery('/legal-holds', { system_id: flags.system, job_id: flags.job, status: flags.status });
  show(context, flags, await context.api().all<LegalHoldAnswer>(path), (holds) => {
    const rows = holds.map((hold) => [
      hold.hold_id,
      hold.matter,
      onWhat(hold.scope),
      hold.status,
      hold.placed_at,
      hold.placed_by,
      hold.reason,
    ]);
    print(context, table(['HOLD', 'MATTER', 'ON', 'STATUS', 'PLACED', 'BY', 'REASON'], rows));
  });
}

export function registerHolds(program: Command, context: CliContext): void {
  const holds = program.command('holds').description('legal holds');
  holds
    .command('list')
    .option('--system <id>')
    .option('--job <id>')
    .option('--status <status>', 'standing or released', oneOf('--status', ['standing', 'released']))
    .option('--json')
    .action((flags) => list(context, flags as ListFlags));
  holds
    .command('place')
    .description('hold a system, or the archive of a job, for a matter; someone of legal')
    .requiredOption('--matter <text>', 'the case that it is for')
    .requiredOption('--reason <text>', 'why')
    .option('--system <id>')
    .option('--job <id>')
    .option('--reference <text>', 'file number or the like')
    .option('--json')
    .action(async (flags: PlaceFlags) => {
      const { matter, reason, reference, system: system_id, job: job_id } = flags;
      const body = given({ matter, reason, reference, system_id, job_id });
      show(context, flags, await context.api().post<LegalHoldAnswer>('/legal-holds', body), (hold) => print(context, inWords(hold)));
    });
  holds
    .command('release <hold-id>')
    .requiredOption('--reason <text>', 'why')
    .option('--json')
    .action(async (id: string, flags: JsonFlag & { reason: string }) => {
      const hold = await context.api().post<LegalHoldAnswer>(`/legal-holds/${segment(id)}/release`, { reason: flags.reason });
      show(context, flags, hold, () => print(context, inWords(hold)));
    });
}
