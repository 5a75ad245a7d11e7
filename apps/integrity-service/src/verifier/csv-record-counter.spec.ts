import fc from 'fast-check';
import { CsvRecordCounter } from './csv-record-counter.js';

const count = (text: string, columns: number, cut = text.length): number => {
  const counter = new CsvRecordCounter('data/t-0001', columns);
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += cut) counter.write(bytes.subarray(start, start + cut));
  return counter.end();
};

it.each([
  ['', 3, 0],
  ['1,2,3\n', 3, 1],
  [',,\n,"",\n', 3, 2],
  ['"a\nb","c""d"\n', 2, 1],
  ['\n\n', 1, 2],
  ['\n\n\n', 0, 3],
  ['"""",""\n', 2, 1],
])('%j with %i columns has %i records', (text, columns, records) => {
  expect(count(text, columns)).toBe(records);
  if (text) expect(count(text, columns, 1)).toBe(records);
});

it.each([
  ['1,2\n', 3, 'it has 2 fields, not 3'],
  ['1,2', 2, 'the text ends inside it'],
  ['"1\n', 1, 'the text ends inside it'],
  ['"1"x\n', 1, 'text follows a closing quote'],
  ['a"b\n', 1, 'a quote stands in an unquoted field'],
])('%j with %i columns is refused: %s', (text, columns, why) => {
  expect(() => count(text, columns)).toThrow(
    expect.objectContaining({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringContaining(why) }),
  );
});

it('counts whatever values the records hold, however the stream is cut', () => {
  const value = fc.option(fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', '\\', 'é', ' ') }));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (rows, cut) => {
      const text = rows
        .map((row) => `${row.map((field) => (field === null ? '' : `"${field.replaceAll('"', '""')}"`)).join(',')}\n`)
        .join('');
      expect(count(text, 3, cut)).toBe(rows.length);
    }),
  );
});
