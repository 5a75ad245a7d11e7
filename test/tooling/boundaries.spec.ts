import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const cruiser = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
const config = path.join(root, '.dependency-cruiser.mjs');

/** What an otherwise sound tree holds, so that each rule has somewhere to point. */
const sound: Record<string, string> = {
  'tsconfig.json': '{"compilerOptions":{"module":"nodenext","target":"es2023"}}',
  'package.json': '{"name":"planted","type":"module"}',
  'libs/kernel/src/index.ts': 'export interface Event { type: string }',
  'libs/contracts/src/index.ts': "import type { Event } from '../../kernel/src/index.js';\nexport class Contract { event?: Event }",
  'libs/testkit/src/index.ts': 'export const given = 1;',
  'apps/a/src/job/domain/rules.ts':
    "import type { Event } from '../../../../../libs/kernel/src/index.js';\nimport type { Contract } from '../../../../../libs/contracts/src/index.js';\nexport type Both = Event & Contract;",
  'apps/a/src/job/ports/store.ts': "import type { Both } from '../domain/rules.js';\nexport interface Store { put(both: Both): void }",
  'apps/a/src/job/adapters/s3.ts':
    "import '@aws-sdk/client-s3';\nimport '@aws-crypto/client-node';\nimport 'pg';\nimport '@nats-io/transport-node';\nexport const s3 = 1;",
  'apps/a/src/job/commands/start.ts': "import type { Store } from '../ports/store.js';\nexport const start = (store: Store) => store;",
  'apps/a/src/job/commands/start.spec.ts': "import '../../../../../libs/testkit/src/index.js';\nimport 'pg';",
  'apps/b/src/bootstrap.ts': 'export const bootstrap = 1;',
  ...Object.fromEntries(
    ['@aws-sdk/client-s3', '@aws-crypto/client-node', 'pg', '@nats-io/transport-node'].flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' })],
      [`node_modules/${name}/index.js`, 'export {};'],
    ]),
  ),
};

const violationsOf = (planted: Record<string, string>): string[] => {
  const base = fs.mkdtempSync(path.join(os.tmpdir(), 'boundaries-'));
  try {
    for (const [file, text] of Object.entries({ ...sound, ...planted })) {
      fs.mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
      fs.writeFileSync(path.join(base, file), text);
    }
    const run = spawnSync(process.execPath, [cruiser, '--config', config, '--output-type', 'json', 'apps', 'libs'], {
      cwd: base,
      encoding: 'utf8',
    });
    if (!run.stdout.startsWith('{')) throw new Error(run.stderr);
    const { summary } = JSON.parse(run.stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
    return [...new Set(summary.violations.map(({ from, rule }) => `${rule.name} ${from}`))];
  } finally {
    fs.rmSync(base, { recursive: true, force: true });
  }
};

it('finds nothing in a tree that keeps the rules', () => {
  expect(violationsOf({})).toEqual([]);
});

const domain = 'apps/a/src/job/domain/planted.ts';
const command = 'apps/a/src/job/commands/planted.ts';
const up = '../../../../../';
const violations: [rule: string, file: string, text: string][] = [
  ['no-cycles', 'libs/x/src/one.ts', "import './two.js';\nexport const one = 1;"],
  ['unresolved', command, "import './nowhere.js';"],
  ['kernel-alone', 'libs/kernel/src/planted.ts', "import '../../contracts/src/index.js';"],
  ['kernel-alone', 'libs/kernel/src/planted.ts', "import 'node:fs';"],
  ['apps-apart', command, `import '${up}apps/b/src/bootstrap.js';`],
  ['libs-below-apps', 'libs/x/src/planted.ts', "import '../../../apps/b/src/bootstrap.js';"],
  ['web-contracts-only', 'apps/web/src/planted.ts', "import '../../../libs/kernel/src/index.js';"],
  ['domain-pure', domain, "import 'node:fs';"],
  ['domain-pure', domain, "import '../commands/start.js';"],
  ['domain-pure', domain, "import '../ports/store.js';"],
  ['domain-contract-types', domain, `import { Contract } from '${up}libs/contracts/src/index.js';\nexport const made = new Contract();`],
  ['ports-know-domain', 'apps/a/src/job/ports/planted.ts', "import '../adapters/s3.js';"],
  ['behind-ports', command, "import '../adapters/s3.js';"],
  ['behind-ports', 'apps/a/src/job/reactors/planted.ts', "import '../adapters/s3.js';"],
  ['behind-ports', 'apps/a/src/job/projections/planted.ts', "import '../adapters/s3.js';"],
  ['tests-apart', command, `import '${up}libs/testkit/src/index.js';`],
  ['tests-apart', command, "import './start.spec.js';"],
  ['aws-sdk', command, "import '@aws-sdk/client-s3';"],
  ['aws-crypto', command, "import '@aws-crypto/client-node';"],
  ['pg', command, "import 'pg';"],
  ['nats', command, "import '@nats-io/transport-node';"],
];

it.each(violations)('%s catches a violation planted in %s', (rule, file, text) => {
  const partner: Record<string, string> = rule === 'no-cycles' ? { 'libs/x/src/two.ts': "import './one.js';\nexport const two = 2;" } : {};
  expect(violationsOf({ ...partner, [file]: text })).toContain(`${rule} ${file}`);
});

it('has a planted violation for every rule', async () => {
  const { default: options } = (await import(config)) as { default: { forbidden: { name: string }[] } };
  expect(new Set(violations.map(([rule]) => rule))).toEqual(new Set(options.forbidden.map(({ name }) => name)));
});
