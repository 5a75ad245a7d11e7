import { randomUUID } from 'node:crypto';
import type { Blocker, FlowInitialized, TransitionSummary } from '@lastcopy/contracts';
import { fold } from '@lastcopy/kernel';
import { deciderSpec } from '@lastcopy/testkit';
import { decommissionFlow, type DecommissionFlowCommand, type DecommissionFlowEvent } from './decommission-flow.js';

const { given } = deciderSpec(decommissionFlow);
const flow_id = randomUUID();
const job_id = randomUUID();
const flow: FlowInitialized = {
  flow_id,
  flow_name: 'Retire billing',
  strategy: { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true },
  systems: [
    {
      ...{ system_id: randomUUID(), system_name: 'Billing', data_classification: ['PII'], compliance_requirements: [] },
      source: { kind: 'directory', path: '/srv/billing' },
    },
  ],
};
const summary: TransitionSummary = { archive_jobs_completed: 1, data_integrity_verified: true, total_data_archived_gb: 4 };
const evidence_root = 'a'.repeat(64);
const blockers: Blocker[] = [{ code: 'NOT_VERIFIED', message: 'm', hint: 'h' }];
const reason = 'because';

const initialized: DecommissionFlowEvent = { type: 'FlowInitialized', data: flow };
const planned: DecommissionFlowEvent[] = [
  { type: 'PhaseStatusReported', data: { flow_id, phase: 'decommission_planning', phase_status: 'completed' } },
  { type: 'PhaseTransitioned', data: { flow_id, from_phase: 'decommission_planning', to_phase: 'data_migration' } },
];
const paused: DecommissionFlowEvent = { type: 'FlowPaused', data: { flow_id, reason } };
const cancelled: DecommissionFlowEvent = { type: 'FlowCancelled', data: { flow_id, reason } };
const proposed = (gate_no = 1): DecommissionFlowEvent => ({ type: 'TransitionProposed', data: { flow_id, gate_no } });
const abandoned = (gate_no = 1): DecommissionFlowEvent => ({ type: 'TransitionAbandoned', data: { flow_id, gate_no, blockers } });
const passed: DecommissionFlowEvent = {
  type: 'PhaseTransitioned',
  data: { flow_id, from_phase: 'data_migration', to_phase: 'system_shutdown', evidence_root, gate_no: 1, summary },
};

const states = {
  absent: [],
  planning: [initialized],
  migrating: [initialized, ...planned],
  paused: [initialized, ...planned, paused],
  cancelled: [initialized, ...planned, cancelled],
  proposed: [initialized, ...planned, proposed()],
  abandoned: [initialized, ...planned, proposed(), abandoned()],
  transitioned: [initialized, ...planned, proposed(), passed],
} satisfies Record<string, DecommissionFlowEvent[]>;
type StateName = keyof typeof states;

const commands = {
  initialize: { type: 'InitializeFlow', flow },
  planningRunning: { type: 'ReportPhase', phase: 'decommission_planning', phase_status: 'running' },
  planningDone: { type: 'ReportPhase', phase: 'decommission_planning', phase_status: 'completed' },
  migrationFailed: { type: 'ReportPhase', phase: 'data_migration', phase_status: 'failed' },
  migrationDone: { type: 'ReportPhase', phase: 'data_migration', phase_status: 'completed' },
  shutdownDone: { type: 'ReportPhase', phase: 'system_shutdown', phase_status: 'completed' },
  pause: { type: 'PauseFlow', reason },
  resume: { type: 'ResumeFlow', reason },
  cancel: { type: 'CancelFlow', reason },
  propose: { type: 'ProposeTransition' },
  abandon: { type: 'AbandonTransition', gate_no: 1, blockers },
  pass: { type: 'PassGate', gate_no: 1, evidence_root, summary },
  object: { type: 'ObjectToShutdown', code: 'ARCHIVE_OBJECT_DAMAGED', reason, job_id },
} satisfies Record<string, DecommissionFlowCommand>;
type CommandName = keyof typeof commands;

/** Events that follow, `-` for none, or the code of the rule that says no; in the order of `states`. */
const table: Record<CommandName, string[]> = {
  //                absent             planning                                migrating               paused        cancelled     proposed       abandoned               transitioned
  initialize: ['FlowInitialized', '-', '-', '-', '-', '-', '-', '-'],
  planningRunning: ['NOT_FOUND', 'PhaseStatusReported', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE'],
  planningDone: ['NOT_FOUND', 'PhaseStatusReported+PhaseTransitioned', '-', '-', '-', '-', '-', '-'],
  migrationFailed: [
    ...['NOT_FOUND', 'FLOW_STATE', 'PhaseStatusReported', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_SEALED', 'PhaseStatusReported', 'FLOW_STATE'],
  ],
  migrationDone: ['NOT_FOUND', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_SEALED', 'FLOW_STATE', '-'],
  shutdownDone: [
    ...['NOT_FOUND', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_SEALED', 'FLOW_STATE', 'PhaseStatusReported'],
  ],
  pause: ['NOT_FOUND', 'FlowPaused', 'FlowPaused', '-', 'FLOW_STATE', 'FLOW_SEALED', 'FlowPaused', 'FLOW_STATE'],
  resume: ['NOT_FOUND', '-', '-', 'FlowResumed', 'FLOW_STATE', '-', '-', 'FLOW_STATE'],
  cancel: ['NOT_FOUND', 'FlowCancelled', 'FlowCancelled', 'FlowCancelled', '-', 'FLOW_SEALED', 'FlowCancelled', 'FLOW_STATE'],
  propose: ['NOT_FOUND', 'FLOW_STATE', 'TransitionProposed', 'FLOW_STATE', 'FLOW_STATE', '-', 'TransitionProposed', '-'],
  abandon: ['NOT_FOUND', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'FLOW_STATE', 'TransitionAbandoned', '-', '-'],
  pass: [
    ...['NOT_FOUND', 'GATE_SUPERSEDED', 'GATE_SUPERSEDED', 'GATE_SUPERSEDED', 'GATE_SUPERSEDED'],
    ...['PhaseTransitioned', 'GATE_SUPERSEDED', '-'],
  ],
  object: ['NOT_FOUND', '-', '-', '-', '-', 'TransitionAbandoned', '-', 'ShutdownObjectionRaised'],
};

const cells = (Object.keys(table) as CommandName[]).flatMap((command) =>
  (Object.keys(states) as StateName[]).map((state, index) => [command, state, table[command][index]!] as const),
);

it('says something of every command in every state', () => {
  expect(cells).toHaveLength(Object.keys(commands).length * Object.keys(states).length);
});

it.each(cells)('%s when %s: %s', (command, state, expected) => {
  const outcome = given(states[state]).when(commands[command]);
  if (expected === '-') return outcome.thenNothing();
  if (/^[A-Z_]+$/.test(expected)) return outcome.thenRejected(expected as never);
  const decided = decommissionFlow.decide(commands[command], fold(decommissionFlow, states[state]));
  expect(decided.map(({ type }) => type).join('+')).toBe(expected);
});

it('decides nothing when a command is repeated on what it led to', () => {
  const repeatable = cells.filter(([, , expected]) => /^[A-Z][a-zA-Z+]+$/.test(expected) && !/^[A-Z_]+$/.test(expected));
  for (const [command, state] of repeatable) {
    const before = fold(decommissionFlow, states[state]);
    const after = decommissionFlow.decide(commands[command], before).reduce(decommissionFlow.evolve, before);
    expect([command, state, decommissionFlow.decide(commands[command], after)]).toEqual([command, state, []]);
  }
});

it('counts the gates, and keeps a late decision from an earlier one', () => {
  given(states.abandoned).when({ type: 'ProposeTransition' }).then(proposed(2));
  given([...states.abandoned, proposed(2)])
    .when(commands.abandon)
    .thenNothing();
  given([...states.abandoned, proposed(2)])
    .when(commands.pass)
    .thenRejected('GATE_SUPERSEDED');
});

it('lets only one of passing and abandoning win', () => {
  given([...states.proposed, abandoned()])
    .when(commands.pass)
    .thenRejected('GATE_SUPERSEDED');
  given([...states.proposed, passed])
    .when(commands.abandon)
    .thenNothing();
});

it('keeps what a person reads: the bad news abandons the gate as its blocker', () => {
  const hint = expect.any(String);
  const decided = decommissionFlow.decide(commands.object, fold(decommissionFlow, states.proposed));
  expect(decided[0]!.data).toEqual({
    flow_id,
    gate_no: 1,
    blockers: [{ code: 'ARCHIVE_OBJECT_DAMAGED', message: reason, hint, job_id }],
  });
});
