// Writes what is generated from the code and committed; run after a build. `git diff --exit-code` shows drift.
import fs from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');

async function write(name, text, parser) {
  const file = path.join(root, name);
  const options = await prettier.resolveConfig(file);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, await prettier.format(text, { ...options, parser }));
  console.log(name);
}

const { describeApi } = await import(path.join(root, 'apps/gateway/dist/http/describe-api.js'));
const api = await describeApi();
await write('docs/generated/openapi.json', JSON.stringify(api), 'json');

const { apiClientTypes } = await import('./generators/api-client.mjs');
await write('apps/web/src/api/generated/schema.ts', await apiClientTypes(JSON.parse(JSON.stringify(api))), 'typescript');

const { asyncApiDocument, eventCataloguePage } = await import('./generators/event-schemas.mjs');
await write('docs/generated/asyncapi.json', JSON.stringify(asyncApiDocument()), 'json');
await write('docs/generated/events.md', eventCataloguePage(), 'markdown');
