import type { ArtifactKind, ArtifactObject, EventData } from '@lastcopy/contracts';
import type { LoggedEvent } from '@lastcopy/eventing';
import { assertNever } from '@lastcopy/kernel';
import { dataOf, type RecordFold } from './record-fold.js';
import { typeIn, typesOf } from './record-of-event.js';

/** One content of an artifact; a replacement adds another and keeps this. */
export interface ArtifactVersion {
  version: number;
  title: string | null;
  comment: string | null;
  filename: string;
  media_type: string;
  /** Of the plain content. */
  size_bytes: number;
  /** Of the plain content. */
  sha256: string;
  uploaded_by: string;
  uploaded_at: string;
  /** Why it took the place of the one before. */
  reason: string | null;
  /** Of the facts that a document of the product states; null for what people attach. */
  basis_sha256: string | null;
  /** Until when the store is to keep it. */
  retain_until: string;
  /** What the store said when the retention was read back; null until then. */
  locked: { mode: 'COMPLIANCE' | 'GOVERNANCE'; retain_until: string; at: string } | null;
  object: ArtifactObject;
}

export interface ArtifactRecord {
  artifact_id: string;
  flow_id: string;
  kind: ArtifactKind;
  status: 'attached' | 'withdrawn';
  /** The present content: the last of `versions`. */
  current: ArtifactVersion;
  /** All contents, oldest first. */
  versions: ArtifactVersion[];
  withdrawn: { reason: string; by: string; at: string } | null;
  created_at: string;
  updated_at: string;
}

function versionOf(event: LoggedEvent): ArtifactVersion {
  const data = dataOf<EventData<'ArtifactAttached'> & { reason?: string }>(event);
  const { version, title, comment, filename, media_type, size_bytes, sha256, uploaded_by, reason, basis_sha256, retain_until, object } =
    data;
  return {
    ...{ version, title: title ?? null, comment: comment ?? null, filename, media_type, size_bytes, sha256, uploaded_by },
    ...{ uploaded_at: event.occurred_at, reason: reason ?? null, basis_sha256: basis_sha256 ?? null, retain_until, locked: null, object },
  };
}

const attached = (event: LoggedEvent): ArtifactRecord => {
  const { artifact_id, flow_id, kind } = dataOf<EventData<'ArtifactAttached'>>(event);
  const current = versionOf(event);
  const times = { created_at: event.occurred_at, updated_at: event.occurred_at };
  return { artifact_id, flow_id, kind, status: 'attached', current, versions: [current], withdrawn: null, ...times };
};

function locked(artifact: ArtifactRecord, event: LoggedEvent): ArtifactRecord {
  const { version, mode, retain_until } = dataOf<EventData<'ArtifactLocked'>>(event);
  const versions = artifact.versions.map((each) =>
    each.version === version ? { ...each, locked: { mode, retain_until, at: event.occurred_at } } : each,
  );
  return { ...artifact, versions, current: versions.at(-1)! };
}

function changed(artifact: ArtifactRecord, event: LoggedEvent): ArtifactRecord {
  const type = typeIn('artifact', event.type);
  switch (type) {
    // Null is an event of another record; the first event was taken in by `attached`.
    case null:
    case 'ArtifactAttached':
      return artifact;
    case 'ArtifactReplaced': {
      const current = versionOf(event);
      return { ...artifact, status: 'attached', withdrawn: null, current, versions: [...artifact.versions, current] };
    }
    case 'ArtifactWithdrawn': {
      const { reason, withdrawn_by } = dataOf<EventData<'ArtifactWithdrawn'>>(event);
      return { ...artifact, status: 'withdrawn', withdrawn: { reason, by: withdrawn_by, at: event.occurred_at } };
    }
    case 'ArtifactLocked':
      return locked(artifact, event);
    default:
      return assertNever(type);
  }
}

export const artifactFold: RecordFold<ArtifactRecord> = {
  name: 'artifacts',
  types: typesOf('artifact'),
  keyOf: (event) => event.aggregate_id,
  begin: attached,
  apply: (artifact, event) => ({ ...changed(artifact, event), updated_at: event.occurred_at }),
};

/** The documents of these kinds that stand as evidence now: withdrawn ones do not. In a fixed order. */
export const standingArtifacts = (artifacts: readonly ArtifactRecord[], kinds: readonly ArtifactKind[]): ArtifactRecord[] =>
  artifacts
    .filter(({ kind, status }) => status === 'attached' && kinds.includes(kind))
    .toSorted((a, b) => (`${a.kind}/${a.artifact_id}` < `${b.kind}/${b.artifact_id}` ? -1 : 1));
