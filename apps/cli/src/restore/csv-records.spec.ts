import { CsvRecords } from './csv-records.js';

const count = (text: string, columns: number, pieceBytes = 1_000): number => {
  const records = new CsvRecords('data/t-0001', columns);
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) records.write(bytes.subarray(at, at + pieceBytes));
  return records.end();
};

it.each([1, 2, 3, 1_000])('counts records in pieces of %i bytes', (pieceBytes) => {
  expect(count('1,a\n2,"x,\n""y"",\n"\n,\n"",""\n', 2, pieceBytes)).toBe(4);
});

it('counts the empty lines of a table without columns, and none in an empty one', () => {
  expect(count('\n\n', 0)).toBe(2);
  expect(count('', 3)).toBe(0);
});

it.each([
  ['a,b\n', 1, /record 1 .* 2 fields, not 1/],
  ['a\nb', 1, /record 2 .* ends inside it/],
  ['"a\n', 1, /record 1 .* ends inside it/],
])('refuses %j', (text, columns, message) => {
  expect(() => count(text, columns)).toThrow(
    expect.objectContaining({ code: 'ARCHIVE_OBJECT_DAMAGED', message: expect.stringMatching(message) }),
  );
});
