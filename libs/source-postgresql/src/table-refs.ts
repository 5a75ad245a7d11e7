import type { SchemaDocument, TableRef } from './schema-document.js';

/** Every relation of the schema that holds rows, in the order of its ordinals. */
export const tableRefs = (schema: SchemaDocument): TableRef[] =>
  schema.tables.flatMap((table) =>
    table.ordinal === undefined
      ? []
      : [
          {
            ordinal: table.ordinal,
            schema: table.schema,
            name: table.name,
            columns: table.columns.filter((column) => column.generated === undefined).map((column) => column.name),
          },
        ],
  );
