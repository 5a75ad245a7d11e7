import { createHmac, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import { commandLineReader, seedFile, subscriberUser } from '../bus/users.mjs';

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

/** What the demo service account signs in with: of the same making as the secret that the demo people's tokens are signed with. */
export const serviceAccountSecret = (credentials) =>
  createHmac('sha256', credentials.tokenSecret).update('service account').digest('base64url');

/** How people and machines sign in through the gateway's development issuer. */
const signIn = (gatewayUrl, credentials) => ({
  issuer: `${gatewayUrl}/dev-issuer`,
  client_id: 'lastcopy-web',
  service_account: { client_id: 'lastcopy-demo-service', client_secret: serviceAccountSecret(credentials) },
});

/** Writes `.data/stack.json`, which the command line reads: where the stack is, who the demo people are, and their tokens. */
export async function writeProfile({ dataDir, credentials, nats, s3 }, urls, { devIssuer = true } = {}) {
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
    ...(devIssuer ? { sign_in: signIn(urls.gateway, credentials) } : {}),
    tokens,
    // A signature asks for a sign-in of the last minutes: with this the development's tools sign the demo people in anew. Never in production.
    dev_token_secret: credentials.tokenSecret,
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
  Open      ${profile.api_url}   (sign in as any of the people below)
  API       ${profile.api_url}/api/v1   (description ${profile.api_url}/docs)
  Sign in   npx lastcopy login   (the command line; issuer ${profile.sign_in?.issuer ?? 'none'})
  Mails     ${profile.api_url}/dev/mailbox   (unless SMTP_URL is set)
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
