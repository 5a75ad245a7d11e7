import type { JSONWebKeySet } from 'jose';
import { readManifest, sealVersions, type SealedVersion } from '@lastcopy/archive-format';
import type { ArchiveUploaded } from '@lastcopy/contracts';
import type { ObjectStore } from '@lastcopy/object-store';

/** Every object version that an archive consists of, as its signed manifest names them. @throws ARCHIVE_OBJECT_MISSING, MANIFEST_… of the format */
export async function archivedVersions(
  objects: ObjectStore,
  trustedSigners: JSONWebKeySet,
  { manifest, manifest_sha256: expectedSha256 }: Pick<ArchiveUploaded, 'manifest' | 'manifest_sha256'>,
): Promise<SealedVersion[]> {
  const { bucket, key, version_id: versionId } = manifest;
  return sealVersions(await readManifest(objects, { bucket, key, versionId, expectedSha256 }, trustedSigners));
}
