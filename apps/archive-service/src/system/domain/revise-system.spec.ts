import type { SystemChanges, SystemRegistered, SystemRevised } from '@lastcopy/contracts';
import { deciderSpec } from '@lastcopy/testkit';
import { systemDecider, type SystemCommand, type SystemEvent } from './system.js';

const { given } = deciderSpec(systemDecider);
const billing: SystemRegistered = {
  system_id: '00000000-0000-4000-8000-0000000000b1',
  system_name: 'Billing',
  source: { kind: 'directory', path: '/srv/share/billing' },
  data_classification: ['Financial'],
  compliance_requirements: ['SOX'],
  annual_cost: 9,
};
const moved = { kind: 'directory', path: '/srv/share/moved' } as const;
const registered: SystemEvent = { type: 'SystemRegistered', data: billing };
const revised = (changes: Partial<SystemRegistered>, of: Pick<SystemRevised, 'version' | 'changed'>): SystemEvent => ({
  type: 'SystemRevised',
  data: { ...billing, ...changes, version: of.version, reason: 'moved house', changed: of.changed },
});
const revise = (changes: SystemChanges, expectedVersion: number | null = null): SystemCommand => ({
  ...{ type: 'Revise', system_id: billing.system_id, changes, reason: 'moved house', expectedVersion },
});

it('says the whole description, what of it changed and why', () => {
  given([registered])
    .when(revise({ source: moved }))
    .then(revised({ source: moved }, { version: 2, changed: ['source'] }));
});

it('keeps every version apart', () => {
  const second = revised({ source: moved }, { version: 2, changed: ['source'] });
  given([registered, second])
    .when(revise({ system_name: 'Ledger' }))
    .then(revised({ source: moved, system_name: 'Ledger' }, { version: 3, changed: ['system_name'] }));
});

it('decides nothing where nothing changes, whatever the order of the fields', () => {
  given([registered])
    .when(revise({ source: { path: '/srv/share/billing', kind: 'directory' }, system_name: 'Billing' }))
    .thenNothing();
});

it('empties with null what may be empty, and nothing else', () => {
  given([registered])
    .when(revise({ annual_cost: null, system_name: null } as unknown as SystemChanges))
    .then(revised({ annual_cost: null } as never, { version: 2, changed: ['annual_cost'] }));
});

it('refuses a change of what is no longer so', () => {
  const second = revised({ source: moved }, { version: 2, changed: ['source'] });
  given([registered, second])
    .when(revise({ system_name: 'Ledger' }, 1))
    .thenRejected('PRECONDITION_FAILED');
  given([registered])
    .when(revise({ system_name: 'Billing' }, 1))
    .thenNothing();
});

it('refuses what was never registered', () => {
  given([])
    .when(revise({ system_name: 'Ledger' }))
    .thenRejected('SYSTEM_UNKNOWN');
});
