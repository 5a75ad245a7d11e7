import type { ArtifactAttached, ArtifactKind, ArtifactLocked, ArtifactReplaced, ArtifactWithdrawn } from '@lastcopy/contracts';
import { assertNever, DomainError, type Decider, type Event } from '@lastcopy/kernel';
import { artifactRules } from './artifact-rules.js';

export type ArtifactEvent =
  | Event<'ArtifactAttached', ArtifactAttached>
  | Event<'ArtifactReplaced', ArtifactReplaced>
  | Event<'ArtifactWithdrawn', ArtifactWithdrawn>
  | Event<'ArtifactLocked', ArtifactLocked>;

/** Who acts. The product itself makes the kinds that nobody uploads. */
export interface ArtifactActor {
  readonly user_id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly service_account: boolean;
  readonly product: boolean;
}

/** The flow at this very moment. */
export interface ArtifactFlow {
  readonly flow_id: string;
  readonly cancelled: boolean;
  readonly proposed: boolean;
  readonly transitioned: boolean;
}

export type NewContent = Omit<ArtifactAttached, 'version' | 'uploaded_by'>;

export type ArtifactCommand =
  | { readonly type: 'AttachArtifact'; readonly content: NewContent; readonly actor: ArtifactActor; readonly flow: ArtifactFlow }
  | {
      readonly type: 'ReplaceArtifact';
      readonly content: Omit<NewContent, 'kind'>;
      readonly reason: string;
      readonly actor: ArtifactActor;
      readonly flow: ArtifactFlow;
    }
  | { readonly type: 'WithdrawArtifact'; readonly reason: string; readonly actor: ArtifactActor; readonly flow: ArtifactFlow }
  | { readonly type: 'LockArtifact'; readonly locked: ArtifactLocked };

export interface Artifact {
  readonly artifact_id: string | null;
  readonly flow_id: string;
  readonly kind: ArtifactKind;
  readonly version: number;
  readonly sha256: string;
  readonly withdrawn: boolean;
  /** Until when the store keeps each version, as it was read back. */
  readonly locked: Readonly<Record<number, string>>;
}

/** Throws ARTIFACT_NOT_ALLOWED when this person does not answer for documents of this kind. */
export function refuseUnlessResponsible(kind: ArtifactKind, actor: ArtifactActor): void {
  const { title, attachedBy } = artifactRules[kind];
  if (actor.product && attachedBy.length === 0) return;
  const refuse = (why: string) => {
    throw new DomainError('ARTIFACT_NOT_ALLOWED', `${actor.name} may not attach, replace or withdraw a ${title}: ${why}`);
  };
  if (attachedBy.length === 0) refuse('the product makes it itself');
  if (actor.service_account) refuse('a person has to');
  if (!attachedBy.some((role) => actor.roles.includes(role))) refuse(`it takes one of the roles ${attachedBy.join(', ')}`);
}

/** Throws FLOW_STATE, FLOW_SEALED when the evidence of the flow may not change any more. */
export function refuseUnlessOpen(kind: ArtifactKind, flow: ArtifactFlow): void {
  if (flow.cancelled) throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} was cancelled; its documents stay as they are`);
  if (flow.proposed)
    throw new DomainError('FLOW_SEALED', `Flow ${flow.flow_id} is being judged by the gate; its documents stay as they are`);
  if (flow.transitioned && kind !== 'migration_completion_certificate') {
    throw new DomainError('FLOW_STATE', `Flow ${flow.flow_id} has passed to system shutdown; what it rested on stays as it was`);
  }
}

function known(artifact: Artifact): Artifact & { artifact_id: string } {
  if (artifact.artifact_id === null) throw new DomainError('NOT_FOUND', 'There is no such artifact');
  return artifact as Artifact & { artifact_id: string };
}

function requireReason(reason: string): void {
  if (reason.trim() === '') throw new DomainError('VALIDATION_FAILED', 'A reason is needed, in words that others understand');
}

type CommandOf<T extends ArtifactCommand['type']> = Extract<ArtifactCommand, { type: T }>;

function replace({ content, reason, actor, flow }: CommandOf<'ReplaceArtifact'>, artifact: Artifact): ArtifactEvent[] {
  const { kind, version, sha256, withdrawn } = known(artifact);
  refuseUnlessResponsible(kind, actor);
  refuseUnlessOpen(kind, flow);
  requireReason(reason);
  if (content.sha256 === sha256 && !withdrawn) {
    throw new DomainError('ARTIFACT_STATE', 'The file is the same, byte for byte, as the one that stands; nothing was replaced');
  }
  return [{ type: 'ArtifactReplaced', data: { ...content, kind, version: version + 1, reason, uploaded_by: actor.user_id } }];
}

function withdraw({ reason, actor, flow }: CommandOf<'WithdrawArtifact'>, artifact: Artifact): ArtifactEvent[] {
  const { artifact_id, flow_id, kind, version, withdrawn } = known(artifact);
  refuseUnlessResponsible(kind, actor);
  if (withdrawn) return [];
  refuseUnlessOpen(kind, flow);
  requireReason(reason);
  return [{ type: 'ArtifactWithdrawn', data: { artifact_id, flow_id, version, reason, withdrawn_by: actor.user_id } }];
}

/** Told again it says nothing; retention is only ever extended. */
function lock({ locked }: CommandOf<'LockArtifact'>, artifact: Artifact): ArtifactEvent[] {
  const until = known(artifact).locked[locked.version];
  return until && new Date(locked.retain_until) <= new Date(until) ? [] : [{ type: 'ArtifactLocked', data: locked }];
}

function decide(command: ArtifactCommand, artifact: Artifact): ArtifactEvent[] {
  switch (command.type) {
    case 'AttachArtifact': {
      const { content, actor, flow } = command;
      if (artifact.artifact_id !== null) return [];
      refuseUnlessResponsible(content.kind, actor);
      refuseUnlessOpen(content.kind, flow);
      return [{ type: 'ArtifactAttached', data: { ...content, version: 1, uploaded_by: actor.user_id } }];
    }
    case 'ReplaceArtifact':
      return replace(command, artifact);
    case 'WithdrawArtifact':
      return withdraw(command, artifact);
    case 'LockArtifact':
      return lock(command, artifact);
    default:
      return assertNever(command);
  }
}

function evolve(artifact: Artifact, event: ArtifactEvent): Artifact {
  switch (event.type) {
    case 'ArtifactAttached':
    case 'ArtifactReplaced': {
      const { artifact_id, flow_id, kind, version, sha256 } = event.data;
      return { ...artifact, artifact_id, flow_id, kind, version, sha256, withdrawn: false };
    }
    case 'ArtifactWithdrawn':
      return { ...artifact, withdrawn: true };
    case 'ArtifactLocked':
      return { ...artifact, locked: { ...artifact.locked, [event.data.version]: event.data.retain_until } };
    default:
      return assertNever(event);
  }
}

/** A document of a flow. Its contents are only ever added to. */
export const artifact: Decider<ArtifactCommand, Artifact, ArtifactEvent> = {
  initial: { artifact_id: null, flow_id: '', kind: 'data_retention_policy', version: 0, sha256: '', withdrawn: false, locked: {} },
  decide,
  evolve,
};
