import type { Msg, Subscription } from '@nats-io/transport-node';
import { shutdownObjectionsSubject, type ShutdownObjections, type Tenant } from '@lastcopy/contracts';
import { canonicalJson, isRequestOn } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import { evidenceTurnedBad } from '../../evidence/readiness.js';
import { winningVerification } from '../../records/job-record.js';
import { unheardLogs } from './unheard-logs.js';

const everyTenant: Tenant = { client_account_id: '*', engagement_id: '*' };

const tenantOf = (subject: string): Tenant => {
  const [client_account_id = '', engagement_id = ''] = subject.split('.').slice(-2);
  return { client_account_id, engagement_id };
};

/** Answers system_shutdown, which asks immediately before it destroys anything. No answer means no. */
export class ShutdownObjectionsQuery implements BackgroundWork {
  private subscription: Subscription | undefined;

  constructor(
    private readonly deps: ServiceDeps,
    private readonly reader: EvidenceReader,
  ) {}

  start(): void {
    this.subscription = this.deps.nats.subscribe(shutdownObjectionsSubject(everyTenant), {
      queue: 'gateway',
      callback: (error, message) => {
        if (error) this.deps.logger.error({ err: error }, 'the subscription for shutdown objections failed');
        else if (isRequestOn(message, shutdownObjectionsSubject(tenantOf(message.subject)))) void this.answer(message);
      },
    });
  }

  async stop(): Promise<void> {
    await this.subscription?.drain();
  }

  /**
   * What speaks against it now, read from the log after the other services said how far theirs reach: an objection that is not written yet
   * counts as well, and so does evidence that is not known.
   */
  async objectionsTo(tenant: Tenant, flowId: string): Promise<ShutdownObjections> {
    const unknown = { flow_id: flowId, clear: false, transitioned: false, evidence_root: null };
    const unheard = await unheardLogs(this.deps);
    const reading = await this.reader.readAnew(this.deps.eventing.store.within(tenant), tenant, flowId);
    if (!reading) return { ...unknown, objections: [{ code: 'NOT_FOUND', reason: 'There is no such flow', job_id: null }] };
    const { flow, jobs } = reading.facts;
    const failed = jobs.flatMap((job) => {
      const verification = winningVerification(job);
      const reason = verification?.message ?? 'the last verification failed';
      return verification?.outcome === 'failed' ? [{ code: verification.code ?? 'NOT_VERIFIED', reason, job_id: job.job_id }] : [];
    });
    // Whether a legal hold stands is asked anew: an objection for one that was released is over.
    const lasting = flow.objections.filter(({ code }) => code !== 'LEGAL_HOLD');
    const raised = lasting.map(({ code, reason, job_id }) => ({ code, reason, job_id }));
    const bad = evidenceTurnedBad(reading.facts).map(({ code, message, job_id }) => ({ code, reason: message, job_id: job_id ?? null }));
    const all = [...raised, ...failed, ...bad, ...unheard.map((log) => ({ ...log, job_id: null }))];
    const objections = [...new Map(all.map((objection) => [canonicalJson(objection), objection])).values()];
    const transitioned = flow.transition !== null;
    const clear = transitioned && !flow.cancelled && objections.length === 0;
    return { flow_id: flowId, clear, transitioned, evidence_root: flow.transition?.evidence_root ?? null, objections };
  }

  private async answer(message: Msg): Promise<void> {
    try {
      const { flow_id } = message.json<{ flow_id: unknown }>();
      if (typeof flow_id !== 'string') throw new Error('flow_id is missing');
      message.respond(JSON.stringify(await this.objectionsTo(tenantOf(message.subject), flow_id)));
    } catch (error) {
      const code = isCodedError(error) ? error.code : 'INTERNAL';
      this.deps.logger.error({ err: error }, 'a question for shutdown objections could not be answered');
      message.respond(JSON.stringify({ clear: false, error: { code, message: (error as Error).message } }));
    }
  }
}
