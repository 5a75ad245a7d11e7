// The users of the bus as nats-server's configuration has them: always made from the permissions in libs/contracts, never by hand.
import path from 'node:path';
import { operatorPermissions, servicePermissions, serviceNames, subscriberPermissions } from '@lastcopy/contracts';

/** A request may be answered once, within the time that the slowest (a self-check rebuilds every read model) has. */
const answers = { max: 1, expires: '5m' };

/** A service that starts on a busy machine may take this long to sign the server's challenge. The server's own default is 2 s. */
const signInSeconds = 20;

const entry = (nkey, { publish, subscribe, responds }) => ({
  nkey,
  permissions: { publish: { allow: publish }, subscribe: { allow: subscribe }, ...(responds ? { allow_responses: answers } : {}) },
});

const permissionsOf = (user) => (user.kind === 'operator' ? operatorPermissions() : subscriberPermissions(user.name, user));

/**
 * `authorization` of nats-server. Whoever is not in it is refused, also without any credentials.
 * @param {Record<string, string>} serviceKeys public key by service
 * @param {{ kind: 'operator' | 'subscriber'; name: string; nkey: string; client_account_id?: string; engagement_id?: string }[]} others
 */
export function usersConfig(serviceKeys, others) {
  const users = [
    ...serviceNames.map((service) => entry(serviceKeys[service], servicePermissions(service))),
    ...others.map((user) => entry(user.nkey, permissionsOf(user))),
  ];
  return `# Made at each start. Who may do what: docs/bus-access.md\nauthorization ${JSON.stringify({ timeout: signInSeconds, users }, null, 2)}\n`;
}

/** `tls` of nats-server for the certificate in `dir`: whoever comes without TLS is refused. */
export const tlsConfig = (dir) =>
  `tls ${JSON.stringify({ cert_file: path.posix.join(dir, 'server.crt'), key_file: path.posix.join(dir, 'server.key') }, null, 2)}\n`;
