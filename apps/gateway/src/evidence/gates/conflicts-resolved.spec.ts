import { assignmentId, type RetentionConflict } from '@lastcopy/contracts';
import { refuseArchiving } from '../../decommission-flow/commands/refuse-archiving.js';
import { assignmentOf } from '../../testing/archived-flow.js';
import { factsOf, flow_id, Story, systems } from '../../testing/facts-fixture.js';
import { openConflicts } from '../../records/assignment-record.js';
import type { FlowFacts } from '../flow-facts.js';
import { readiness } from '../readiness.js';
import { conflictsResolved } from './conflicts-resolved.js';

const [first, second] = systems as [(typeof systems)[0], (typeof systems)[0]];
const conflict: RetentionConflict = {
  ...{ requirement: 'GDPR', maximum: null, clause: 'Article 5(1)(e)', against: 'SOX', against_clause: '17 CFR 210.2-06(a)' },
  statement: 'GDPR keeps it no longer than its purpose needs, SOX for at least P7Y.',
};
const said = { resolution: 'keep_minimum', reason: 'An audit', resolved_by: 'lena', resolved_by_name: 'Lena' } as const;
const resolution = { ...said, resolved_at: '2026-11-22T12:00:00.000Z' };
const id = assignmentId(flow_id, first.system_id);

function begun(): Story {
  const strategy = { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true } as const;
  const story = new Story().tell('decommission_flow', flow_id, 'FlowInitialized', { flow_id, flow_name: 'Retire', strategy, systems });
  story.tell('decommission_flow', flow_id, 'PhaseTransitioned', {
    flow_id,
    from_phase: 'decommission_planning',
    to_phase: 'data_migration',
  });
  return story.tell('policy_assignment', assignmentId(flow_id, second.system_id), 'PolicyAssigned', assignmentOf(flow_id, second));
}
const assigned = (story: Story, changes: object = {}): Story =>
  story.tell('policy_assignment', id, 'PolicyAssigned', { ...assignmentOf(flow_id, first), conflicts: [conflict], ...changes });
const resolved = (story: Story): Story =>
  story.tell('policy_assignment', id, 'RetentionConflictResolved', {
    ...{ assignment_id: id, flow_id, system_id: first.system_id, ...resolution, conflicts: [conflict] },
  });
const blocked = (story: Story) => conflictsResolved(factsOf(story)).map(({ code, system_id }) => [code, system_id]);
const isBlocked = [['CONFLICT_UNRESOLVED', first.system_id]];

it.each<[string, () => Story, unknown]>([
  ['a conflict that nobody resolved', () => assigned(begun()), isBlocked],
  ['one that was resolved', () => resolved(assigned(begun())), []],
  ['an assignment without any', () => assigned(begun(), { conflicts: [] }), []],
  ['an assignment from before there were conflicts', () => assigned(begun(), { conflicts: undefined }), isBlocked],
  ['a system without an assignment, which is blocked elsewhere', () => begun(), []],
  ['a new assignment that the resolution goes on to hold for', () => assigned(resolved(assigned(begun())), { resolution }), []],
  ['a new assignment with other conflicts', () => assigned(resolved(assigned(begun()))), isBlocked],
])('%s', (_what, story, expected) => {
  expect(blocked(story())).toEqual(expected);
});

it('is part of readiness, in words, and keeps workers from copying', () => {
  const facts: FlowFacts = factsOf(assigned(begun()));
  const blocker = readiness(facts).find(({ code }) => code === 'CONFLICT_UNRESOLVED');
  expect(blocker?.message).toContain('GDPR keeps it no longer than its purpose needs, SOX for at least P7Y.');
  expect(() => refuseArchiving(facts, 'The migration')).toThrow(expect.objectContaining({ code: 'CONFLICT_UNRESOLVED' }));
  expect(() => refuseArchiving(factsOf(resolved(assigned(begun()))), 'The migration')).toThrow(
    expect.objectContaining({ code: 'APPROVALS_MISSING' }),
  );
});

it('says in words of its own that nobody has looked', () => {
  const [blocker] = conflictsResolved(factsOf(assigned(begun(), { conflicts: undefined })));
  expect(blocker?.message).toMatch(/^Nobody has looked yet/);
  expect(blocker?.hint).toContain('policy-service');
});

it('remembers who resolved it, and counts the versions', () => {
  const record = factsOf(resolved(assigned(begun()))).assignments.get(first.system_id)!;
  expect(record).toMatchObject({ version: 2, resolution });
  expect(openConflicts(record)).toEqual([]);
});
