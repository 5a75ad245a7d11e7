import type { EvidenceRequirement, EvidenceRequirementsSet } from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';
import { artifactRules, neverRequired, onlyAfterArchiving } from './artifact-rules.js';
import type { ArtifactActor, ArtifactFlow } from './artifact.js';

const setters = ['compliance', 'legal'];

export interface RequirementsChange {
  requirements: EvidenceRequirement[];
  reason: string;
  actor: ArtifactActor;
  flow: ArtifactFlow;
  /** What held until now, of every kind. */
  before: readonly EvidenceRequirement[];
}

function refuseImpossible({ kind, required, before }: EvidenceRequirement): void {
  const { title } = artifactRules[kind];
  if (required && neverRequired.includes(kind)) {
    throw new DomainError('VALIDATION_FAILED', `The ${title} is issued after the transition and can never be required before it`);
  }
  if (required && before === 'start' && onlyAfterArchiving.includes(kind)) {
    throw new DomainError('VALIDATION_FAILED', `The ${title} exists only once archives do and cannot be required before archiving starts`);
  }
}

const isSame = (one: EvidenceRequirement, other: EvidenceRequirement): boolean =>
  one.required === other.required && one.before === other.before;

/** Each role rests on its own documents: another one neither relieves it of them nor asks for more in its name. */
function refuseOthers({ kind }: EvidenceRequirement, { name, roles }: ArtifactActor): void {
  const { title, judgedBy } = artifactRules[kind];
  if (judgedBy === null || roles.includes(judgedBy)) return;
  throw new DomainError(
    'ARTIFACT_NOT_ALLOWED',
    `${name} may not set whether the ${title} (${kind}) is required: a person of ${judgedBy} has to`,
  );
}

/**
 * Pure: what the flow needs from now on, or null when that is what it needs already.
 * Throws ARTIFACT_NOT_ALLOWED, FLOW_STATE, FLOW_SEALED, VALIDATION_FAILED.
 */
export function decideRequirements(change: RequirementsChange): EvidenceRequirementsSet | null {
  const { requirements, reason, actor, flow, before } = change;
  if (actor.service_account || !setters.some((role) => actor.roles.includes(role))) {
    throw new DomainError(
      'ARTIFACT_NOT_ALLOWED',
      `${actor.name} may not set what a flow needs: a person of ${setters.join(' or ')} has to`,
    );
  }
  if (flow.cancelled || flow.transitioned)
    throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} is over; what it needed stays as it was`);
  if (flow.proposed) throw new DomainError('FLOW_SEALED', `Flow ${flow.flow_id} is being judged by the gate`);
  if (reason.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A reason is needed, in words that others understand');
  const kinds = requirements.map(({ kind }) => kind);
  if (new Set(kinds).size !== kinds.length) throw new DomainError('VALIDATION_FAILED', 'A kind is named twice');
  requirements.forEach(refuseImpossible);
  const after = before.map((each) => requirements.find(({ kind }) => kind === each.kind) ?? each);
  const changed = after.filter((each, index) => !isSame(each, before[index]!));
  changed.forEach((each) => refuseOthers(each, actor));
  if (changed.length === 0) return null;
  return { flow_id: flow.flow_id, requirements: after, reason, set_by: actor.user_id, changed: changed.map(({ kind }) => kind) };
}
