import {
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ListedVersion, PendingUpload } from './object-store.js';

function* versionsOf(page: ListObjectVersionsCommandOutput): Generator<ListedVersion> {
  for (const { Key, VersionId, Size, IsLatest } of page.Versions ?? []) {
    if (Key !== undefined && VersionId !== undefined) {
      yield { key: Key, versionId: VersionId, sizeBytes: Size ?? 0, isLatest: IsLatest ?? false, isDeleteMarker: false };
    }
  }
  for (const { Key, VersionId, IsLatest } of page.DeleteMarkers ?? []) {
    if (Key !== undefined && VersionId !== undefined) {
      yield { key: Key, versionId: VersionId, sizeBytes: 0, isLatest: IsLatest ?? false, isDeleteMarker: true };
    }
  }
}

/** The SDK has no paginator for versions. Within a page, versions come before delete markers. */
export async function* listObjectVersions(
  client: S3Client,
  Bucket: string,
  Prefix: string,
  abortSignal?: AbortSignal,
): AsyncGenerator<ListedVersion> {
  let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (marker) {
    const page: ListObjectVersionsCommandOutput = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix, ...marker }), {
      abortSignal,
    });
    yield* versionsOf(page);
    marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
  }
}

export async function* listPendingUploads(
  client: S3Client,
  bucket: string,
  Prefix: string,
  abortSignal?: AbortSignal,
): AsyncGenerator<PendingUpload> {
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (marker) {
    const input: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({ Bucket: bucket, Prefix, ...marker });
    const page = await client.send(input, { abortSignal });
    for (const { Key, UploadId, Initiated } of page.Uploads ?? []) {
      if (Key !== undefined && UploadId !== undefined) yield { bucket, key: Key, uploadId: UploadId, initiatedAt: Initiated };
    }
    marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined;
  }
}
