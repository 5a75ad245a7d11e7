import { compactVerify, CompactSign, createLocalJWKSet, importJWK, type JSONWebKeySet, type JWK } from 'jose';
import { CodedError } from '@lastcopy/kernel';
import { formatLocation, MAX_PUT_BYTES, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';
import type { ArchivePlace } from './key-wraps.js';
import { identityOf, manifestKey, SIGNATURE_NAME, MANIFEST_NAME, type ArchiveIdentity } from './layout.js';
import { assertManifest, manifestBytes, parseManifest } from './manifest-check.js';
import type { Manifest } from './manifest.js';
import { readDocument, sha256Hex } from './stored-object.js';

/** Tells a manifest's signature from any other that the same key made. */
const SIGNATURE_TYPE = 'lastcopy-manifest';

export interface StoredDocument extends ObjectLocation {
  readonly versionId: string;
  readonly sizeBytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface StoredManifest {
  readonly manifest: StoredDocument;
  readonly signature: StoredDocument;
}

/** A compact JWS (RFC 7515) with its payload taken out (appendix F): `<header>..<signature>`. */
async function detachedSignature(bytes: Buffer, signer: JWK): Promise<Buffer> {
  const header = { alg: 'EdDSA', typ: SIGNATURE_TYPE, kid: signer.kid };
  const jws = await new CompactSign(bytes).setProtectedHeader(header).sign(await importJWK(signer, 'EdDSA'));
  const [head, , signature] = jws.split('.');
  return Buffer.from(`${head}..${signature}`);
}

async function assertSignature(bytes: Buffer, jws: string, trustedSigners: JSONWebKeySet, name: string): Promise<void> {
  const refuse = (why: string, cause?: unknown) => new CodedError('ARCHIVE_MANIFEST_INVALID', `${name}: ${why}`, { cause });
  const [head, payload, signature, ...rest] = jws.trim().split('.');
  if (!head || payload !== '' || !signature || rest.length > 0) throw refuse('its signature is no detached JWS.');
  try {
    const verified = await compactVerify(`${head}.${bytes.toString('base64url')}.${signature}`, createLocalJWKSet(trustedSigners), {
      algorithms: ['EdDSA', 'Ed25519'],
    });
    if (verified.protectedHeader.typ === SIGNATURE_TYPE) return;
  } catch (cause) {
    throw refuse(`no trusted signer signed it as it is: ${(cause as Error).message}`, cause);
  }
  throw refuse('its signature was made for something else.');
}

async function putDocument(store: ObjectStore, location: ObjectLocation, bytes: Buffer, contentType: string, signal?: AbortSignal) {
  const options = { ifAbsent: true, signal, contentType };
  const { versionId } =
    bytes.length <= MAX_PUT_BYTES ? await store.put(location, bytes, options) : await putInParts(store, location, bytes, options);
  if (versionId === undefined || versionId === 'null') {
    throw new CodedError('CONFIGURATION_INVALID', `Bucket ${location.bucket} keeps no versions. Enable versioning and Object Lock on it.`);
  }
  return { ...location, versionId, sizeBytes: bytes.length, sha256: sha256Hex(bytes) };
}

async function putInParts(
  store: ObjectStore,
  location: ObjectLocation,
  bytes: Buffer,
  options: { ifAbsent: boolean; contentType: string; signal?: AbortSignal },
) {
  const upload = await store.startMultipart(location, options);
  try {
    const parts = [];
    for (let offset = 0; offset < bytes.length; offset += MAX_PUT_BYTES) {
      parts.push(await store.uploadPart(upload, parts.length + 1, bytes.subarray(offset, offset + MAX_PUT_BYTES), options));
    }
    return await store.completeMultipart(upload, parts, options);
  } catch (error) {
    await store.abortMultipart(upload).catch(() => undefined);
    throw error;
  }
}

/**
 * Signs and stores the manifest of an attempt, the signature last: a manifest without one is an attempt that did not end.
 * @param place.signer private Ed25519 JWK with `kid`
 * @throws ARCHIVE_MANIFEST_INVALID before anything is written; STORE_CONFLICT when the attempt has a manifest
 */
export async function writeManifest(
  place: ArchivePlace & { manifest: Manifest; signer: JWK; signal?: AbortSignal },
): Promise<StoredManifest> {
  const { store, bucket, prefix, identity, manifest, signer, signal } = place;
  const location = { bucket, key: manifestKey(prefix, identity) };
  assertManifest(manifest, formatLocation(location));
  assertSameIdentity(manifest, identity, formatLocation(location));
  const bytes = manifestBytes(manifest);
  const jws = await detachedSignature(bytes, signer);
  const stored = await putDocument(store, location, bytes, 'application/json', signal);
  const beside = { bucket, key: signatureKeyOf(location.key) };
  return { manifest: stored, signature: await putDocument(store, beside, jws, 'application/jose', signal) };
}

const signatureKeyOf = (key: string): string => key.slice(0, -MANIFEST_NAME.length) + SIGNATURE_NAME;

const IDENTITY_FIELDS = ['client_account_id', 'engagement_id', 'flow_id', 'system_id', 'job_id', 'attempt'] as const;

function assertSameIdentity(manifest: Manifest, expected: ArchiveIdentity, name: string): void {
  const differing = IDENTITY_FIELDS.filter((field) => manifest[field] !== expected[field]);
  if (differing.length === 0) return;
  throw new CodedError('ARCHIVE_OBJECT_MISPLACED', `${name} is the manifest of another archive: ${differing.join(', ')} differ.`);
}

export type ManifestLocation = ObjectLocation & {
  readonly versionId?: string;
  readonly signatureVersionId?: string;
  /** Refuse any other manifest, even one that a trusted signer signed. Lower-case hex. */
  readonly expectedSha256?: string;
};

/**
 * Reads a manifest and its signature and checks, in this order: the digest asked for, the signature, the schema, and that it is the
 * manifest of the place at which it stands.
 * @throws ARCHIVE_OBJECT_MISSING, ARCHIVE_MANIFEST_INVALID, ARCHIVE_OBJECT_MISPLACED, STORE_*
 */
export async function readManifest(
  store: ObjectStore,
  location: ManifestLocation,
  trustedSigners: JSONWebKeySet,
  options: { signal?: AbortSignal } = {},
): Promise<{ manifest: Manifest; prefix: string; stored: StoredManifest }> {
  const at = { bucket: location.bucket, key: location.key };
  const name = formatLocation(at);
  const { identity, prefix } = identityOf(at);
  const beside = { bucket: at.bucket, key: signatureKeyOf(at.key) };
  const { bytes, versionId } = await readDocument(store, at, { versionId: location.versionId, ...options });
  const signature = await readDocument(store, beside, { versionId: location.signatureVersionId, ...options });
  const sha256 = sha256Hex(bytes);
  if (location.expectedSha256 !== undefined && location.expectedSha256 !== sha256) {
    throw new CodedError('ARCHIVE_MANIFEST_INVALID', `${name} has SHA-256 ${sha256}; ${location.expectedSha256} was expected.`);
  }
  await assertSignature(bytes, signature.bytes.toString('utf8'), trustedSigners, name);
  const manifest = parseManifest(bytes, name);
  assertSameIdentity(manifest, identity, name);
  const stored = {
    manifest: { ...at, versionId: versionId ?? location.versionId ?? '', sizeBytes: bytes.length, sha256 },
    signature: {
      ...beside,
      versionId: signature.versionId ?? location.signatureVersionId ?? '',
      sizeBytes: signature.bytes.length,
      sha256: sha256Hex(signature.bytes),
    },
  };
  return { manifest, prefix, stored };
}
