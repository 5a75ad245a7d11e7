import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { classifyCorpus, figureRows, figuresOf } from './testing/figures.js';

const results = classifyCorpus();
const doc = path.resolve(import.meta.dirname, '../../../../docs/classification.md');

it('calls every clean column clean', () => {
  const wrong = results.filter(({ column, found }) => column.kinds.length === 0 && found.length > 0);
  expect(wrong.map(({ column, found }) => `${column.container}.${column.element}: ${found.join()}`)).toEqual([]);
});

it('finds what is planted under a name that says so, and nothing else in it', () => {
  const telling = results.filter(({ column }) => column.kinds.length > 0 && !column.element.startsWith('attr_'));
  const other = telling.filter(({ column, found }) => found.toSorted().join() !== column.kinds.toSorted().join());
  expect(other.map(({ column, found }) => `${column.container}.${column.element} (${column.values.length}): ${found.join()}`)).toEqual([]);
});

it('has the figures in its documentation', async () => {
  const text = await readFile(doc, 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| `') && line.includes('%'));
  const squeeze = (line: string) => line.replaceAll(/ +/g, ' ');
  expect(rows.map(squeeze)).toEqual(figureRows(figuresOf(results)).map(squeeze));
});
