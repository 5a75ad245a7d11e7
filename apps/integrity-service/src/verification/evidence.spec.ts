import { CheckList } from './domain/check-list.js';
import { digestOf } from './evidence.js';

it('has another digest for another result', () => {
  const one = new CheckList();
  const other = new CheckList();
  one.compare('rows', 1, 1);
  other.compare('rows', 2, 2);
  expect(digestOf(one).sha256).not.toBe(digestOf(other).sha256);
});
