import type { EventData } from '@lastcopy/contracts';
import { requirementViews } from '../views/artifact-view.js';
import { factsOf, flow_id, Story, systems } from '../testing/facts-fixture.js';

const attestation = { kind: 'compliance_attestation', required: true, before: 'transition' } as const;
const destruction = { kind: 'legal_destruction_approval', required: true, before: 'transition' } as const;
const policy = { kind: 'data_retention_policy', required: false, before: 'start' } as const;
const strategy = { priority: 'compliance', execution_mode: 'phased', rollback_enabled: true } as const;

const set = (story: Story, data: Omit<EventData<'EvidenceRequirementsSet'>, 'flow_id'>): Story =>
  story.tell('decommission_flow', flow_id, 'EvidenceRequirementsSet', { flow_id, ...data });

const begun = (): Story =>
  new Story().tell('decommission_flow', flow_id, 'FlowInitialized', { flow_id, flow_name: 'Retire', strategy, systems });

function settersOf(story: Story) {
  const facts = factsOf(story);
  const { requirements } = facts.flow.evidence_requirements!;
  return requirementViews({ ...facts, requirements }).map(({ kind, set_by, set_reason }) => [kind, set_by, set_reason]);
}

const byCarl = { requirements: [policy, attestation, destruction], reason: 'An audit', set_by: 'carl' };
const byLena = { requirements: [policy, attestation, { ...destruction, required: false }], reason: 'Nothing to destroy', set_by: 'lena' };

it('keeps for every kind who last set it, and leaves what nobody touched to the deployment', () => {
  const story = set(set(begun(), { ...byCarl, changed: ['compliance_attestation'] }), {
    ...byLena,
    changed: ['legal_destruction_approval'],
  });
  expect(settersOf(story)).toEqual([
    ['data_retention_policy', null, null],
    ['compliance_attestation', 'carl', 'An audit'],
    ['legal_destruction_approval', 'lena', 'Nothing to destroy'],
  ]);
});

it('reads events from before the kinds were told by what became different', () => {
  expect(settersOf(set(set(begun(), byCarl), byLena))).toEqual([
    ['data_retention_policy', 'carl', 'An audit'],
    ['compliance_attestation', 'carl', 'An audit'],
    ['legal_destruction_approval', 'lena', 'Nothing to destroy'],
  ]);
});
