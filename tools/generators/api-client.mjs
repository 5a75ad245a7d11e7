// The web client's types, from the OpenAPI document. What the client itself sends with every request is no parameter of a call.
import { createRequire } from 'node:module';
import path from 'node:path';

// It brings a compiler of its own along, and stands beside the app that it writes for.
const require = createRequire(path.resolve(import.meta.dirname, '../../apps/web/package.json'));
const { default: openapiTS, astToString } = require('openapi-typescript');

const sentByTheClient = ['X-Client-Account-ID', 'X-Engagement-ID', 'Idempotency-Key'];

export async function apiClientTypes(document) {
  const reduced = JSON.parse(JSON.stringify(document));
  for (const methods of Object.values(reduced.paths))
    for (const operation of Object.values(methods))
      operation.parameters = (operation.parameters ?? []).filter((parameter) => !sentByTheClient.includes(parameter.name));
  const head = '// Generated from docs/generated/openapi.json by `npm run generate`. Do not edit.\n';
  return head + astToString(await openapiTS(reduced, { alphabetize: false }));
}
