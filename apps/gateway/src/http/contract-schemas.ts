// The registry of @Type decorators, without which nested classes have no schema; class-transformer does not export it.
// @ts-expect-error it ships no types for that file either
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

export type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[] };

export const schemaRef = '#/components/schemas/';

/** The JSON Schemas of all classes that are validated, by their names. */
export const contractSchemas = (): Record<string, Schema> =>
  validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    refPointerPrefix: schemaRef,
  }) as Record<string, Schema>;

/** The schemas that a document names, and those that these name, sorted by name. @param as how each is written */
export function reachableSchemas(
  schemas: Record<string, Schema>,
  named: readonly string[],
  as: (schema: Schema) => Schema,
): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const open = [...named];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = schemas[name];
    if (!schema || found.has(name)) continue;
    found.set(name, as(schema));
    open.push(...schemasNamedIn(schema));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const schemasNamedIn = (document: object): string[] =>
  [...JSON.stringify(document).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);
