import {
  phases,
  type FlowActionAnswer,
  type FlowListItem,
  type FlowStatus,
  type FlowStatusAnswer,
  type Phase,
  type PhaseProgress,
  type PhaseState,
} from '@lastcopy/contracts';
import type { AlertRecord } from '../records/alert-record.js';
import type { ApprovalRecord } from '../records/approval-record.js';
import type { FlowRecord } from '../records/flow-record.js';
import { winningVerification, type JobRecord } from '../records/job-record.js';
import type { SystemRecord } from '../records/system-record.js';

/** What the views of a flow are made from. */
export interface FlowParts {
  flow: FlowRecord;
  jobs: readonly JobRecord[];
  approvals: readonly ApprovalRecord[];
  alerts: readonly AlertRecord[];
  systems: ReadonlyMap<string, SystemRecord>;
}

const states = { pending: 'pending', running: 'in_progress', completed: 'completed', failed: 'failed' } as const;

export function flowStatus(flow: FlowRecord): FlowStatus {
  if (flow.cancelled) return 'failed';
  if (flow.paused) return 'paused';
  if (flow.phase === 'system_shutdown') return flow.reports.system_shutdown === 'completed' ? 'completed' : 'system_shutdown';
  if (flow.phase === 'data_migration') return 'data_migration';
  return flow.reports.decommission_planning ? 'decommission_planning' : 'initialized';
}

export const nextPhase = (phase: Phase): Phase | null => phases[phases.indexOf(phase) + 1] ?? null;

function phaseState(flow: FlowRecord, phase: Phase): PhaseState {
  const distance = phases.indexOf(phase) - phases.indexOf(flow.phase);
  if (distance < 0) return 'completed';
  if (distance > 0) return 'pending';
  const report = flow.reports[phase];
  if (report === 'failed' || report === 'completed') return states[report];
  // Once the flow has entered it, migrating is what goes on, whoever reports it or not.
  return phase === 'data_migration' ? 'in_progress' : states[report ?? 'pending'];
}

export const phaseProgress = (flow: FlowRecord): PhaseProgress => ({
  decommission_planning: phaseState(flow, 'decommission_planning'),
  data_migration: phaseState(flow, 'data_migration'),
  system_shutdown: phaseState(flow, 'system_shutdown'),
});

export const estimatedSavings = (flow: FlowRecord, systems: ReadonlyMap<string, SystemRecord>): number =>
  flow.systems.reduce((sum, { system_id }) => sum + (systems.get(system_id)?.annual_cost ?? 0), 0);

function complianceScore(flow: FlowRecord, jobs: readonly JobRecord[]): number {
  if (flow.systems.length === 0) return 0;
  const proven = jobs.filter((job) => job.status === 'completed' && winningVerification(job)?.outcome === 'verified');
  const systems = new Set(proven.map((job) => job.queued?.system_id));
  return Math.round((100 * flow.systems.filter(({ system_id }) => systems.has(system_id)).length) / flow.systems.length);
}

export function flowStatusView({ flow, jobs, approvals, alerts, systems }: FlowParts): FlowStatusAnswer {
  const complete = flowStatus(flow) === 'completed';
  return {
    flow_id: flow.flow_id,
    master_flow_id: flow.flow_id,
    flow_name: flow.flow_name,
    status: flowStatus(flow),
    current_phase: flow.phase,
    system_count: flow.systems.length,
    selected_systems: flow.systems.map(({ system_id }) => system_id),
    phase_progress: phaseProgress(flow),
    metrics: {
      systems_decommissioned: complete ? flow.systems.length : 0,
      estimated_savings: estimatedSavings(flow, systems),
      compliance_score: complianceScore(flow, jobs),
    },
    runtime_state: {
      current_agent: null,
      pending_approvals: approvals.filter(({ status }) => status === 'requested').map(({ role }) => role),
      warnings: [...alerts.map(({ message }) => message), ...flow.objections.map(({ reason }) => `Objection to shutdown: ${reason}`)],
    },
    created_at: flow.created_at,
    updated_at: flow.updated_at,
    decommission_complete: complete,
  };
}

export const flowListItem = (flow: FlowRecord, systems: ReadonlyMap<string, SystemRecord>): FlowListItem => ({
  flow_id: flow.flow_id,
  master_flow_id: flow.flow_id,
  flow_name: flow.flow_name,
  status: flowStatus(flow),
  current_phase: flow.phase,
  system_count: flow.systems.length,
  estimated_savings: estimatedSavings(flow, systems),
  created_at: flow.created_at,
  updated_at: flow.updated_at,
});

export const flowActionView = (flow: FlowRecord, message: string): FlowActionAnswer => ({
  flow_id: flow.flow_id,
  status: flowStatus(flow),
  current_phase: flow.phase,
  next_phase: nextPhase(flow.phase),
  selected_systems: flow.systems.map(({ system_id }) => system_id),
  message,
});
