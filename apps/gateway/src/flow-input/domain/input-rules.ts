import type {
  ArchiveDestination,
  ClassificationInput,
  ComplianceConfirmation,
  FlowInputKind,
  FlowSystem,
  ProgressNote,
} from '@lastcopy/contracts';
import { DomainError } from '@lastcopy/kernel';

/** Roles whose people fill in what. */
export const writersOf: Readonly<Record<FlowInputKind, readonly string[]>> = {
  compliance_confirmation: ['compliance'],
  archive_destination: ['operator'],
  classification: ['operator'],
  progress_note: ['operator', 'data_owner', 'compliance', 'legal'],
};

export interface InputFlow {
  readonly flow_id: string;
  readonly systems: readonly FlowSystem[];
  readonly cancelled: boolean;
  readonly proposed: boolean;
  readonly transitioned: boolean;
}

export interface InputActor {
  readonly name: string;
  readonly roles: readonly string[];
  readonly service_account?: boolean;
}

export type InputContent =
  | { readonly kind: 'compliance_confirmation'; readonly content: ComplianceConfirmation }
  | { readonly kind: 'archive_destination'; readonly content: ArchiveDestination }
  | { readonly kind: 'classification'; readonly content: ClassificationInput }
  | { readonly kind: 'progress_note'; readonly content: ProgressNote };

/** Throws FORBIDDEN for those who do not fill in inputs of this kind. */
export function refuseOtherWriters(kind: FlowInputKind, actor: InputActor): void {
  const roles = writersOf[kind];
  if (!actor.service_account && roles.some((role) => actor.roles.includes(role))) return;
  throw new DomainError('FORBIDDEN', `${actor.name} may not fill in ${kind}: it takes a person with one of the roles ${roles.join(', ')}`);
}

/** A note may be left at any time; what changes what is decided may not be submitted while it is decided, nor after. */
export function refuseUnlessTaken(kind: FlowInputKind, { flow_id, cancelled, proposed, transitioned }: InputFlow): void {
  if (cancelled) throw new DomainError('FLOW_STATE', `Flow ${flow_id} was cancelled; it takes no more input`);
  if (kind === 'progress_note') return;
  if (proposed) throw new DomainError('FLOW_SEALED', `Flow ${flow_id} is being judged by the gate`);
  if (transitioned) throw new DomainError('FLOW_STATE', `Flow ${flow_id} has passed to system shutdown; it takes notes and nothing else`);
}

const refuse = (pointer: string, detail: string): never => {
  throw new DomainError('VALIDATION_FAILED', `The input is not complete: ${detail}`, { errors: [{ pointer, detail }] });
};

function refuseOtherSystems(named: readonly string[], flow: InputFlow, list: string): void {
  const known = new Set(flow.systems.map(({ system_id }) => system_id));
  named.forEach((systemId, index) => {
    if (!known.has(systemId)) refuse(`/${list}/${index}/system_id`, `system ${systemId} is not part of the flow`);
    if (named.indexOf(systemId) !== index) refuse(`/${list}/${index}/system_id`, `system ${systemId} is named twice`);
  });
}

function refuseUnconfirmed({ requirements }: ComplianceConfirmation, flow: InputFlow): void {
  const asked = [...new Set(flow.systems.flatMap((system) => system.compliance_requirements))];
  const answered = requirements.map(({ requirement }) => requirement);
  const open = asked.filter((each) => !answered.includes(each));
  if (open.length > 0) refuse('/requirements', `nothing is said of ${open.join(', ')}`);
  requirements.forEach(({ requirement, confirmed, comment }, index) => {
    if (answered.indexOf(requirement) !== index) refuse(`/requirements/${index}`, `${requirement} is answered twice`);
    if (!confirmed && !comment?.trim()) refuse(`/requirements/${index}/comment`, `why ${requirement} is not confirmed has to be said`);
  });
}

/** Pure. Throws VALIDATION_FAILED naming what is missing or does not belong to the flow. */
export function refuseIncomplete(input: InputContent, flow: InputFlow): void {
  if (input.kind === 'compliance_confirmation') return refuseUnconfirmed(input.content, flow);
  if (input.kind === 'archive_destination') {
    return refuseOtherSystems(
      input.content.destinations.map(({ system_id }) => system_id),
      flow,
      'destinations',
    );
  }
  if (input.kind === 'classification')
    return refuseOtherSystems(
      input.content.systems.map(({ system_id }) => system_id),
      flow,
      'systems',
    );
  const { system_id } = input.content;
  if (system_id && !flow.systems.some((system) => system.system_id === system_id))
    refuse('/system_id', `system ${system_id} is not part of the flow`);
}
