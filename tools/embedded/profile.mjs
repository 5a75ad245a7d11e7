import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { commandLineReader, seedFile } from '../bus/users.mjs';
import { subscriberUser } from '@lastcopy/contracts';

/** The demo people: who runs the phase, who decides, who looks on. The gateway's development sign-in reads the same list. */
export const demoPeople = JSON.parse(fs.readFileSync(new URL('../../apps/gateway/demo-people.json', import.meta.url), 'utf8'));

const tokenDays = 30;

export function loadTenant(dataDir) {
  const file = path.join(dataDir, 'tenant.json');
  if (!fs.existsSync(file))
    fs.writeFileSync(file, JSON.stringify({ client_account_id: randomUUID(), engagement_id: randomUUID() }, null, 2));
  return JSON.parse(fs.readFileSync(file, 'utf8'));
}

const tokenFor = (person, tenant, secret) =>
  new SignJWT({ name: person.name, email: person.email, roles: person.roles, auth_time: Math.floor(Date.now() / 1000), ...tenant })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(person.user_id)
    .setIssuer('lastcopy-development')
    .setAudience('lastcopy')
    .setIssuedAt()
    .setExpirationTime(`${tokenDays}d`)
    .sign(new TextEncoder().encode(secret));

/** Writes `.data/stack.json`, which the command line reads: where the stack is, who the demo people are, and their tokens. */
export async function writeProfile({ dataDir, credentials, nats, s3 }, urls) {
  const tenant = loadTenant(dataDir);
  const tokens = {};
  for (const person of demoPeople) tokens[person.user_id] = await tokenFor(person, tenant, credentials.tokenSecret);
  const { accessKeyId, secretAccessKey } = credentials.s3.reader;
  const profile = {
    api_url: urls.gateway,
    nats_url: nats.url,
    ...(nats.caFile ? { nats_ca_file: nats.caFile } : {}),
    nats_operator_seed_file: seedFile(path.join(dataDir, 'bus'), 'operator'),
    nats_subscriber: { name: commandLineReader, seed_file: seedFile(path.join(dataDir, 'bus'), subscriberUser(commandLineReader)) },
    ...tenant,
    tokens,
    default_person: 'olga',
    s3: { endpoint: s3.url, region: 'us-east-1', access_key_id: accessKeyId, secret_access_key: secretAccessKey },
    keys_dir: path.join(dataDir, 'keys'),
    secrets_dir: path.join(dataDir, 'secrets', tenant.client_account_id),
  };
  fs.writeFileSync(path.join(dataDir, 'stack.json'), JSON.stringify(profile, null, 2), { mode: 0o600 });
  return profile;
}

export function announce(profile, urls, dataDir) {
  const data = path.relative(process.cwd(), dataDir) || '.';
  console.log(`
Lastcopy is running.
  API       ${profile.api_url}/api/v1   (description ${profile.api_url}/docs)
  Services  ${Object.entries(urls)
    .map(([name, url]) => `${name} ${url}`)
    .join(', ')}
  Tenant    client account ${profile.client_account_id}, engagement ${profile.engagement_id}
  People    ${demoPeople.map((person) => `${person.user_id} (${person.roles.join(', ')})`).join(', ')}
  Tokens    in ${data}/stack.json; the command line uses them: npx lastcopy --as lena …

Try:
  npx lastcopy flows list
  npx lastcopy events tail --from-start
  npx lastcopy doctor
Ctrl-C stops everything; the data stays in ${data} (npm start -- --clean forgets it).`);
}
