import type { ClassificationSuggested, SystemRegistered, SystemRevised } from '@lastcopy/contracts';
import { deciderSpec } from '@lastcopy/testkit';
import { systemDecider, type SystemCommand, type SystemEvent } from '../../system/domain/system.js';

const { given } = deciderSpec(systemDecider);
const system_id = '00000000-0000-4000-8000-0000000000b1';
const [first, second] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'] as const;
const billing: SystemRegistered = {
  ...{ system_id, system_name: 'Billing', source: { kind: 'directory', path: '/srv/share/billing' } },
  ...{ data_classification: ['Financial'], compliance_requirements: [] },
};
const registered: SystemEvent = { type: 'SystemRegistered', data: billing };
const requested = (suggestion_id: string): SystemEvent => ({ type: 'ClassificationRequested', data: { suggestion_id, system_id } });
const suggestion = (suggestion_id: string): ClassificationSuggested => ({
  ...{ suggestion_id, system_id, system_version: 1, data_classification: ['PII', 'Financial'], compliance_requirements: ['GDPR'] },
  ...{ findings: [{ place: 't1.c1', kind: 'email', method: 'both', sampled: 9, matched: 9, confidence: 0.98 }], findings_omitted: 0 },
  ...{ sampled: { containers: 1, skipped: 0, elements: 1, values: 9, complete: true }, explanation: [] },
});
const suggested = (id: string): SystemEvent => ({ type: 'ClassificationSuggested', data: suggestion(id) });
const revised = (changes: Partial<SystemRegistered>, reason: string): SystemEvent => ({
  type: 'SystemRevised',
  data: { ...billing, ...changes, version: 2, reason, changed: Object.keys(changes) as SystemRevised['changed'] },
});
const request = (suggestion_id: string): SystemCommand => ({ type: 'RequestClassification', suggestion_id, system_id });
const accept = (suggestion_id: string, data_classification: string[] | null = null): SystemCommand => ({
  ...{ type: 'AcceptClassification', suggestion_id, system_id, data_classification, compliance_requirements: null, reason: null },
});
const dismiss = (suggestion_id: string): SystemCommand => ({
  type: 'DismissClassification',
  suggestion_id,
  system_id,
  reason: 'test data',
});
const accepted = (data_classification: string[]): SystemEvent => ({
  type: 'ClassificationAccepted',
  data: { suggestion_id: first, system_id, data_classification, compliance_requirements: ['GDPR'], reason: null },
});
const open = [registered, requested(first), suggested(first)];

it('looks at a source once at a time', () => {
  given([registered]).when(request(first)).then(requested(first));
  given([registered, requested(first)])
    .when(request(second))
    .thenNothing();
  given(open).when(request(first)).thenNothing();
  given(open).when(request(second)).then(requested(second));
  given([]).when(request(first)).thenRejected('SYSTEM_UNKNOWN');
});

it('takes the result of the look under way and of no other', () => {
  const result = (id: string): SystemCommand => ({ type: 'RecordSuggestion', suggestion: suggestion(id) });
  given([registered, requested(first)])
    .when(result(first))
    .then(suggested(first));
  given([registered, requested(first)])
    .when(result(second))
    .thenNothing();
  given(open).when(result(first)).thenNothing();
});

it('changes the system only when a person accepts, adding to what was there', () => {
  const joined = { data_classification: ['Financial', 'PII'], compliance_requirements: ['GDPR'] };
  given(open)
    .when(accept(first))
    .then(accepted(['PII', 'Financial']), revised(joined, 'Classification accepted'));
});

it('accepts a part of it, and revises nothing that is so already', () => {
  const onlyRequirement = revised({ compliance_requirements: ['GDPR'] }, 'Classification accepted');
  given(open)
    .when(accept(first, ['Financial']))
    .then(accepted(['Financial']), onlyRequirement);
});

it('decides once', () => {
  const done = [...open, accepted(['PII'])];
  given(done).when(accept(first)).thenNothing();
  given(done).when(dismiss(first)).thenRejected('CLASSIFICATION_STATE');
  const dismissed: SystemEvent = { type: 'ClassificationDismissed', data: { suggestion_id: first, system_id, reason: 'test data' } };
  given(open).when(dismiss(first)).then(dismissed);
  given([...open, dismissed])
    .when(dismiss(first))
    .thenNothing();
  given([...open, dismissed])
    .when(accept(first))
    .thenRejected('CLASSIFICATION_STATE');
});

it('refuses a suggestion that is overtaken, by another look or by another source', () => {
  given([...open, requested(second), suggested(second)])
    .when(accept(first))
    .thenRejected('CLASSIFICATION_STATE');
  const moved = revised({ source: { kind: 'directory', path: '/srv/share/moved' } }, 'moved');
  given([...open, moved])
    .when(accept(first))
    .thenRejected('CLASSIFICATION_OUTDATED');
  given([...open, moved])
    .when(dismiss(first))
    .then({ type: 'ClassificationDismissed', data: { suggestion_id: first, system_id, reason: 'test data' } });
  given([registered, requested(first)])
    .when(accept(first))
    .thenRejected('CLASSIFICATION_STATE');
});
