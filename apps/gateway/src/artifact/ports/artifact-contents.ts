import type { ArtifactObject, Tenant } from '@lastcopy/contracts';

/** Which content of which artifact; the folder of its objects follows from it. */
export interface ContentPlace {
  tenant: Tenant;
  flow_id: string;
  artifact_id: string;
  content_id: string;
}

export interface StoredContent {
  /** Of the plain content. */
  size_bytes: number;
  /** Of the plain content. */
  sha256: string;
  object: ArtifactObject;
}

export interface ContentRetention {
  mode: 'COMPLIANCE' | 'GOVERNANCE';
  /** ISO 8601 UTC; the earliest of all objects. */
  retain_until: string;
  /** Objects that it holds for. */
  versions: number;
}

/** Where the contents of artifacts are kept, encrypted. Failures are CodedErrors: STORE_*, ARCHIVE_*. */
export interface ArtifactContents {
  /** Streams the content in, in bounded memory. What `source` throws is thrown on; `discard` removes what was stored until then. */
  store(place: ContentPlace, source: AsyncIterable<Buffer>, signal: AbortSignal): Promise<StoredContent>;

  /** The plain content; proven good only when the iteration ends without an error. */
  read(place: ContentPlace, stored: StoredContent, signal: AbortSignal): AsyncIterable<Buffer>;

  /** Sets retention on the content and its keys and reads it back. Repeatable; never shortens. @throws RETENTION_NOT_IN_FORCE */
  retain(object: ArtifactObject, retainUntil: string): Promise<ContentRetention>;

  /** Removes everything that was stored for the place, unfinished uploads included. Repeatable. */
  discard(place: ContentPlace): Promise<void>;
}
