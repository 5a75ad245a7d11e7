import type { Command } from 'commander';
import { bytes, table } from '../output/table.js';
import { print, printJson, type CliContext } from './context.js';
import { watchJobs } from './flows.js';

interface Job {
  job_id: string;
  system_name: string;
  status: string;
  sub_status?: string | null;
  progress_percentage: number;
  data_size_gb: number | null;
  integrity_verified: boolean;
  verification_checksum: string | null;
  archive_location: string | null;
  retry_count: number;
  retry_due_at?: string | null;
  error_code?: string | null;
  error_message?: string | null;
  error_hint?: string | null;
}

async function list(context: CliContext, flowId: string, options: { json?: boolean }): Promise<void> {
  const jobs = await context.api().get<Job[]>(`/decommission-flow/${encodeURIComponent(flowId)}/archive-jobs`);
  if (options.json) return printJson(context, jobs);
  const rows = jobs.map((job) => [
    job.job_id,
    job.system_name,
    job.sub_status ? `${job.status} (${job.sub_status})` : job.status,
    `${job.progress_percentage}%`,
    bytes((job.data_size_gb ?? 0) * 1e9),
    job.integrity_verified ? 'yes' : 'no',
    job.verification_checksum?.slice(0, 16),
  ]);
  print(context, table(['JOB', 'SYSTEM', 'STATUS', 'DONE', 'SIZE', 'VERIFIED', 'CHECKSUM'], rows));
  for (const job of jobs.filter((candidate) => candidate.error_message)) {
    print(
      context,
      `${job.system_name}: ${job.error_code}: ${job.error_message}\n  ${job.error_hint ?? ''}${job.retry_due_at ? ` Tried again at ${job.retry_due_at}.` : ''}`,
    );
  }
}

async function retry(context: CliContext, jobId: string, options: { reason?: string }): Promise<void> {
  const job = await context
    .api()
    .post<Job>(`/decommission-flow/archive-jobs/${encodeURIComponent(jobId)}/retry`, options.reason ? { reason: options.reason } : {});
  print(context, `${job.system_name}: ${job.status}`);
}

export function registerJobs(program: Command, context: CliContext): void {
  const jobs = program.command('jobs').description('archive jobs');
  jobs
    .command('list <flow-id>')
    .option('--json')
    .action((id: string, options) => list(context, id, options as { json?: boolean }));
  jobs.command('watch <flow-id>').action(async (id: string) => {
    if (!(await watchJobs(context, id))) process.exitCode = 1;
  });
  jobs
    .command('retry <job-id>')
    .option('--reason <text>')
    .action((id: string, options) => retry(context, id, options as { reason?: string }));
}
