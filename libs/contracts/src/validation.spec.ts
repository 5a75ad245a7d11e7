import { randomUUID } from 'node:crypto';
import { assertEventPayload, EnsureTenantPolicies, parseAs, RegisterSystem, UnparkRequest } from './index.js';

const system = {
  system_id: randomUUID(),
  system_name: 'Billing',
  source: { kind: 'directory', path: '/srv/share' },
  data_classification: ['PII'],
  compliance_requirements: ['SOX'],
};
const faultsOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as { details: { errors: { pointer: string }[] } }).details.errors.map(({ pointer }) => pointer);
  }
  return [];
};

it('gives an instance of what is valid', () => {
  expect(parseAs(RegisterSystem, system)).toBeInstanceOf(RegisterSystem);
});

it('names every fault by its pointer, nested ones too', () => {
  expect(faultsOf(() => parseAs(RegisterSystem, { ...system, source: { kind: 'postgresql', port: 0 }, extra: 1 }))).toEqual(
    expect.arrayContaining(['/extra', '/source/host', '/source/port', '/source/database', '/source/user', '/source/secret_ref']),
  );
});

it('misses a part that is not there at all', () => {
  expect(faultsOf(() => parseAs(RegisterSystem, { ...system, source: undefined }))).toEqual(['/source']);
  expect(faultsOf(() => parseAs(UnparkRequest, 'text'))).toEqual(['']);
});

it('takes an empty object for a command without fields, and nothing else', () => {
  expect(parseAs(EnsureTenantPolicies, {})).toBeInstanceOf(EnsureTenantPolicies);
  expect(faultsOf(() => parseAs(EnsureTenantPolicies, { tenant: 'x' }))).toEqual(['/tenant']);
});

it('refuses an event that no contract describes, or that breaks its contract', () => {
  const refused = expect.objectContaining({ code: 'EVENT_MALFORMED' });
  expect(() => assertEventPayload('SomethingElse', {})).toThrow(refused);
  expect(() => assertEventPayload('FlowPaused', { flow_id: 'x', reason: 'y' })).toThrow(refused);
  expect(() => assertEventPayload('FlowPaused', { flow_id: randomUUID(), reason: 'y' })).not.toThrow();
});
