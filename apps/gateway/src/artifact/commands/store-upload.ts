import { randomUUID } from 'node:crypto';
import type { Tenant } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import type { ArtifactParts } from '../artifact-parts.js';
import { beginContent, beginDiscard, forgetContent } from '../content-rows.js';
import type { ContentPlace, StoredContent } from '../ports/artifact-contents.js';
import { safeFileName } from '../upload/file-name.js';
import { ContentInspection } from '../upload/inspect-content.js';
import type { UploadingFile } from '../upload/receive-upload.js';

/** A content that lies in the store and belongs to nothing yet. */
export interface StoredUpload extends StoredContent {
  place: ContentPlace;
  filename: string;
  media_type: string;
}

/** Removes a content that was never attached; nothing when it was. Repeatable: what a crash cuts short is carried on from its row. */
export async function discardContent({ store, contents }: Pick<ArtifactParts, 'store' | 'contents'>, place: ContentPlace): Promise<void> {
  const query = store.within(place.tenant);
  if (!(await beginDiscard(query, place.content_id))) return;
  await contents.discard(place);
  await forgetContent(query, place.content_id);
}

export interface UploadTarget {
  tenant: Tenant;
  flow_id: string;
  artifact_id: string;
  maxBytes: number;
  signal: AbortSignal;
}

/** Checks and stores a file while it arrives. When that fails nothing is left; after a crash the row of its content tells what is. */
export async function storeUpload(parts: ArtifactParts, target: UploadTarget, file: UploadingFile): Promise<StoredUpload> {
  const { tenant, flow_id, artifact_id, maxBytes, signal } = target;
  const filename = safeFileName(file.filename);
  const inspection = new ContentInspection({ filename, mediaType: file.mediaType }, maxBytes);
  const place = { tenant, flow_id, artifact_id, content_id: randomUUID() };
  await beginContent(parts.store.within(tenant), place);
  try {
    const stored = await parts.contents.store(place, inspection.inspected(file.content), signal);
    return { ...stored, place, filename, media_type: inspection.mediaType };
  } catch (error) {
    await discardContent(parts, place).catch((cause: unknown) => {
      throw new CodedError('STORE_FAILED', `The upload failed and is removed later: ${(error as Error).message}`, { cause });
    });
    throw error;
  }
}
