import type { FlowStatusAnswer, JobAnswer, JobDetailAnswer, Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { isAnswered } from '../evidence/gates/no-open-alert.js';
import type { Gateway } from '../gateway.js';
import type { Page, PageOf } from '../read-model/record-queries.js';
import { alertFold } from '../records/alert-record.js';
import { archiveHoldFold } from '../records/archive-hold-record.js';
import { artifactFold } from '../records/artifact-record.js';
import { approvalFold } from '../records/approval-record.js';
import { flowFold, type FlowRecord } from '../records/flow-record.js';
import { jobFold, type JobRecord } from '../records/job-record.js';
import { legalHoldFold } from '../records/legal-hold-record.js';
import { systemFold, type SystemRecord } from '../records/system-record.js';
import { flowStatusView } from './flow-view.js';
import type { KnownHolds } from './job-holds.js';
import { jobDetailView, jobView } from './job-view.js';

/** A flow and what belongs to it, as the API shows them. What another tenant owns is NOT_FOUND. */
export class FlowReader {
  constructor(private readonly gateway: Gateway) {}

  async flow(tenant: Tenant, flowId: string): Promise<FlowRecord> {
    const flow = await this.gateway.queries.get(flowFold, tenant, flowId);
    if (!flow) throw new CodedError('NOT_FOUND', `There is no flow ${flowId}`);
    return flow;
  }

  async systemsOf(tenant: Tenant, flows: readonly FlowRecord[]): Promise<Map<string, SystemRecord>> {
    const ids = flows.flatMap(({ systems }) => systems.map(({ system_id }) => system_id));
    return this.gateway.queries.getAll(systemFold, tenant, [...new Set(ids)]);
  }

  async status(tenant: Tenant, flowId: string): Promise<FlowStatusAnswer> {
    const flow = await this.flow(tenant, flowId);
    const { queries } = this.gateway;
    const [jobs, approvals, alerts, artifacts, systems] = await Promise.all([
      queries.list(jobFold, tenant, { flow_id: flowId }),
      queries.list(approvalFold, tenant, { flow_id: flowId }),
      queries.list(alertFold, tenant, { flow_id: flowId }),
      queries.list(artifactFold, tenant, { flow_id: flowId }),
      this.systemsOf(tenant, [flow]),
    ]);
    const open = alerts.records.filter((alert) => !isAnswered(alert, jobs.records, artifacts.records));
    return flowStatusView({ flow, jobs: jobs.records, approvals: approvals.records, alerts: open, systems });
  }

  /** A page of a flow's jobs, of those of which the archive-service told something. */
  async jobs(tenant: Tenant, flow_id: string, page: Page): Promise<PageOf<JobAnswer>> {
    await this.flow(tenant, flow_id);
    const { records, total } = await this.gateway.queries.list(jobFold, tenant, { flow_id, whereTrue: 'told' }, page);
    const holds = await this.holdsOn(tenant, records);
    return { records: records.map((job) => jobView(job, tenant, holds, this.progressOf(tenant, job), this.now())!), total };
  }

  async jobRecord(tenant: Tenant, jobId: string): Promise<JobRecord> {
    const job = await this.gateway.queries.get(jobFold, tenant, jobId);
    if (!job?.queued) throw new CodedError('NOT_FOUND', `There is no archive job ${jobId}`);
    return job;
  }

  async job(tenant: Tenant, jobId: string): Promise<JobDetailAnswer> {
    const job = await this.jobRecord(tenant, jobId);
    return jobDetailView(job, tenant, await this.holdsOn(tenant, [job]), this.progressOf(tenant, job), this.now())!;
  }

  async holdsOn(tenant: Tenant, jobs: readonly JobRecord[]): Promise<KnownHolds> {
    const { queries } = this.gateway;
    const { records } = await queries.list(legalHoldFold, tenant, { where: { status: 'standing' } });
    const inStore =
      records.length > 0
        ? await queries.getAll(
            archiveHoldFold,
            tenant,
            jobs.map(({ job_id }) => job_id),
          )
        : new Map();
    return { standing: records, inStore };
  }

  now(): Date {
    return this.gateway.deps.clock.now();
  }

  private progressOf(tenant: Tenant, job: JobRecord) {
    return this.gateway.progress.of(tenant, job.job_id, job.attempt);
  }
}
