import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { contractSchemas, reachableSchemas, schemasNamedIn, type Schema } from './contract-schemas.js';

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
  const used = reachableSchemas(contractSchemas(), schemasNamedIn(document.paths), withNullableFields);
  return { ...document, components: { ...document.components, schemas: used as never } };
}
