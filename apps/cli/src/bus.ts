import { readFileSync } from 'node:fs';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { inboxPrefix, subscriberUser } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { Profile } from './config.js';

/** Whose rights a command needs: the operator's, or the tenant's subscriber's. */
export type BusRole = 'operator' | 'subscriber';

function userOf(profile: Profile, role: BusRole): { user: string; seedFile?: string } {
  if (role === 'operator')
    return { user: 'operator', ...(profile.nats_operator_seed_file ? { seedFile: profile.nats_operator_seed_file } : {}) };
  const { name, seed_file } = profile.nats_subscriber ?? {};
  return name && seed_file ? { user: subscriberUser(name), seedFile: seed_file } : { user: 'subscriber' };
}

function readProfileFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `The profile names ${file}, which cannot be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** The bus that the profile names. Throws SERVICE_UNAVAILABLE when nothing answers there, or it does not know the profile's key. */
export async function connectBus(profile: Profile, role: BusRole, name: string): Promise<NatsConnection> {
  const { nats_url, nats_ca_file } = profile;
  if (!nats_url) throw new CodedError('CONFIGURATION_INVALID', 'The profile names no nats_url.');
  const { user, seedFile } = userOf(profile, role);
  const host = new URL(nats_url).hostname.replace(/^\[|\]$/g, '');
  // The client would check an address as if it were called localhost.
  const identity = { checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate) };
  const ca = nats_ca_file ? { tls: { ...identity, ca: readProfileFile(nats_ca_file).toString() } } : {};
  const key = seedFile ? { authenticator: nkeyAuthenticator(Buffer.from(readProfileFile(seedFile).toString().trim())) } : {};
  try {
    return await connect({ servers: nats_url, name: `lastcopy ${name}`, inboxPrefix: inboxPrefix(user), ...ca, ...key });
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new CodedError(
      'SERVICE_UNAVAILABLE',
      `NATS at ${nats_url} does not let us in (${reason}). Is Lastcopy running (\`npm start\`), and does the profile name the key of a user that it knows?`,
      { cause },
    );
  }
}
