// The contracts' validated classes as JSON Schemas, and what is made of those of the events: AsyncAPI 3 and the catalogue page.
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { aggregateOwners, cloudEventType, eventCatalogue, eventsStreamName } from '@lastcopy/contracts';

const refPrefix = '#/components/schemas/';

const allSchemas = () =>
  validationMetadatasToSchemas({ classTransformerMetadataStorage: defaultMetadataStorage, refPointerPrefix: refPrefix });
const namedIn = (schema) => [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name);

/** The schemas of the named classes and of what they refer to, by name. */
function reachable(names) {
  const schemas = allSchemas();
  const found = new Map();
  for (const open = [...names]; open.length > 0;) {
    const name = open.pop();
    if (found.has(name) || !schemas[name]) continue;
    found.set(name, { ...schemas[name], additionalProperties: false });
    open.push(...namedIn(schemas[name]));
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A class that adds no field to another one has that one's schema. */
function schemaNameOf(payload, schemas) {
  for (let type = payload; type?.name; type = Object.getPrototypeOf(type)) if (schemas[type.name]) return type.name;
  throw new Error(`No schema describes ${payload.name}`);
}

const ownersOf = ({ aggregates }) => [...new Set(aggregates.map((aggregate) => aggregateOwners[aggregate]))];
const definitions = () => {
  const schemas = allSchemas();
  return Object.entries(eventCatalogue).map(([type, definition]) => ({
    type,
    ...definition,
    schema: schemaNameOf(definition.payload, schemas),
    owners: ownersOf(definition),
  }));
};

const cloudEventHeaders = {
  type: 'object',
  description: 'CloudEvents 1.0 in binary mode, and the place of the event in its log.',
  required: ['ce-id', 'ce-type', 'ce-source', 'ce-time', 'lastcopy-position', 'lastcopy-hash'],
  properties: Object.fromEntries(
    ['ce-specversion', 'ce-id', 'ce-type', 'ce-source', 'ce-subject', 'ce-time', 'ce-datacontenttype', 'traceparent', 'ce-clientaccountid']
      .concat(['ce-engagementid', 'ce-flowid', 'ce-streamversion', 'ce-actor', 'ce-causationid', 'ce-correlationid'])
      .concat([
        'lastcopy-position',
        'lastcopy-prev-position',
        'lastcopy-prev-hash',
        'lastcopy-hash',
        'lastcopy-epoch',
        'lastcopy-stream-id',
      ])
      .map((name) => [name, { type: 'string' }]),
  ),
};

const channelOf = ({ type, aggregates }) => ({
  address: `lastcopy.events.{client_account_id}.{engagement_id}.{aggregate}.{aggregate_id}.${type}`,
  parameters: { client_account_id: {}, engagement_id: {}, aggregate: { enum: [...aggregates] }, aggregate_id: {} },
  messages: { [type]: { $ref: `#/components/messages/${type}` } },
});

const messageOf = ({ type, schema, aggregates, schemaVersion }) => ({
  name: type,
  title: aggregates.map((aggregate) => cloudEventType({ aggregate, type, schema_version: schemaVersion })).join(', '),
  contentType: 'application/json',
  headers: { $ref: `${refPrefix}CloudEventHeaders` },
  payload: { $ref: `${refPrefix}${schema}` },
});

/** AsyncAPI 3 of all that passes on the bus. */
export function asyncApiDocument() {
  const events = definitions();
  const schemas = reachable(events.map(({ schema }) => schema));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Lastcopy events',
      version: '1',
      description: `The JetStream stream ${eventsStreamName}. Delivered at least once; key idempotency on stream and version.`,
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(events.map((event) => [event.type, channelOf(event)])),
    operations: Object.fromEntries(
      events.map(({ type }) => [`publish${type}`, { action: 'send', channel: { $ref: `#/channels/${type}` } }]),
    ),
    components: {
      messages: Object.fromEntries(events.map((event) => [event.type, messageOf(event)])),
      schemas: { CloudEventHeaders: cloudEventHeaders, ...schemas },
    },
  };
}

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
  const sections = definitions().map(({ type, schema, aggregates, owners }) =>
    [
      `## ${type}`,
      `By ${owners.join(', ')}, on ${aggregates.map((aggregate) => `\`${aggregate}\``).join(', ')}.`,
      fieldsOf(type, components.schemas[schema]),
    ].join('\n\n'),
  );
  const payloads = new Set(definitions().map(({ schema }) => schema));
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
