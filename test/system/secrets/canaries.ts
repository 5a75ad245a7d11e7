import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { databaseRoles } from '../../../tools/embedded/credentials.mjs';
import type { Stack } from '../stack.js';
import type { Needle } from './needles.js';

/** Secrets that the test makes up and remembers by name. Long enough for every setting, and good in a URL, a header and a database. */
export class Canaries {
  private readonly made = new Map<string, string>();

  /** The same for the same name. */
  of(name: string): string {
    const known = this.made.get(name);
    if (known) return known;
    const secret = `canary${this.made.size}x${randomBytes(24).toString('hex')}`;
    this.made.set(name, secret);
    return secret;
  }

  get needles(): Needle[] {
    return [...this.made].map(([name, secret]) => ({ name, secret }));
  }
}

/** The credentials of a new stack, every one of which is a canary: the stack finds them in its folder and takes them for its own. */
export async function plantCredentials(dataDir: string, canaries: Canaries): Promise<void> {
  const user = (name: string, access: 'read-write' | 'read-only', extra: object = {}) => ({
    ...{
      accessKeyId: `LC${randomBytes(9).toString('hex').toUpperCase()}`,
      secretAccessKey: canaries.of(`secret key of the store's ${name}`),
    },
    ...{ access, ...extra },
  });
  const roles = [...databaseRoles, 'billing_reader', 'crm_reader'];
  const credentials = {
    superuser: canaries.of('password of the superuser'),
    roles: Object.fromEntries(roles.map((role) => [role, canaries.of(`password of the role ${role}`)])),
    s3: {
      writer: user('writer', 'read-write'),
      reader: user('reader', 'read-only'),
      documents: user('documents', 'read-write', { bucketPrefixes: ['artifact-bucket'] }),
      anchors: user('anchors', 'read-write', { bucketPrefixes: ['anchor-bucket'] }),
    },
    tokenSecret: canaries.of('secret of the tokens'),
  };
  await writeFile(path.join(dataDir, 'credentials.json'), JSON.stringify(credentials), { mode: 0o600 });
}

/** Folders of the data folder that hold nothing but secrets, or keys beside their public halves. */
const keyFolders = ['bus', 'signing', 'keys', 'document-keys'];

/** Where a secret may be: its own file, and the profile of the command line. */
export const mayHoldSecrets = (file: string): boolean =>
  ['credentials.json', 'stack.json'].includes(file) || [...keyFolders, 'secrets'].includes(file.split(path.sep)[0]!);

interface KeyFile {
  /** Of a wrapping key. */
  k?: string;
  /** Of a private key. */
  d?: string;
}

function secretIn(file: string, text: string): string | Buffer | undefined {
  if (file.endsWith('.seed')) return text.trim();
  if (!/\.(key|jwk\.json)$/.test(file)) return undefined;
  if (/^[0-9a-f]{64}$/i.test(text.trim())) return Buffer.from(text.trim(), 'hex');
  const { k, d } = JSON.parse(text) as KeyFile;
  const key = k ?? d;
  return key ? Buffer.from(key, 'base64url') : undefined;
}

/** Keys that the stack made itself: seeds of the bus, private keys of signers, wrapping keys. */
export async function keysOfStack({ infrastructure: { dataDir } }: Stack): Promise<Needle[]> {
  const found: Needle[] = [];
  for (const folder of keyFolders) {
    const entries = await readdir(path.join(dataDir, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((each) => each.isFile())) {
      const file = path.join(entry.parentPath, entry.name);
      const secret = secretIn(file, await readFile(file, 'utf8'));
      if (secret) found.push({ name: path.relative(dataDir, file), secret });
    }
  }
  return found;
}

/** The signatures of the demo people's tokens: with the rest, which is no secret, they are the tokens. */
export const tokensOfStack = ({ profile }: Stack): Needle[] =>
  Object.entries(profile.tokens as Record<string, string>).map(([person, token]) => ({
    ...{ name: `token of ${person}`, secret: token.split('.')[2]! },
  }));
