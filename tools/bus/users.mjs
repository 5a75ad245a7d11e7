// Who else than the services uses the bus: the operator's command line, and other teams' read-only subscribers.
//   <dir>/users/users.json     public keys and tenants, for the server's configuration
//   <dir>/seeds/<user>.seed    each user's own secret
import fs from 'node:fs';
import path from 'node:path';
import { ensureSeed } from './nkeys.mjs';

const usersFile = (dir) => path.join(dir, 'users', 'users.json');
export const seedFile = (dir, user) => path.join(dir, 'seeds', `${user}.seed`);

/** The user that a subscriber is; the server's configuration is made of the same name. */
export const subscriberUser = (name) => `subscriber-${name}`;

/** The subscriber of the command line's `events tail`. */
export const commandLineReader = 'command-line';

export const readUsers = (dir) => (fs.existsSync(usersFile(dir)) ? JSON.parse(fs.readFileSync(usersFile(dir), 'utf8')) : []);

function saveUser(dir, user) {
  const kept = readUsers(dir).filter(({ kind, name }) => kind !== user.kind || name !== user.name);
  fs.mkdirSync(path.dirname(usersFile(dir)), { recursive: true });
  const staged = `${usersFile(dir)}.${process.pid}`;
  fs.writeFileSync(staged, JSON.stringify([...kept, user], null, 2));
  fs.renameSync(staged, usersFile(dir));
}

/** A read-only subscriber of one tenant; the same again changes nothing, another tenant under a known name is refused. Answers its seed's file. */
export function addSubscriber(dir, { name, client_account_id, engagement_id }) {
  const tenant = { client_account_id, engagement_id };
  const known = readUsers(dir).find((user) => user.kind === 'subscriber' && user.name === name);
  if (known && (known.client_account_id !== client_account_id || known.engagement_id !== engagement_id)) {
    throw new Error(`The subscriber ${name} is another tenant's. Choose another name; nobody reads two tenants with one key.`);
  }
  const file = seedFile(dir, subscriberUser(name));
  saveUser(dir, { kind: 'subscriber', name, nkey: ensureSeed(file), ...tenant });
  return file;
}

/** From the next start of the bus on the subscriber is refused. Throws when there is none of that name. */
export function removeSubscriber(dir, name) {
  const users = readUsers(dir);
  const kept = users.filter((user) => user.kind !== 'subscriber' || user.name !== name);
  if (kept.length === users.length) throw new Error(`There is no subscriber ${name}.`);
  fs.writeFileSync(usersFile(dir), JSON.stringify(kept, null, 2));
  fs.rmSync(seedFile(dir, subscriberUser(name)), { force: true });
}

/** The operator and the command line's own subscriber: what the profile of the command line names. */
export function ensureCommandLineUsers(dir, tenant) {
  const operator = seedFile(dir, 'operator');
  saveUser(dir, { kind: 'operator', name: 'operator', nkey: ensureSeed(operator) });
  return { operator, subscriber: addSubscriber(dir, { name: commandLineReader, ...tenant }) };
}
