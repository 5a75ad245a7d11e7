import { Ajv } from 'ajv';
import { eventCatalogue } from '@lastcopy/contracts';
import { asyncApiDocument } from './asyncapi.js';

const document = asyncApiDocument();
const types = Object.keys(eventCatalogue).sort();

/** What a JSON pointer within the document leads to. */
const at = (pointer: string): unknown =>
  pointer
    .slice(2)
    .split('/')
    .reduce<unknown>((found, name) => (found as Record<string, unknown> | undefined)?.[name], document);

it('has a channel, an operation and a message for every event of the catalogue', () => {
  expect([document.asyncapi, types.length > 60]).toEqual(['3.0.0', true]);
  expect(Object.keys(document.channels).sort()).toEqual(types);
  expect(Object.keys(document.operations).sort()).toEqual(types.map((type) => `publish${type}`));
  expect(Object.keys(document.components.messages).sort()).toEqual(types);
});

it('refers to nothing that it does not hold', () => {
  const refs = new Set([...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!));
  expect(refs.size).toBeGreaterThan(types.length);
  expect([...refs].filter((ref) => !ref.startsWith('#/') || at(ref) === undefined)).toEqual([]);
});

it('describes payloads by schemas that hold data to them', () => {
  const ajv = new Ajv({ strict: false, validateFormats: false, schemas: [{ ...document, $id: 'events' }] });
  for (const type of types) {
    const { payload } = document.components.messages[type]!;
    expect([type, typeof ajv.compile({ $ref: `events${payload.$ref}` })]).toEqual([type, 'function']);
  }
  const paused = ajv.compile({ $ref: `events${document.components.messages.FlowPaused!.payload.$ref}` });
  const flow_id = '0190a000-0000-7000-8000-000000000001';
  expect([paused({ flow_id, reason: 'lunch' }), paused({ flow_id }), paused({ flow_id, reason: 'lunch', more: 1 })]).toEqual([
    true,
    false,
    false,
  ]);
});
