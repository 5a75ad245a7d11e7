import type { Able, Blocker, FlowSummaryAnswer, JobCounts, NeedsYou, OverviewAnswer, OverviewFlow, Tenant } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { isCodedError } from '@lastcopy/kernel';
import { refuseArchiving } from '../decommission-flow/commands/refuse-archiving.js';
import type { Gateway } from '../gateway.js';
import type { Page } from '../read-model/record-queries.js';
import { flowFold, type FlowRecord } from '../records/flow-record.js';
import type { JobLine } from '../records/job-record.js';
import { systemFold } from '../records/system-record.js';
import type { Permission } from '../sign-in/permissions.js';
import { ApprovalReader } from './approval-reader.js';
import { mayDecide } from './approval-view.js';
import { FlowReader } from './flow-reader.js';
import { flowStatus, phaseProgress } from './flow-view.js';
import { jobCounts, migrationFigures, type HeardJob } from './migration-figures.js';
import { nothingToPause } from './nothing-to-pause.js';

const shownBlockers = 3;
const yes: Able = { allowed: true, why_not: null };
const no = (why_not: string): Able => ({ allowed: false, why_not });
const everything = { limit: 100_000, offset: 0 };

/** Who looks: what waits for them depends on their roles. */
export interface Onlooker {
  readonly context: CommandContext;
  readonly permissions: ReadonlySet<Permission>;
}

/** Figures over whole flows. What another tenant owns is not there. */
export class OverviewReader {
  private readonly flows: FlowReader;
  private readonly approvals: ApprovalReader;

  constructor(private readonly gateway: Gateway) {
    this.flows = new FlowReader(gateway);
    this.approvals = new ApprovalReader(gateway);
  }

  async summary({ context, permissions }: Onlooker, flowId: string): Promise<FlowSummaryAnswer> {
    const { tenant } = context;
    const flow = await this.flows.flow(tenant, flowId);
    const jobs = await this.gateway.queries.jobLines(tenant, [flowId]);
    const may = permissions.has('decommission.execute') ? null : no(`${context.actor.name} lacks the permission decommission.execute.`);
    const counts = jobCounts(jobs);
    return {
      ...this.figures(tenant, flow, jobs),
      flow_id: flowId,
      system_count: flow.systems.length,
      can_start: may ?? (await this.canStart(tenant, flow, jobs)),
      can_pause: may ?? this.canPause(flow, counts),
      can_resume: may ?? (flow.paused || counts.paused > 0 ? this.whileOpen(flow) : no('Nothing is paused.')),
    };
  }

  async overview(onlooker: Onlooker, page: Page): Promise<OverviewAnswer> {
    const { tenant } = onlooker.context;
    const { queries } = this.gateway;
    const [shown, going, systems, jobs, open] = await Promise.all([
      queries.list(flowFold, tenant, {}, { ...page, newestFirst: true }),
      queries.activeFlows(tenant),
      queries.list(systemFold, tenant, {}, { limit: 0, offset: 0 }),
      queries.jobLines(tenant),
      this.approvals.inbox(onlooker.context, { status: 'requested' }, everything),
    ]);
    const rows = await this.rows(tenant, shown.records, jobs);
    const counts = jobCounts(jobs);
    return {
      needs_you: needsOf(onlooker, rows, jobs, open.records),
      metrics: {
        flows_active: going.flows,
        systems_registered: systems.total,
        systems_in_flows: going.systems,
        systems_archived: going.archived,
        jobs_running: counts.running,
        jobs_failed: counts.failed,
        archived_bytes: jobs.reduce((sum, { status, bytes }) => sum + (status === 'completed' ? (bytes ?? 0) : 0), 0),
        approvals_waiting: open.total,
      },
      flows: rows.map(({ row }) => row),
      flows_total: shown.total,
    };
  }

  private async rows(tenant: Tenant, flows: readonly FlowRecord[], jobs: readonly JobLine[]): Promise<Row[]> {
    const active = flows.filter(isActive).map(({ flow_id }) => flow_id);
    const readings = await this.gateway.reader.readAll(tenant, active);
    const byFlow = Map.groupBy(jobs, ({ flow_id }) => flow_id);
    return flows.map((flow) => {
      const blockers = isActive(flow) ? (readings.get(flow.flow_id)?.blockers ?? [unread]) : [];
      return { row: this.row(tenant, flow, byFlow.get(flow.flow_id) ?? [], blockers), codes: blockers.map(({ code }) => code) };
    });
  }

  private row(tenant: Tenant, flow: FlowRecord, jobs: readonly JobLine[], blockers: readonly Blocker[]): OverviewFlow {
    const { flow_id, flow_name, phase, updated_at } = flow;
    return {
      ...this.figures(tenant, flow, jobs),
      ...{ flow_id, flow_name, updated_at },
      status: flowStatus(flow),
      current_phase: phase,
      phase_progress: phaseProgress(flow),
      system_count: flow.systems.length,
      blocked_by: blockers.slice(0, shownBlockers),
      blocker_count: blockers.length,
    };
  }

  private figures(tenant: Tenant, flow: FlowRecord, jobs: readonly JobLine[]) {
    const { progress } = this.gateway;
    const heard = jobs.map((job): HeardJob => ({
      job,
      progress: progress.of(tenant, job.job_id, job.attempt),
      speeds: progress.speedsOf(tenant, job.job_id, job.attempt),
    }));
    return migrationFigures(heard, flow.systems.length, this.flows.now());
  }

  private canPause(flow: FlowRecord, jobs: JobCounts): Able {
    if (flow.paused) return no('Everything is paused already.');
    const open = this.whileOpen(flow);
    const nothing = nothingToPause({ jobs, system_count: flow.systems.length });
    return open.allowed && nothing ? no(nothing) : open;
  }

  private whileOpen(flow: FlowRecord): Able {
    if (flow.cancelled) return no('The flow was cancelled.');
    if (flow.phase === 'system_shutdown') return no('The flow has gone on to system shutdown.');
    return yes;
  }

  /** Asked of the same rules as the start itself; once every system has its job there is nothing to ask. */
  private async canStart(tenant: Tenant, flow: FlowRecord, jobs: readonly JobLine[]): Promise<Able> {
    if (flow.phase === 'system_shutdown') return no('The flow has gone on to system shutdown.');
    if (jobs.length >= flow.systems.length && flow.systems.length > 0) return no('Every system has its archive job already.');
    const reading = await this.gateway.reader.read(tenant, flow.flow_id);
    if (!reading) return no('The flow cannot be read now.');
    try {
      refuseArchiving(reading.facts, 'The migration');
      return yes;
    } catch (error) {
      if (!isCodedError(error)) throw error;
      return no(error.message);
    }
  }
}

/** What is not known blocks. */
const unread: Blocker = {
  code: 'EVIDENCE_UNREAD',
  message: 'What the flow rests on cannot be read now.',
  hint: 'Look again in a moment; if it stays, look at the health of the gateway.',
};

const isActive = (flow: FlowRecord): boolean => !flow.cancelled && flow.phase !== 'system_shutdown';

/** A flow's row, and all that blocks it. */
interface Row {
  row: OverviewFlow;
  codes: string[];
}

type Open = Awaited<ReturnType<ApprovalReader['inbox']>>['records'];

/** What waits for the caller: the flow is named when it is only one. */
function needsOf({ permissions }: Onlooker, rows: readonly Row[], jobs: readonly JobLine[], open: Open): NeedsYou[] {
  const need = (kind: NeedsYou['kind'], flowIds: readonly string[]): NeedsYou[] => {
    if (flowIds.length === 0) return [];
    const [only, ...others] = new Set(flowIds);
    const flow_id = others.length === 0 ? only! : null;
    return [{ kind, count: flowIds.length, flow_id, flow_name: rows.find(({ row }) => row.flow_id === flow_id)?.row.flow_name ?? null }];
  };
  const decidable = open.filter(mayDecide);
  const executes = permissions.has('decommission.execute');
  const blockedBy = (code: string) => rows.filter(({ codes }) => codes.includes(code)).map(({ row }) => row.flow_id);
  const failed = jobs.filter(
    ({ status, flow_id }) => status === 'failed' && !rows.some(({ row }) => row.flow_id === flow_id && row.status === 'failed'),
  );
  const overdue = (executes ? open : decidable).filter((approval) => approval.overdue).map(({ flow_id }) => flow_id);
  return [
    ...need('approvals_overdue', overdue),
    ...need(
      'approvals_to_decide',
      decidable.filter((approval) => !approval.overdue).map(({ flow_id }) => flow_id),
    ),
    ...(executes
      ? need(
          'jobs_failed',
          failed.map(({ flow_id }) => flow_id),
        )
      : []),
    ...(executes || permissions.has('decommission.approve') ? need('conflicts_to_resolve', blockedBy('CONFLICT_UNRESOLVED')) : []),
    ...(executes ? need('alerts', blockedBy('INTEGRITY_ALERT')) : []),
  ];
}
