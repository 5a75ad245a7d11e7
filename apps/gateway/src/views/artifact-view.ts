import {
  productMadeKinds,
  type ArtifactAnswer,
  type ArtifactDetailAnswer,
  type ArtifactVersionAnswer,
  type EvidenceRequirementAnswer,
} from '@lastcopy/contracts';
import { artifactRules } from '../artifact/domain/artifact-rules.js';
import type { FlowFacts } from '../evidence/flow-facts.js';
import type { ArtifactRecord, ArtifactVersion } from '../records/artifact-record.js';

/** Where the content lies in the store, and what opens it, is nobody's business outside. */
function versionView(version: ArtifactVersion): ArtifactVersionAnswer {
  const { locked, title, comment, filename, media_type, size_bytes, sha256, uploaded_by, uploaded_at, reason } = version;
  return {
    ...{ version: version.version, title, comment, filename, media_type, size_bytes, sha256, uploaded_by, uploaded_at, reason },
    ...{ retain_until: locked?.retain_until ?? version.retain_until, retention_mode: locked?.mode ?? null },
  };
}

export function artifactView({ artifact_id, flow_id, kind, status, withdrawn, current }: ArtifactRecord): ArtifactAnswer {
  return {
    ...versionView(current),
    ...{ artifact_id, flow_id, kind, status, withdrawn },
    made_by_product: (productMadeKinds as readonly string[]).includes(kind),
    content_url: `/api/v1/artifacts/${artifact_id}/content`,
  };
}

export const artifactDetailView = (artifact: ArtifactRecord): ArtifactDetailAnswer => ({
  ...artifactView(artifact),
  history: artifact.versions.map(versionView),
});

export function requirementViews({ requirements, artifacts, flow }: FlowFacts): EvidenceRequirementAnswer[] {
  const chosen = flow.evidence_requirements?.chosen;
  return requirements.map(({ kind, required, before }) => ({
    ...{ kind, title: artifactRules[kind].title, required, before, attached_by: [...artifactRules[kind].attachedBy] },
    satisfied_by: artifacts.filter((each) => each.kind === kind && each.status === 'attached').map(({ artifact_id }) => artifact_id),
    ...{ hint: artifactRules[kind].howToGet, set_by: chosen?.[kind]?.set_by ?? null, set_reason: chosen?.[kind]?.reason ?? null },
  }));
}
