import { readFileSync } from 'node:fs';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { nkeyAuthenticator, nkeys, type NodeConnectionOptions } from '@nats-io/transport-node';
import { inboxPrefix } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { BusSettings } from './bus-address.js';

export type BusOptions = Omit<NodeConnectionOptions, 'servers'> & { servers: string };

function readSetting(name: keyof BusSettings, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `${name} names ${file}, which cannot be read: ${(cause as Error).message}`, { cause });
  }
}

function seedOf(file: string): Uint8Array {
  const seed = Buffer.from(readSetting('NATS_NKEY_SEED_FILE', file).toString().trim());
  try {
    nkeys.fromSeed(seed);
  } catch (cause) {
    throw new CodedError('CONFIGURATION_INVALID', `NATS_NKEY_SEED_FILE names ${file}, which holds no seed of a user (SU…).`, { cause });
  }
  return seed;
}

function tlsOf({ NATS_URL, NATS_CA_FILE, NATS_CERT_FILE, NATS_KEY_FILE }: BusSettings): Pick<NodeConnectionOptions, 'tls'> {
  if (!NATS_URL.startsWith('tls://') && !NATS_CA_FILE) return {};
  const host = new URL(NATS_URL).hostname.replace(/^\[|\]$/g, '');
  // The client would check an address as if it were called localhost.
  const identity = { checkServerIdentity: (_name: string, certificate: PeerCertificate) => checkServerIdentity(host, certificate) };
  return {
    tls: {
      ...identity,
      ...(NATS_CA_FILE ? { ca: readSetting('NATS_CA_FILE', NATS_CA_FILE).toString() } : {}),
      ...(NATS_CERT_FILE ? { cert: readSetting('NATS_CERT_FILE', NATS_CERT_FILE).toString() } : {}),
      ...(NATS_KEY_FILE ? { key: readSetting('NATS_KEY_FILE', NATS_KEY_FILE).toString() } : {}),
    },
  };
}

/**
 * How `user` connects: with its key, by TLS where the settings say so, and with a reply inbox that nobody else may listen to. The connection
 * is kept for ever, also when the server refuses it for a while. Throws CONFIGURATION_INVALID for a file that cannot be used.
 */
export function busOptions(user: string, settings: BusSettings): BusOptions {
  const { NATS_URL, NATS_NKEY_SEED_FILE, NATS_USER, NATS_PASSWORD } = settings;
  return {
    servers: NATS_URL,
    inboxPrefix: inboxPrefix(user),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    ignoreAuthErrorAbort: true,
    ...(NATS_NKEY_SEED_FILE ? { authenticator: nkeyAuthenticator(seedOf(NATS_NKEY_SEED_FILE)) } : {}),
    ...(NATS_USER ? { user: NATS_USER, pass: NATS_PASSWORD ?? '' } : {}),
    ...tlsOf(settings),
  };
}
