import { MultiBar, Presets, type SingleBar } from 'cli-progress';

export interface JobLine {
  job_id: string;
  system_name: string;
  status: string;
  sub_status?: string | null;
  progress_percentage: number;
  error_message?: string | null;
}

/** One progress bar a job on a terminal; elsewhere a line whenever a job's state changes. */
export class JobBars {
  private readonly bars = new Map<string, SingleBar>();
  private readonly lastLine = new Map<string, string>();
  private readonly multi: MultiBar | null;

  constructor(private readonly out: NodeJS.WriteStream) {
    this.multi = out.isTTY
      ? new MultiBar(
          { format: '  {name} {bar} {percentage}%  {state}', hideCursor: true, stream: out, barsize: 28, clearOnComplete: false },
          Presets.shades_classic,
        )
      : null;
  }

  show(jobs: readonly JobLine[]): void {
    for (const job of jobs) this.showJob(job);
  }

  stop(): void {
    this.multi?.stop();
  }

  private showJob(job: JobLine): void {
    const state = [job.status, job.sub_status, job.error_message].filter(Boolean).join(' · ');
    if (!this.multi) {
      const line = `  ${job.system_name}: ${state}`;
      if (this.lastLine.get(job.job_id) !== line) this.out.write(`${line}\n`);
      this.lastLine.set(job.job_id, line);
      return;
    }
    const payload = { name: job.system_name.padEnd(24).slice(0, 24), state };
    const bar = this.bars.get(job.job_id) ?? this.multi.create(100, 0, payload);
    this.bars.set(job.job_id, bar);
    bar.update(job.progress_percentage, payload);
  }
}
