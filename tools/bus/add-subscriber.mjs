// Gives another team's service read access to one tenant's events, or takes it away:
//   node tools/bus/add-subscriber.mjs <name> --client-account <id> --engagement <id> [--data-dir .data]
//   node tools/bus/add-subscriber.mjs <name> --remove [--data-dir .data]
// The data folder of docker compose is .data/compose.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { inboxPrefix, subscriberPermissions, subscriberUser, tenantEvents } from '@lastcopy/contracts';
import { addSubscriber, removeSubscriber } from './users.mjs';

const usage =
  'usage: node tools/bus/add-subscriber.mjs <name> (--client-account <id> --engagement <id> | --remove) [--data-dir <folder of the stack>]';

function readArguments() {
  const text = { type: 'string' };
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'client-account': text, engagement: text, 'data-dir': text, remove: { type: 'boolean' } },
  });
  const { 'client-account': client_account_id, engagement: engagement_id, remove } = values;
  if (positionals.length !== 1 || (!remove && !(client_account_id && engagement_id))) throw new Error(usage);
  const dataDir = path.resolve(values['data-dir'] ?? process.env.LASTCOPY_DATA_DIR ?? '.data');
  return { name: positionals[0], client_account_id, engagement_id, remove, dir: path.join(dataDir, 'bus') };
}

try {
  const { dir, remove, ...subscriber } = readArguments();
  const effect = 'It counts from the next start of the stack on (npm start; docker compose: see docs/bus-access.md).';
  if (remove) {
    removeSubscriber(dir, subscriber.name);
    console.log(`${subscriber.name} is removed. ${effect}`);
  } else {
    subscriberPermissions(subscriber.name, subscriber);
    const file = addSubscriber(dir, subscriber);
    console.log(`Hand over this key, on a safe way: ${file}
It subscribes to ${tenantEvents(subscriber)} with the inbox prefix ${inboxPrefix(subscriberUser(subscriber.name))}.
${effect}`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
