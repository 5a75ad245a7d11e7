import { CodedError } from '@lastcopy/kernel';
import type { TableDescription } from '@lastcopy/source-postgresql';
import { quotedName, type ArchivedDatabase, type ArchivedTable } from './archived-database.js';

/** `schema.name` as a person writes it, or `"schema"."name"` where that could mean two tables. */
function findTable(tables: readonly TableDescription[], wanted: string): TableDescription {
  const found = tables.filter((table) => quotedName(table) === wanted);
  if (found.length === 0) found.push(...tables.filter(({ schema, name }) => `${schema}.${name}` === wanted));
  if (found.length === 1) return found[0]!;
  if (found.length > 1) {
    throw new CodedError(
      'VALIDATION_FAILED',
      `--table ${wanted} could be ${found.map(quotedName).join(' or ')}: write it with its quotes.`,
    );
  }
  const near = tables.map(({ schema, name }) => `${schema}.${name}`).slice(0, 20);
  throw new CodedError(
    'VALIDATION_FAILED',
    `The archive has no table ${wanted}. It has ${near.join(', ')}${tables.length > 20 ? ', …' : ''}.`,
  );
}

function partitionsOf(tables: readonly TableDescription[], table: TableDescription): TableDescription[] {
  const own = tables.filter(({ partition_of }) => partition_of && quotedName(partition_of) === quotedName(table));
  return [table, ...own.flatMap((partition) => partitionsOf(tables, partition))];
}

/** The tables that `--table` names, a partitioned one with all its partitions; all of them when none is named. @throws VALIDATION_FAILED */
export function selectTables({ schema, tables }: ArchivedDatabase, wanted: readonly string[]): readonly ArchivedTable[] {
  if (wanted.length === 0) return tables;
  const described = wanted.flatMap((name) => partitionsOf(schema.tables, findTable(schema.tables, name)));
  const chosen = new Set(described.map(({ ordinal }) => ordinal));
  return tables.filter(({ ref }) => chosen.has(ref.ordinal));
}
