import { actorName, serviceName } from './person-name.js';

const people = [{ user_id: 'olga', name: 'Olga Operator' }] as never;

it.each([
  ['service:gateway', 'Gateway (service)'],
  ['service:archive-service', 'Archive (service)'],
  ['service:policy-service', 'Policy (service)'],
  ['service:legal-hold-watch', 'Legal hold watch (service)'],
])('says %s as %s', (actor, said) => {
  expect(serviceName(actor)).toBe(said);
});

it('says a person by name, and whoever has never signed in by the id', () => {
  expect(serviceName('olga')).toBeUndefined();
  expect(actorName('olga', people)).toBe('Olga Operator');
  expect(actorName('service:gateway', undefined)).toBe('Gateway (service)');
  expect(actorName('nora', people)).toBe('nora');
});
