import { aggregateOwners, cloudEventType, eventCatalogue, eventsStreamName, type EventType, type ServiceName } from '@lastcopy/contracts';
import { contractSchemas, reachableSchemas, schemaRef, type Schema } from './contract-schemas.js';

export interface EventDescription {
  type: EventType;
  /** Name of the payload's schema. */
  schema: string;
  aggregates: readonly (keyof typeof aggregateOwners)[];
  schemaVersion: number;
  /** The services that publish it. */
  owners: ServiceName[];
}

/** A class that adds no field to another one has that one's schema. */
function schemaNameOf(payload: new () => object, schemas: Record<string, Schema>): string {
  for (let type = payload; type?.name; type = Object.getPrototypeOf(type) as new () => object) if (schemas[type.name]) return type.name;
  throw new Error(`No schema describes ${payload.name}`);
}

/** Every event of the catalogue, as it is published. */
export function eventDescriptions(): EventDescription[] {
  const schemas = contractSchemas();
  return (Object.keys(eventCatalogue) as EventType[]).map((type) => {
    const { payload, aggregates, schemaVersion } = eventCatalogue[type];
    const owners = [...new Set(aggregates.map((aggregate) => aggregateOwners[aggregate]))];
    return { type, aggregates, schemaVersion, owners, schema: schemaNameOf(payload, schemas) };
  });
}

const headerNames = [
  ...['ce-specversion', 'ce-id', 'ce-type', 'ce-source', 'ce-subject', 'ce-time', 'ce-datacontenttype', 'traceparent'],
  ...['ce-clientaccountid', 'ce-engagementid', 'ce-flowid', 'ce-streamversion', 'ce-actor', 'ce-causationid', 'ce-correlationid'],
  ...['lastcopy-position', 'lastcopy-prev-position', 'lastcopy-prev-hash', 'lastcopy-hash', 'lastcopy-epoch', 'lastcopy-stream-id'],
];

const cloudEventHeaders = {
  type: 'object',
  description: 'CloudEvents 1.0 in binary mode, and the place of the event in its log.',
  required: ['ce-id', 'ce-type', 'ce-source', 'ce-time', 'lastcopy-position', 'lastcopy-hash'],
  properties: Object.fromEntries(headerNames.map((name) => [name, { type: 'string' }])),
};

const channelOf = ({ type, aggregates }: EventDescription) => ({
  address: `lastcopy.events.{client_account_id}.{engagement_id}.{aggregate}.{aggregate_id}.${type}`,
  parameters: { client_account_id: {}, engagement_id: {}, aggregate: { enum: [...aggregates] }, aggregate_id: {} },
  messages: { [type]: { $ref: `#/components/messages/${type}` } },
});

const messageOf = ({ type, schema, aggregates, schemaVersion }: EventDescription) => ({
  name: type,
  title: aggregates.map((aggregate) => cloudEventType({ aggregate, type, schema_version: schemaVersion })).join(', '),
  contentType: 'application/json',
  headers: { $ref: `${schemaRef}CloudEventHeaders` },
  payload: { $ref: `${schemaRef}${schema}` },
});

/** AsyncAPI 3 of all that passes on the bus. */
export function asyncApiDocument() {
  const events = eventDescriptions();
  const named = events.map(({ schema }) => schema);
  const schemas = reachableSchemas(contractSchemas(), named, (schema) => ({ ...schema, additionalProperties: false }));
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
      schemas: { CloudEventHeaders: cloudEventHeaders, ...schemas } as Record<string, Schema>,
    },
  };
}
