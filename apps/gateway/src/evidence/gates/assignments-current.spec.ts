import type { AssignmentRecord } from '../../records/assignment-record.js';
import type { PolicyRecord } from '../../records/policy-record.js';
import type { SystemRecord } from '../../records/system-record.js';
import type { FlowFacts } from '../flow-facts.js';
import { assignmentsCurrent } from './assignments-current.js';

const system = { system_id: 's', system_name: 'Billing', data_classification: ['PII', 'Financial'], compliance_requirements: ['SOX'] };
const assignment = { ...system, policy_id: 'p', policy_name: 'Application Data', policy_version: 2, rule: 'sensitivity' };
const policy = { policy_id: 'p', version: 2, status: 'active' };

function problems(changes: { policy?: object | null; system?: object | null; assignment?: object }): string[] {
  const known = changes.policy === null ? [] : [['p', { ...policy, ...changes.policy } as PolicyRecord] as const];
  const present =
    changes.system === null ? [] : [['s', { ...system, retention_policy_id: null, ...changes.system } as unknown as SystemRecord] as const];
  const assigned = { ...assignment, ...changes.assignment } as unknown as AssignmentRecord;
  const facts = {
    flow: { systems: [system] },
    assignments: new Map([['s', assigned]]),
    policies: new Map(known),
    systems: new Map(present),
  };
  return assignmentsCurrent(facts as unknown as FlowFacts).map(({ code, message }) => `${code} ${message}`);
}

it.each<[string, Parameters<typeof problems>[0], RegExp]>([
  ['a policy that was revised since', { policy: { version: 3 } }, /^ASSIGNMENT_OUTDATED .*version 3, not 2/],
  ['a policy that was retired since', { policy: { status: 'inactive' } }, /retired/],
  ['a classification that was changed since', { system: { data_classification: ['PHI'] } }, /classification was changed/],
  ['a requirement that came since', { system: { compliance_requirements: ['SOX', 'HIPAA'] } }, /requirements were changed/],
  ['another policy that the system names by now', { system: { retention_policy_id: 'q' } }, /names another policy/],
  [
    'labels that changed under what a person chose',
    { system: { data_classification: [] }, assignment: { rule: 'override' } },
    /classification/,
  ],
])('is blocked by %s', (_name, changes, words) => expect(problems(changes)).toEqual([expect.stringMatching(words)]));

it.each<[string, Parameters<typeof problems>[0]]>([
  ['things as they are', {}],
  ['a policy under review', { policy: { status: 'under_review' } }],
  ['the same labels in another order', { system: { data_classification: ['Financial', 'PII'] } }],
  [
    'a policy that a person chose against the one that the system names',
    { system: { retention_policy_id: 'q' }, assignment: { rule: 'override' } },
  ],
  ['a system and a policy that no event here describes', { system: null, policy: null }],
])('is not blocked by %s', (_name, changes) => expect(problems(changes)).toEqual([]));
