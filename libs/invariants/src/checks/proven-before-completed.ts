import type { EventData, EventEnvelope } from '@lastcopy/contracts';
import { collecting } from '../invariant.js';
import { FlowGates } from './flow-gates.js';
import { JobHistories, levelOf, proves, type JobHistory, type Verdict } from './job-histories.js';

type Violate = (message: string) => void;

/** Failed is not verified, and verified is not completed. */
class Completions {
  private readonly histories = new JobHistories();
  private readonly gates = new FlowGates();
  private readonly retained = new Set<string>();

  observe(event: EventEnvelope, violate: Violate): void {
    this.histories.observe(event);
    this.gates.observe(event);
    if (event.type === 'RetentionVerified') {
      const { job_id, attempt } = event.data as EventData<'RetentionVerified'>;
      this.retained.add(`${job_id}#${attempt}`);
    }
    if (event.type !== 'IntegrityVerified') return;
    const { job_id, checks } = event.data as EventData<'IntegrityVerified'>;
    for (const check of checks.filter((candidate) => !candidate.passed))
      violate(`Job ${job_id} is called verified although "${check.name}" failed`);
  }

  finish(violate: Violate): void {
    for (const job of this.histories.jobs.values()) {
      for (const [index, { type, attempt }] of job.steps.entries())
        if (type === 'ArchiveJobCompleted') this.judge(job, attempt, index === job.steps.length - 1, violate);
    }
  }

  /** `stands`: nothing followed that completion, so the last verdict has to bear it. One that was taken back was proven once. */
  private judge(job: JobHistory, attempt: number, stands: boolean, violate: Violate): void {
    const { job_id } = job;
    const needs = job.required.get(attempt);
    const verdicts = this.histories.verdictsOn(job_id, attempt);
    const verdict = stands ? this.beforeDecision(job.flow_id, verdicts).at(-1) : verdicts.findLast(({ level }) => level !== null);
    if (!needs) violate(`Job ${job_id} is completed by attempt ${attempt}, which uploaded nothing`);
    else if (!proves(verdict, needs))
      violate(`Job ${job_id} is completed, attempt ${attempt} proven at ${levelOf(verdict)} where ${needs} is required`);
    if (!this.retained.has(`${job_id}#${attempt}`))
      violate(`Job ${job_id} is completed, but the retention of attempt ${attempt} was never read back`);
  }

  /** Once its flow went on, a job stays as the decision found it: what fails later speaks by an alert and an objection. */
  private beforeDecision(flowId: string, verdicts: readonly Verdict[]): readonly Verdict[] {
    const seal = this.gates.decisiveSeal(flowId, 'integrity-service');
    return seal ? verdicts.filter(({ position }) => position < seal.position) : verdicts;
  }
}

/** A failure that is on its way to the archive-service still shows as a violation: look again a moment later. */
export const provenBeforeCompleted = collecting(
  'proven-before-completed',
  'A completed job was proven at its required level by its last check, every part passed, and its retention was read back',
  () => {
    const completions = new Completions();
    return {
      observe: (event, violate) => completions.observe(event, violate),
      finish: (violate) => completions.finish(violate),
    };
  },
);
