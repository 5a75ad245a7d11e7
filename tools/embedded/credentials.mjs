// Passwords and keys of the embedded stack, made once and kept in .data with the data that they open.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const random = (bytes = 24) => randomBytes(bytes).toString('base64url');
const s3User = (access, extra = {}) => ({
  accessKeyId: `LC${randomBytes(9).toString('hex').toUpperCase()}`,
  secretAccessKey: random(30),
  access,
  ...extra,
});

export const databaseRoles = ['policy', 'archive', 'integrity', 'gateway', 'scratch'];

/** Reads `.data/credentials.json`, or makes it (readable by its owner alone). */
export function loadCredentials(dataDir) {
  const file = path.join(dataDir, 'credentials.json');
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, 'utf8'));
  const credentials = {
    superuser: random(),
    roles: Object.fromEntries([...databaseRoles, 'billing_reader', 'crm_reader'].map((role) => [role, random()])),
    s3: { writer: s3User('read-write'), reader: s3User('read-only') },
    tokenSecret: random(48),
  };
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(file, JSON.stringify(credentials, null, 2), { mode: 0o600 });
  return credentials;
}
