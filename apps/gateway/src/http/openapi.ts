import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
// The registry of @Type decorators, without which nested classes have no schema; class-transformer does not export it.
// @ts-expect-error it ships no types for that file either
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';

type Schema = Record<string, unknown> & { properties?: Record<string, Schema>; required?: string[] };

/** An optional field may also be null: class-validator treats both alike. */
function nullable(schema: Schema): Schema {
  if (typeof schema.type === 'string' && !schema.enum) return { ...schema, type: [schema.type, 'null'] };
  return { anyOf: [schema, { type: 'null' }] };
}

function withNullableFields(schema: Schema): Schema {
  const { properties = {}, required = [] } = schema;
  const fields = Object.entries(properties).map(([name, field]) => [name, required.includes(name) ? field : nullable(field)]);
  return { ...schema, properties: Object.fromEntries(fields) };
}

const namedIn = (text: string): string[] => [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);

/** The schemas that the routes name, and those that these name. */
function reachable(schemas: Record<string, Schema>, from: string): Record<string, Schema> {
  const found = new Map<string, Schema>();
  const open = namedIn(from);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = schemas[name];
    if (!schema || found.has(name)) continue;
    found.set(name, withNullableFields(schema));
    open.push(...namedIn(JSON.stringify(schema)));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Parameter {
  name: string;
  in: string;
}

const isHeader = ({ in: place }: Parameter): boolean => place === 'header';

/** A header that a handler reads is told of in small letters, besides the documented one: names of headers know no case. */
const onceEach = (parameters: readonly Parameter[]): Parameter[] =>
  parameters.filter(
    ({ name, in: place }) =>
      place !== 'header' || !parameters.some((other) => isHeader(other) && other.name !== name && other.name.toLowerCase() === name),
  );

function withoutRepeatedHeaders(document: OpenAPIObject): OpenAPIObject {
  for (const methods of Object.values(document.paths))
    for (const operation of Object.values(methods as Record<string, { parameters?: Parameter[] }>))
      if (operation.parameters) operation.parameters = onceEach(operation.parameters);
  return document;
}

/** OpenAPI 3.1 of the gateway: the routes as the controllers declare them, the schemas as the contracts validate them. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Lastcopy')
    .setDescription('Takes, proves and gates the last copy of a retiring system.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .build();
  const document = withoutRepeatedHeaders(SwaggerModule.createDocument(app, config));
  const schemas = validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage as never,
    refPointerPrefix: '#/components/schemas/',
  }) as Record<string, Schema>;
  const used = reachable(schemas, JSON.stringify(document.paths));
  return { ...document, components: { ...document.components, schemas: used as never } };
}
