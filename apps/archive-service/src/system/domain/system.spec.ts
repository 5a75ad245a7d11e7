import type { SystemRegistered } from '@lastcopy/contracts';
import { fold } from '@lastcopy/kernel';
import { systemDecider, type SystemCommand, type SystemEvent } from './system.js';

const billing: SystemRegistered = {
  system_id: '00000000-0000-4000-8000-0000000000b1',
  system_name: 'Billing',
  source: { kind: 'directory', path: '/srv/share/billing' },
  data_classification: ['Financial'],
  compliance_requirements: ['SOX'],
};
const registered: SystemEvent = { type: 'SystemRegistered', data: billing };
const register = (changes: Partial<SystemRegistered> = {}): SystemCommand => ({ type: 'Register', system: { ...billing, ...changes } });
const test: SystemCommand = { type: 'RecordConnectionTest', result: { system_id: billing.system_id, passed: true, message: 'fine' } };
const when = (history: SystemEvent[], command: SystemCommand) => systemDecider.decide(command, fold(systemDecider, history));

it('is registered once, however often it is asked for', () => {
  expect(when([], register())).toEqual([registered]);
  expect(when([registered], register())).toEqual([]);
  expect(when([registered], register({ retention_policy_id: null }))).toEqual([]);
});

it('does not change under its id', () => {
  expect(() => when([registered], register({ source: { kind: 'directory', path: '/srv/other' } }))).toThrow(
    expect.objectContaining({ code: 'SYSTEM_EXISTS' }),
  );
});

it('keeps every test of its connection, and only of what is registered', () => {
  expect(when([registered], test)).toMatchObject([{ type: 'SystemConnectionTested' }]);
  expect(() => when([], test)).toThrow(expect.objectContaining({ code: 'SYSTEM_UNKNOWN' }));
  expect(fold(systemDecider, [registered, ...when([registered], test)]).lastTest).toMatchObject({ passed: true });
});
