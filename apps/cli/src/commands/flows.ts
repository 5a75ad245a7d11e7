import type { Command } from 'commander';
import { setTimeout as delay } from 'node:timers/promises';
import { JobBars, type JobLine } from '../output/job-bars.js';
import { table } from '../output/table.js';
import { print, printJson, type CliContext } from './context.js';
import { flowPath } from './flags.js';

interface FlowRow {
  flow_id: string;
  flow_name: string;
  status: string;
  current_phase: string;
  system_count: number;
  created_at: string;
}
interface FlowStatusAnswer {
  flow_id: string;
  status: string;
  current_phase: string;
  system_count: number;
  phase_progress: Record<string, string>;
  runtime_state: { pending_approvals?: unknown[]; warnings?: unknown[] };
}
interface Readiness {
  ready: boolean;
  blockers: { code: string; message: string; hint: string }[];
}

const pollMs = 500;

async function create(context: CliContext, systemIds: string[], options: { name?: string; json?: boolean }): Promise<void> {
  const api = context.api();
  const body = { selected_system_ids: systemIds, ...(options.name ? { flow_name: options.name } : {}) };
  const flow = await api.post<{ flow_id: string }>('/decommission-flow/initialize', body);
  const status = await api.post<FlowStatusAnswer>(`${flowPath(flow.flow_id)}/phases/decommission_planning`, { phase_status: 'completed' });
  if (options.json) return printJson(context, status);
  print(
    context,
    `Flow ${flow.flow_id} is in ${status.current_phase}. Next: the approvals of data owner and compliance, then lastcopy flows start ${flow.flow_id}`,
  );
}

async function list(context: CliContext, options: { json?: boolean }): Promise<void> {
  const flows = await context.api().get<FlowRow[]>('/decommission-flow/');
  if (options.json) return printJson(context, flows);
  print(
    context,
    table(
      ['FLOW', 'NAME', 'STATUS', 'PHASE', 'SYSTEMS', 'CREATED'],
      flows.map((flow) => [flow.flow_id, flow.flow_name, flow.status, flow.current_phase, flow.system_count, flow.created_at]),
    ),
  );
}

async function status(context: CliContext, id: string, options: { json?: boolean }): Promise<void> {
  const [flow, readiness] = await Promise.all([
    context.api().get<FlowStatusAnswer>(`${flowPath(id)}/status`),
    context.api().get<Readiness>(`${flowPath(id)}/readiness`),
  ]);
  if (options.json) return printJson(context, { ...flow, readiness });
  print(context, `${flow.flow_id}  ${flow.status}  ${flow.current_phase}  ${flow.system_count} systems`);
  for (const [phase, state] of Object.entries(flow.phase_progress)) print(context, `  ${phase}: ${state}`);
  if (flow.current_phase !== 'data_migration') return;
  print(context, readiness.ready ? 'Ready for system shutdown.' : `Blocked by ${readiness.blockers.length}:`);
  for (const blocker of readiness.blockers) print(context, `  ${blocker.code}: ${blocker.message} ${blocker.hint}`);
}

const settled = (job: JobLine & { retry_due_at?: string | null }) =>
  ['completed', 'cancelled'].includes(job.status) || (job.status === 'failed' && !job.retry_due_at);

/** Shows the jobs until each is completed, cancelled, or failed without a retry to come. Answers whether all are completed. */
export async function watchJobs(context: CliContext, flowId: string): Promise<boolean> {
  const bars = new JobBars(context.out);
  let told = false;
  const api = context.api();
  try {
    for (;;) {
      const jobs = await api.get<JobLine[]>(`${flowPath(flowId)}/archive-jobs`);
      bars.show(jobs);
      if (jobs.length === 0 && !told) print(context, 'No archive jobs yet. They begin with: lastcopy flows start <flow-id>');
      told = true;
      if (jobs.length > 0 && jobs.every(settled)) return jobs.every((job) => job.status === 'completed');
      await delay(pollMs);
    }
  } finally {
    bars.stop();
  }
}

async function start(context: CliContext, id: string): Promise<void> {
  const jobs = await context.api().post<JobLine[]>(`${flowPath(id)}/archive-jobs`);
  print(context, `${jobs.length} archive jobs queued. Watch them: lastcopy flows watch ${id}`);
}

export function registerFlows(program: Command, context: CliContext): void {
  const flows = program.command('flows').description('decommission flows');
  flows
    .command('list')
    .option('--json')
    .action((options) => list(context, options as { json?: boolean }));
  flows
    .command('create <system-id...>')
    .description('begin a flow over these systems and bring it to data_migration')
    .option('--name <name>')
    .option('--json')
    .action((ids: string[], options) => create(context, ids, options as { name?: string; json?: boolean }));
  flows
    .command('status <flow-id>')
    .option('--json')
    .action((id: string, options) => status(context, id, options as { json?: boolean }));
  flows
    .command('start <flow-id>')
    .description('start the migration: one archive job a system')
    .action((id: string) => start(context, id));
  flows
    .command('watch <flow-id>')
    .description('show the jobs until they are done; exits 1 when one is not completed')
    .action(async (id: string) => {
      if (!(await watchJobs(context, id))) process.exitCode = 1;
    });
}
