// Writes what is generated from the code and committed; run after a build. `git diff --exit-code docs/generated` shows drift.
import fs from 'node:fs';
import path from 'node:path';
import 'reflect-metadata';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const generated = path.join(root, 'docs/generated');

async function writeJson(name, value) {
  const file = path.join(generated, name);
  const options = await prettier.resolveConfig(file);
  fs.mkdirSync(generated, { recursive: true });
  fs.writeFileSync(file, await prettier.format(JSON.stringify(value), { ...options, parser: 'json' }));
  console.log(`docs/generated/${name}`);
}

const { describeApi } = await import(path.join(root, 'apps/gateway/dist/http/describe-api.js'));
await writeJson('openapi.json', await describeApi());
