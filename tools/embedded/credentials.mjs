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

const services = ['policy', 'archive', 'integrity', 'gateway'];
export const databaseRoles = [...services, ...services.map((service) => `${service}_app`), 'scratch'];

/** In one step: a crash in the middle must not lose the passwords of data that stand. */
function replaceFile(file, content) {
  fs.writeFileSync(`${file}.new`, JSON.stringify(content, null, 2), { mode: 0o600, flush: true });
  fs.renameSync(`${file}.new`, file);
}

/** Passwords of roles that are newer than the data, which were made without them. */
const withAllRoles = (credentials) => ({
  ...credentials,
  roles: Object.fromEntries([
    ...Object.entries(credentials.roles),
    ...databaseRoles.filter((role) => !(role in credentials.roles)).map((role) => [role, random()]),
  ]),
});

/** The gateway's own: it reaches the documents of flows, and no archive. */
const documentsUser = () => s3User('read-write', { bucketPrefixes: ['artifact-bucket'] });
/** The integrity-service's, for the signed heads of the logs alone: what it reads archives with stays read-only. */
const anchorsUser = () => s3User('read-write', { bucketPrefixes: ['anchor-bucket'] });
const withStoreUsers = ({ s3, ...rest }) => ({
  ...rest,
  s3: { ...s3, documents: s3.documents ?? documentsUser(), anchors: s3.anchors ?? anchorsUser() },
});

/** Reads `.data/credentials.json`, or makes it (readable by its owner alone). What an older one lacks is added to it. */
export function loadCredentials(dataDir) {
  const file = path.join(dataDir, 'credentials.json');
  if (fs.existsSync(file)) {
    const kept = JSON.parse(fs.readFileSync(file, 'utf8'));
    const whole = withStoreUsers(withAllRoles(kept));
    if (JSON.stringify(whole) !== JSON.stringify(kept)) replaceFile(file, whole);
    return whole;
  }
  const credentials = {
    superuser: random(),
    roles: Object.fromEntries([...databaseRoles, 'billing_reader', 'crm_reader'].map((role) => [role, random()])),
    s3: { writer: s3User('read-write'), reader: s3User('read-only'), documents: documentsUser(), anchors: anchorsUser() },
    tokenSecret: random(48),
  };
  fs.mkdirSync(dataDir, { recursive: true });
  fs.writeFileSync(file, JSON.stringify(credentials, null, 2), { mode: 0o600 });
  return credentials;
}
