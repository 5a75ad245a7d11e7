import { createHash } from 'node:crypto';
import type { SchemaDocument, SchemaObject } from './schema-document.js';

/**
 * SHA-256 (hex) of everything that is recreated: encoding, locale, extensions and each object's statements; not owners, privileges, policies,
 * sequence values or the server's version.
 * `exact` tells whether a source changed meanwhile. `comparable` also ignores casts, parentheses and white space of statements: the server
 * writes `x IN ('a')` on a varchar column with other casts each time it is dumped and loaded. Of a view it takes the columns and their types,
 * and of a NOT NULL not its name: servers of different versions write the one with more or fewer qualifiers, and know no name of the other.
 */
export function schemaFingerprint(document: Omit<SchemaDocument, 'fingerprint'>, mode: 'exact' | 'comparable'): string {
  const objects = document.objects.map((object) => [object.kind, object.identity, ...statementsOf(object, mode)].join('\u0000')).sort();
  const head = [
    document.encoding,
    document.locale.provider,
    document.locale.collate,
    document.locale.ctype,
    document.locale.icu_locale ?? '',
  ];
  return createHash('sha256')
    .update(JSON.stringify([head, objects]))
    .digest('hex');
}

function statementsOf(object: SchemaObject, mode: 'exact' | 'comparable'): string[] {
  if (mode === 'comparable' && object.signature !== undefined) return [object.signature];
  const isSource = object.kind === 'function' || object.kind === 'type';
  return mode === 'exact' || isSource ? object.statements : object.statements.map(withoutCasts);
}

const cast =
  /::("[^"]+"|[a-z_][a-z0-9_]*)(\.("[^"]+"|[a-z_][a-z0-9_]*))?( varying| precision| with(out)? time zone)?(\(\d+(,\d+)?\))?(\[\])*/g;

const notNullName = /CONSTRAINT "(?:[^"]|"")*" NOT NULL/g;

const withoutCasts = (statement: string): string =>
  statement
    .replace(notNullName, 'NOT NULL')
    .replace(cast, '')
    .replace(/[()\s]/g, '');
