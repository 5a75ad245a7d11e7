// What is made of the contracts' events: AsyncAPI 3, as the gateway serves it, and the catalogue page.
import { asyncApiDocument, eventDescriptions } from '../../apps/gateway/dist/http/asyncapi.js';

export { asyncApiDocument };

const refPrefix = '#/components/schemas/';

function typeOf(schema) {
  if (schema.$ref) return schema.$ref.replace(refPrefix, '');
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`;
  return [schema.format ?? schema.type ?? 'any'].flat().join(' or ');
}

function fieldsOf(name, schema) {
  const rows = Object.entries(schema.properties ?? {}).map(
    ([field, type]) => `| \`${field}\` | ${typeOf(type)} | ${schema.required?.includes(field) ? 'yes' : ''} |`,
  );
  return [`| field of ${name} | type | required |`, '|---|---|---|', ...rows].join('\n');
}

/** The catalogue page: each event, who publishes it, and what it carries. */
export function eventCataloguePage() {
  const { components } = asyncApiDocument();
  const sections = eventDescriptions().map(({ type, schema, aggregates, owners }) =>
    [
      `## ${type}`,
      `By ${owners.join(', ')}, on ${aggregates.map((aggregate) => `\`${aggregate}\``).join(', ')}.`,
      fieldsOf(type, components.schemas[schema]),
    ].join('\n\n'),
  );
  const payloads = new Set(eventDescriptions().map(({ schema }) => schema));
  const shared = Object.entries(components.schemas).filter(([name]) => name !== 'CloudEventHeaders' && !payloads.has(name));
  const parts = shared.map(([name, schema]) => `## ${name}\n\n${fieldsOf(name, schema)}`);
  return [
    '# Events',
    'Generated from the contracts. The envelope and the headers are in `asyncapi.json` beside this page.',
    ...sections,
    '# Parts of events',
    ...parts,
  ].join('\n\n');
}
