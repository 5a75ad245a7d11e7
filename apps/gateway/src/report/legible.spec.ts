import { legible } from './legible.js';

it.each([
  ['Ledger “Zürich” – żółw, Ж, α ≥ 5 · …', 'Ledger “Zürich” – żółw, Ж, α ≥ 5 · …'],
  ['host db → db2', 'host db -> db2'],
  ['給与', '[U+7D66][U+4E0E]'],
  ['done 😀', 'done [U+1F600]'],
  ['two\nlines\u200band a break', 'two\nlines\u200band a break'],
])('writes %j so that nothing of it is lost on paper', (text, expected) => {
  expect(legible(text)).toBe(expected);
});
