import { schemaFingerprint } from './schema-fingerprint.js';
import type { SchemaDocument, SchemaObject } from './schema-document.js';

const documentOf = (...objects: Pick<SchemaObject, 'kind' | 'statements' | 'signature'>[]): SchemaDocument => ({
  document_version: 1,
  source_kind: 'postgresql',
  database: 'd',
  server_version: '18.4',
  server_version_num: 180004,
  encoding: 'UTF8',
  locale: { provider: 'libc', collate: 'C', ctype: 'C' },
  tables: [],
  sequences: [],
  extensions: [],
  objects: objects.map((object, place) => ({ identity: `"o${place}"`, section: 'pre', ...object })),
  not_restored: [],
  excluded: [],
  fingerprint: '',
});

const same = (mode: 'exact' | 'comparable', a: SchemaDocument, b: SchemaDocument) =>
  schemaFingerprint(a, mode) === schemaFingerprint(b, mode);

describe('the fingerprint of a schema', () => {
  it('compares what servers write with other casts, names and qualifiers', () => {
    const old = documentOf(
      { kind: 'constraint', statements: [`CHECK (((s)::text = ANY ((ARRAY['a'::character varying])::text[])))`] },
      { kind: 'table', statements: ['CREATE TABLE t ("id" integer NOT NULL)'] },
      { kind: 'view', statements: ['SELECT t.id FROM t'], signature: '[["id","integer"]]' },
    );
    const fresh = documentOf(
      { kind: 'constraint', statements: [`CHECK (((s)::text = ANY (ARRAY[('a'::character varying)::text])))`] },
      { kind: 'table', statements: ['CREATE TABLE t ("id" integer CONSTRAINT "t_""id" NOT NULL)'] },
      { kind: 'view', statements: ['SELECT id FROM t'], signature: '[["id","integer"]]' },
    );
    expect(same('comparable', old, fresh)).toBe(true);
    expect(same('exact', old, fresh)).toBe(false);
  });

  it.each([
    [
      { kind: 'table', statements: ['CREATE TABLE t (id integer)'] },
      { kind: 'table', statements: ['CREATE TABLE t (id bigint)'] },
    ],
    [
      { kind: 'table', statements: ['CREATE TABLE t (id integer)'] },
      { kind: 'table', statements: ['CREATE TABLE t (id integer NOT NULL)'] },
    ],
    [
      { kind: 'view', statements: ['x'], signature: '[["id","integer"]]' },
      { kind: 'view', statements: ['x'], signature: '[["id","bigint"]]' },
    ],
    [
      { kind: 'function', statements: ['AS $$ a $$'] },
      { kind: 'function', statements: ['AS $$ a  $$'] },
    ],
  ] as const)('tells apart what differs: %j', (a, b) => {
    expect(
      same('comparable', documentOf({ ...a, statements: [...a.statements] }), documentOf({ ...b, statements: [...b.statements] })),
    ).toBe(false);
  });
});
