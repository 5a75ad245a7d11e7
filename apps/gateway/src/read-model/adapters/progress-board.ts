import type { Subscription } from '@nats-io/transport-node';
import type { JobProgress, Tenant } from '@lastcopy/contracts';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';

type Listener = (tenant: string, progress: JobProgress) => void;

const staleMs = 60_000;
const mostJobs = 10_000;
/** Workers tell four times a second: the last five seconds of a job. */
const keptSpeeds = 20;

interface Heard {
  progress: JobProgress;
  heardAt: number;
  /** Of its last words, bytes a second. */
  speeds: readonly number[];
}

const isProgress = (value: unknown): value is JobProgress => {
  const progress = value as JobProgress | null;
  return typeof progress?.job_id === 'string' && typeof progress.flow_id === 'string' && Number.isFinite(progress.bytes);
};

/** The workers' last word on each job. Not a fact: it may be lost, and it ages. */
export class ProgressBoard implements BackgroundWork {
  private readonly latest = new Map<string, Heard>();
  private readonly listeners = new Set<Listener>();
  private subscription: Subscription | undefined;

  constructor(private readonly deps: ServiceDeps) {}

  start(): void {
    this.subscription = this.deps.nats.subscribe('lastcopy.progress.>', {
      callback: (error, message) => {
        if (error) this.deps.logger.warn({ err: error }, 'the subscription for progress failed');
        else this.hear(message.subject, message.string());
      },
    });
  }

  async stop(): Promise<void> {
    await this.subscription?.drain();
  }

  /** Null when nothing was heard of this attempt for a minute. */
  of(tenant: Tenant, jobId: string, attempt: number): JobProgress | null {
    return this.heard(tenant, jobId, attempt)?.progress ?? null;
  }

  /** The slowest and the fastest of an attempt's last words, in bytes a second; null when nothing was heard. */
  speedsOf(tenant: Tenant, jobId: string, attempt: number): { slowest: number; fastest: number } | null {
    const speeds = this.heard(tenant, jobId, attempt)?.speeds ?? [];
    return speeds.length > 0 ? { slowest: Math.min(...speeds), fastest: Math.max(...speeds) } : null;
  }

  private heard({ client_account_id, engagement_id }: Tenant, jobId: string, attempt: number): Heard | undefined {
    const heard = this.latest.get(`${client_account_id}.${engagement_id}.${jobId}`);
    return heard && heard.progress.attempt === attempt && Date.now() - heard.heardAt < staleMs ? heard : undefined;
  }

  /** Answers how to stop listening. */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private hear(subject: string, body: string): void {
    const [client, engagement, job] = subject.split('.').slice(2);
    const progress = parsed(body);
    if (!isProgress(progress) || progress.job_id !== job) return;
    const key = `${client}.${engagement}.${job}`;
    const before = this.latest.get(key);
    const sameAttempt = before?.progress.attempt === progress.attempt ? before.speeds : [];
    const speeds = progress.bytes_per_second > 0 ? [...sameAttempt, progress.bytes_per_second].slice(-keptSpeeds) : sameAttempt;
    this.latest.delete(key);
    this.latest.set(key, { progress, heardAt: Date.now(), speeds });
    if (this.latest.size > mostJobs) this.latest.delete(this.latest.keys().next().value!);
    for (const listener of this.listeners) listener(`${client}.${engagement}`, progress);
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
