import { identityOf, MANIFEST_NAME, openArchive, SIGNATURE_NAME, type Archive, type ManifestLocation } from '@lastcopy/archive-format';
import { CodedError, isCodedError } from '@lastcopy/kernel';
import { createS3ObjectStore, formatLocation, parseLocation, type ObjectLocation, type ObjectStore } from '@lastcopy/object-store';
import type { CliEnvironment } from '../config.js';
import { readHeldKeys, readTrustedSigners, type HeldKey } from './key-folder.js';
import { offlineSettings, type OfflineFlags } from './offline-settings.js';

/** An archive opened with nothing but the object store and the keys. */
export interface OfflineArchive {
  readonly archive: Archive;
  readonly store: ObjectStore;
  readonly keys: readonly HeldKey[];
  readonly location: ObjectLocation;
  readonly signal: AbortSignal;
}

/** `s3://bucket/…/attempt-<n>/manifest.json`, or the attempt's prefix. @throws CONFIGURATION_INVALID, ARCHIVE_OBJECT_MISPLACED */
export function manifestLocation(text: string): ObjectLocation {
  const { bucket, key } = parseLocation(text);
  const location = { bucket, key: key.endsWith(`/${MANIFEST_NAME}`) ? key : `${key}/${MANIFEST_NAME}` };
  identityOf(location);
  return location;
}

async function versionsOf(store: ObjectStore, location: ObjectLocation): Promise<string[]> {
  const found: string[] = [];
  for await (const version of store.listVersions(location.bucket, location.key)) {
    if (version.key === location.key && !version.isDeleteMarker) found.push(version.versionId);
  }
  return found;
}

/** A lock keeps a version, but not a newer one from hiding it: tell which versions can be asked for. */
async function withOtherVersions(error: unknown, store: ObjectStore, location: ManifestLocation): Promise<unknown> {
  const about = isCodedError(error) && (error.code === 'ARCHIVE_OBJECT_MISSING' || error.code === 'ARCHIVE_MANIFEST_INVALID');
  if (!about || location.versionId !== undefined) return error;
  const signature = { ...location, key: location.key.slice(0, -MANIFEST_NAME.length) + SIGNATURE_NAME };
  const [manifests, signatures] = [await versionsOf(store, location).catch(() => []), await versionsOf(store, signature).catch(() => [])];
  if (manifests.length === 0) return error;
  const advice =
    `Versions of the manifest, newest first: ${manifests.join(', ')}; of its signature: ${signatures.join(', ') || 'none'}. ` +
    'An earlier pair is chosen with --manifest-version and --signature-version.';
  return new CodedError(error.code, `${error.message} ${advice}`, { cause: error });
}

/**
 * Opens an archive by its manifest's location; place, signature and schema are checked, objects when they are read.
 * @throws CONFIGURATION_INVALID, ARCHIVE_KEY_UNAVAILABLE, ARCHIVE_OBJECT_*, ARCHIVE_MANIFEST_INVALID, STORE_*
 */
export async function openOffline(
  environment: CliEnvironment,
  place: string,
  flags: OfflineFlags,
  signal: AbortSignal,
  options: { keysNeeded: boolean } = { keysNeeded: true },
): Promise<OfflineArchive> {
  const location = manifestLocation(place);
  const settings = offlineSettings(environment, flags);
  const store = createS3ObjectStore(settings.store);
  const { client_account_id } = identityOf(location).identity;
  const keys = options.keysNeeded ? await readHeldKeys(settings.keysDir, client_account_id, settings.escrowOnly) : [];
  const manifest: ManifestLocation = {
    ...location,
    ...(flags.manifestVersion ? { versionId: flags.manifestVersion } : {}),
    ...(flags.signatureVersion ? { signatureVersionId: flags.signatureVersion } : {}),
    ...(flags.manifestSha256 ? { expectedSha256: flags.manifestSha256 } : {}),
  };
  const trustedSigners = await readTrustedSigners(settings.keysDir);
  try {
    const archive = await openArchive({ store, manifest, keys: keys.map(({ provider }) => provider), trustedSigners, signal });
    return { archive, store, keys, location, signal };
  } catch (error) {
    throw await withOtherVersions(error, store, manifest);
  }
}

export const describeArchive = ({ location }: Pick<OfflineArchive, 'location'>): string => formatLocation(location);
