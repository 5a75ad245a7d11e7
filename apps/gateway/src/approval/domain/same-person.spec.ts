import { readsLikeService, samePerson } from './same-person.js';

it.each(['Olga', ' olga ', 'ｏlga', 'olga\u200b', 'ol\u00adga', '\u2066olga\u2069', 'olga\u0000'])('takes %j for olga', (other) =>
  expect(samePerson('olga', other)).toBe(true),
);

it.each(['olgah', 'dana', '', null, undefined])('takes %j for somebody else', (other) => expect(samePerson('olga', other)).toBe(false));

it.each(['service:gateway', 'Service:x', ' service:x', 'ｓｅｒｖｉｃｅ：gateway', 'service﹕gateway', 'ser\u200bvice:gateway'])(
  'takes %j for a service',
  (userId) => expect(readsLikeService(userId)).toBe(true),
);

it.each(['services', 'customer-service:anna', 'service'])('takes %j for a person', (userId) =>
  expect(readsLikeService(userId)).toBe(false),
);
