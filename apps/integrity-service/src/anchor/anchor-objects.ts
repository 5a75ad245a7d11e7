import { buffer } from 'node:stream/consumers';
import type { JWK } from 'jose';
import { sha256Hex } from '@lastcopy/eventing';
import type { ListedVersion, ObjectStore } from '@lastcopy/object-store';
import { anchorFolder, anchorKey, anchorNoOf, openAnchor, type AnchorDocument } from './anchor-document.js';

const mostBytes = 1024 * 1024;
const readAtOnce = 8;

/** An anchor as it stands in the object store. */
export interface StoredAnchor {
  key: string;
  /** Of its bytes. */
  sha256: string;
  document: AnchorDocument;
  /** Until when the store refuses to delete it; undefined when nothing protects it. */
  lockedUntil: Date | undefined;
}

export interface StoredAnchors {
  anchors: StoredAnchor[];
  complete: boolean;
  faults: string[];
}

export interface AnchorObjectParts {
  objects: ObjectStore;
  bucket: string;
  /** Public keys whose signature on an anchor holds, those of before a change of keys included. */
  publicKeys(): Promise<readonly JWK[]>;
}

async function listKeys({ objects, bucket }: AnchorObjectParts): Promise<[string, ListedVersion[]][]> {
  const versions = new Map<string, ListedVersion[]>();
  for await (const version of objects.listVersions(bucket, anchorFolder)) {
    if (anchorNoOf(version.key) === undefined) continue;
    versions.set(version.key, [...(versions.get(version.key) ?? []), version]);
  }
  return [...versions].toSorted(([a], [b]) => anchorNoOf(b)! - anchorNoOf(a)! || (a < b ? 1 : -1));
}

async function readVersion(parts: AnchorObjectParts, version: ListedVersion, keys: readonly JWK[]): Promise<StoredAnchor | string> {
  const { objects, bucket } = parts;
  const { key, versionId } = version;
  const named = `version ${versionId} of s3://${bucket}/${key}`;
  if (version.sizeBytes > mostBytes) return `${named} has ${version.sizeBytes} bytes: that is no anchor`;
  const body = await buffer((await objects.read({ bucket, key }, { versionId })).body);
  const document = await openAnchor(body, keys);
  if (!document) return `${named} bears no valid signature of the integrity-service`;
  if (anchorKey(document) !== key) return `${named} holds anchor ${document.anchor_no} of ${document.taken_at}, which belongs elsewhere`;
  const retention = await objects.getRetention({ bucket, key }, versionId);
  return { key, sha256: sha256Hex(body), document, lockedUntil: retention?.retainUntil };
}

const later = (one: Date | undefined, other: Date | undefined): Date | undefined => (!one || (other && other > one) ? other : one);

/** All that stands under one key. A write whose answer was lost is repeated: the same bytes twice are one anchor. */
async function readKey(parts: AnchorObjectParts, key: string, versions: ListedVersion[], keys: readonly JWK[]) {
  const found = new Map<string, StoredAnchor>();
  const faults: string[] = [];
  for (const version of versions) {
    if (version.isDeleteMarker) {
      faults.push(`s3://${parts.bucket}/${key} was deleted; what stood there is read from its version`);
      continue;
    }
    const read = await readVersion(parts, version, keys);
    if (typeof read === 'string') faults.push(read);
    else found.set(read.sha256, { ...read, lockedUntil: later(read.lockedUntil, found.get(read.sha256)?.lockedUntil) });
  }
  if (found.size > 1) faults.push(`s3://${parts.bucket}/${key} holds ${found.size} different anchors`);
  return { anchors: [...found.values()], faults };
}

/** The newest `limit` keys under which anchors stand, each in all its versions: what was put over an anchor does not hide it. */
export async function readStoredAnchors(parts: AnchorObjectParts, limit: number): Promise<StoredAnchors> {
  const all = await listKeys(parts);
  const keys = await parts.publicKeys();
  const newest = all.slice(0, limit);
  const read: StoredAnchors = { anchors: [], complete: newest.length === all.length, faults: [] };
  for (let from = 0; from < newest.length; from += readAtOnce) {
    const slice = newest.slice(from, from + readAtOnce);
    for (const { anchors, faults } of await Promise.all(slice.map(([key, versions]) => readKey(parts, key, versions, keys)))) {
      read.anchors.push(...anchors);
      read.faults.push(...faults);
    }
  }
  return read;
}
