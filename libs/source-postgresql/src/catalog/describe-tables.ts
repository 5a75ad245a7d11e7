import type { ColumnDescription, TableDescription } from '../schema-document.js';
import type { ColumnRow, TableRow } from './table-rows.js';

/** Ordinals follow the sorted names, so that the same schema gives the same places. */
export function describeTables(rows: TableRow[]): TableDescription[] {
  let place = 0;
  return rows.map((row) => ({ ...(row.relkind === 'r' ? { ordinal: tableOrdinal(++place) } : {}), ...describeTable(row) }));
}

const tableOrdinal = (place: number): string => `t-${String(place).padStart(4, '0')}`;

function describeTable(row: TableRow): TableDescription {
  const parents = row.parents ?? [];
  const [parent] = parents;
  return {
    schema: row.schema,
    name: row.name,
    kind: row.relkind === 'p' ? 'partitioned_table' : 'table',
    unlogged: row.persistence === 'u',
    columns: (row.columns ?? []).map(describeColumn),
    ...(row.primary_key === null ? {} : { primary_key: row.primary_key }),
    ...(row.partition_key === null ? {} : { partition_key: row.partition_key }),
    ...(row.is_partition && parent ? { partition_of: { schema: parent.schema, name: parent.name, bound: row.bound! } } : {}),
    ...(row.is_partition || parents.length === 0 ? {} : { inherits: parents.map(({ schema, name }) => ({ schema, name })) }),
    row_security: { enabled: row.row_security, forced: row.force_row_security, policies: row.policies ?? [] },
    owner: row.owner,
    ...(row.privileges === null ? {} : { privileges: row.privileges }),
    ...(row.comment === null ? {} : { comment: row.comment }),
  };
}

function describeColumn(row: ColumnRow): ColumnDescription {
  const identity = ({ a: 'always', d: 'by_default' } as const)[row.identity];
  const generated = ({ s: 'stored', v: 'virtual' } as const)[row.generated];
  return {
    name: row.name,
    type: row.type,
    not_null: row.not_null,
    ...(row.expression === null ? {} : generated ? { expression: row.expression } : { default: row.expression }),
    ...(identity === undefined ? {} : { identity }),
    ...(generated === undefined ? {} : { generated }),
    ...(row.collation === null ? {} : { collation: row.collation }),
    ...(row.comment === null ? {} : { comment: row.comment }),
  };
}
