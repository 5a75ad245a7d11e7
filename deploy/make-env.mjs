// Writes .env with fresh secrets for docker compose, and .data/compose/stack.json, the profile of the command line. What .env holds stays;
// values that it lacks are added.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { newSeed } from '../tools/bus/nkeys.mjs';
import { ensureCommandLineUsers } from '../tools/bus/users.mjs';
import { loadTenant, writeProfile } from '../tools/embedded/profile.mjs';

const root = path.resolve(import.meta.dirname, '..');
const secret = () => randomBytes(32).toString('base64url');

/** The example with every empty secret filled; values that it gives stay. */
export const filledEnv = (example) =>
  example.replace(/^([A-Z0-9_]+)=$/gm, (line, name) => {
    if (name === 'SOURCE_ALLOW_LIST') return line;
    if (name.endsWith('_NATS_SEED')) return `${name}=${newSeed()}`;
    return `${name}=${name.endsWith('ACCESS_KEY_ID') ? `LC${randomBytes(9).toString('hex').toUpperCase()}` : secret()}`;
  });

/** Lines for the settings of the example that `env` does not name, or ''. */
export function missingLines(env, example) {
  const named = new Set(Object.keys(parseEnv(env)));
  const lacking = example.split('\n').filter((line) => /^[A-Z0-9_]+=/.test(line) && !named.has(line.slice(0, line.indexOf('='))));
  return lacking.length === 0 ? '' : filledEnv(`${env.endsWith('\n') ? '' : '\n'}${lacking.join('\n')}\n`);
}

/** Lines that name the tenant of the demo people, unless `env` names one already, or ''. */
export function tenantLines(env, { client_account_id, engagement_id }) {
  const { DEV_CLIENT_ACCOUNT_ID, DEV_ENGAGEMENT_ID } = parseEnv(env);
  if (DEV_CLIENT_ACCOUNT_ID || DEV_ENGAGEMENT_ID) return '';
  return `${env.endsWith('\n') ? '' : '\n'}DEV_CLIENT_ACCOUNT_ID=${client_account_id}\nDEV_ENGAGEMENT_ID=${engagement_id}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = path.join(root, '.env');
  const example = fs.readFileSync(`${file}.example`, 'utf8');
  if (fs.existsSync(file)) fs.appendFileSync(file, missingLines(fs.readFileSync(file, 'utf8'), example));
  else fs.writeFileSync(file, filledEnv(example), { mode: 0o600, flag: 'wx' });
  const env = parseEnv(fs.readFileSync(file, 'utf8'));
  const dataDir = path.join(root, '.data/compose');
  fs.mkdirSync(path.join(dataDir, 'secrets'), { recursive: true });
  const tenant = loadTenant(dataDir);
  ensureCommandLineUsers(path.join(dataDir, 'bus'), tenant);
  fs.appendFileSync(file, tenantLines(fs.readFileSync(file, 'utf8'), tenant));
  const reader = { accessKeyId: env.S3_READER_ACCESS_KEY_ID, secretAccessKey: env.S3_READER_SECRET_ACCESS_KEY };
  const stack = { dataDir, credentials: { tokenSecret: env.DEV_TOKEN_SECRET, s3: { reader } } };
  await writeProfile(
    { ...stack, nats: { url: 'tls://localhost:4222', caFile: path.join(dataDir, 'bus/ca.crt') }, s3: { url: 'http://127.0.0.1:9000' } },
    { gateway: 'http://127.0.0.1:8080' },
    { devIssuer: false },
  );
  console.log(`Next: docker compose up --build
Then: docker compose cp gateway:/var/lib/lastcopy/bus-ca/ca.crt .data/compose/bus/ca.crt
      LASTCOPY_PROFILE=.data/compose/stack.json npx lastcopy flows list`);
}
