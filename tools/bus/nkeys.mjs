// The bus's users prove who they are with a key pair each: the seed stays with its user, the server knows the public half.
import fs from 'node:fs';
import path from 'node:path';
import { nkeys } from '@nats-io/transport-node';

export const newSeed = () => Buffer.from(nkeys.createUser().getSeed()).toString();

/** @param {string} seed `SU…` */
export function publicKeyOf(seed) {
  try {
    return nkeys.fromSeed(Buffer.from(seed.trim())).getPublicKey();
  } catch (cause) {
    throw new Error('This is not the seed of a user of the bus (SU…).', { cause });
  }
}

/** Makes the seed's file (readable by its owner alone) unless it is there; answers the public key. */
export function ensureSeed(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  if (!fs.existsSync(file)) fs.writeFileSync(file, newSeed(), { mode: 0o600, flag: 'wx' });
  return publicKeyOf(fs.readFileSync(file, 'utf8'));
}
