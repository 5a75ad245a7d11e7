// Writes what is generated from the code and committed; run after a build. `git diff --exit-code docs/generated` shows drift.
import fs from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const generated = path.join(root, 'docs/generated');

async function write(name, text, parser) {
  const file = path.join(generated, name);
  const options = await prettier.resolveConfig(file);
  fs.mkdirSync(generated, { recursive: true });
  fs.writeFileSync(file, await prettier.format(text, { ...options, parser }));
  console.log(`docs/generated/${name}`);
}

const { describeApi } = await import(path.join(root, 'apps/gateway/dist/http/describe-api.js'));
await write('openapi.json', JSON.stringify(await describeApi()), 'json');

const { asyncApiDocument, eventCataloguePage } = await import('./generators/event-schemas.mjs');
await write('asyncapi.json', JSON.stringify(asyncApiDocument()), 'json');
await write('events.md', eventCataloguePage(), 'markdown');
