import { createS3ObjectStore, parseLocation } from '@lastcopy/object-store';
import type { ArtifactConfig } from '../artifact-config.js';
import type { ArtifactContents } from '../ports/artifact-contents.js';
import { localArtifactKeys } from './artifact-keys.js';
import { SealedContents } from './sealed-contents.js';

/** The contents of documents as the settings place them. Throws CONFIGURATION_INVALID for a location that is none. */
export function contentsOf(config: ArtifactConfig): ArtifactContents {
  const { bucket, key: prefix } = parseLocation(config.ARTIFACT_LOCATION);
  return new SealedContents({
    store: createS3ObjectStore({
      ...(config.S3_ENDPOINT ? { endpoint: config.S3_ENDPOINT, forcePathStyle: true } : {}),
      region: config.S3_REGION,
      accessKeyId: config.S3_ACCESS_KEY_ID,
      secretAccessKey: config.S3_SECRET_ACCESS_KEY,
    }),
    ...{ bucket, prefix, mode: config.RETENTION_MODE, createBucket: config.LASTCOPY_ENV === 'development' },
    keysOf: localArtifactKeys(config.WRAPPING_KEYS_DIR ?? config.KEYS_DIR, config.LASTCOPY_ENV),
  });
}
