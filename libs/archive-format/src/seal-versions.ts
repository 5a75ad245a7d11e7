import { CodedError } from '@lastcopy/kernel';
import { jobPrefix } from './layout.js';
import type { StoredManifest } from './manifest-store.js';
import type { Manifest } from './manifest.js';

export interface SealedVersion {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly role: 'data' | 'metadata' | 'key_wrap' | 'manifest' | 'signature';
}

/**
 * Every object version of a winning attempt: reused parts of earlier attempts, key wraps, manifest and signature included.
 * One that is left out could be deleted while retention is believed to be in force.
 */
export function sealVersions(archive: { prefix: string; manifest: Manifest; stored: StoredManifest }): SealedVersion[] {
  const { manifest, prefix, stored } = archive;
  const { bucket } = stored.manifest;
  const at = (path: string) => `${jobPrefix(prefix, manifest)}/${path}`;
  const data = manifest.data_sets.flatMap(({ path: dataSet, objects }) =>
    objects.map(({ path, version_id }) => {
      const role = dataSet.startsWith('metadata/') ? ('metadata' as const) : ('data' as const);
      return { bucket, key: at(path), versionId: version_id, role };
    }),
  );
  const wraps = manifest.key_wraps.map(({ path, version_id }) => ({
    bucket,
    key: at(path),
    versionId: version_id,
    role: 'key_wrap' as const,
  }));
  const documents = [
    { bucket, key: stored.manifest.key, versionId: stored.manifest.versionId, role: 'manifest' as const },
    { bucket, key: stored.signature.key, versionId: stored.signature.versionId, role: 'signature' as const },
  ];
  const versions = [...data, ...wraps, ...documents];
  const unnamed = versions.find(({ versionId }) => !versionId);
  if (unnamed) throw new CodedError('ARCHIVE_MANIFEST_INVALID', `s3://${bucket}/${unnamed.key} has no version id and cannot be locked.`);
  return versions;
}
