import type { ScopePart } from '@lastcopy/contracts';
import { changedParts, comparedParts } from './changed-parts.js';

const part = (name: string, content?: Record<string, unknown>): ScopePart => ({
  ...{ name, sha256: JSON.stringify(content ?? name) },
  ...(content ? { content } : {}),
});
const document = (place: number, artifact_id: string, filename: string, sha256 = 'a'.repeat(64)) =>
  part(`Document: data retention policy${place > 1 ? ` (${place})` : ''}`, {
    artifact_id,
    kind: 'data_retention_policy',
    filename,
    sha256,
  });
const source = (host: string) => part('Billing: source', { source: { host } });

it.each<[string, ScopePart[], ScopePart[], string[]]>([
  ['nothing', [source('a'), document(1, 'one', 'a.pdf')], [source('a'), document(1, 'one', 'a.pdf')], []],
  [
    'the first of two documents was withdrawn, and the second has its place',
    [document(1, 'one', 'a.pdf'), document(2, 'two', 'b.pdf')],
    [document(1, 'two', 'b.pdf')],
    ['Document: data retention policy "a.pdf" is no longer part of it'],
  ],
  [
    'a second document was added before the first',
    [document(1, 'one', 'a.pdf')],
    [document(1, 'two', 'b.pdf'), document(2, 'one', 'a.pdf')],
    ['Document: data retention policy "b.pdf" was added'],
  ],
  [
    'one of two was replaced',
    [document(1, 'one', 'a.pdf'), document(2, 'two', 'b.pdf')],
    [document(1, 'one', 'a.pdf'), document(2, 'two', 'b.pdf', 'b'.repeat(64))],
    ['Document: data retention policy "b.pdf": content aaaaaaaaaaaa… → bbbbbbbbbbbb…'],
  ],
  ['the only one was withdrawn', [document(1, 'one', 'a.pdf')], [], ['Document: data retention policy is no longer part of it']],
  [
    'a scope of which only hashes were kept',
    [part('Billing: source'), part('Document: data retention policy')],
    [source('a'), document(1, 'one', 'a.pdf')],
    ['Billing: source changed', 'Document: data retention policy changed'],
  ],
])('says what changed: %s', (_, before, now, words) => {
  expect(changedParts(before, now)).toEqual(words);
});

it('shows each document beside itself, under a name of its own', () => {
  const before = [document(1, 'one', 'a.pdf'), document(2, 'two', 'b.pdf'), document(3, 'three', 'b.pdf')];
  const now = [document(1, 'two', 'b.pdf'), document(2, 'three', 'b.pdf')];
  const shown = comparedParts(before, now).map(({ name, requested, present, change }) => [name, !!requested, !!present, change]);
  expect(shown).toEqual([
    ['Document: data retention policy "a.pdf"', true, false, 'Document: data retention policy "a.pdf" is no longer part of it'],
    ['Document: data retention policy "b.pdf"', true, true, null],
    ['Document: data retention policy "b.pdf" (2)', true, true, null],
  ]);
});
