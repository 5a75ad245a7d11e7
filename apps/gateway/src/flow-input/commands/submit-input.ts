import {
  ArchiveDestination,
  ClassificationInput,
  ComplianceConfirmation,
  parseAs,
  ProgressNote,
  streamId,
  type FlowInputKind,
  type StreamToken,
} from '@lastcopy/contracts';
import { deterministicId, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';
import type { EvidenceReader } from '../../evidence/evidence-reader.js';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import { refuseIncomplete, refuseOtherWriters, refuseUnlessTaken, type InputContent, type InputFlow } from '../domain/input-rules.js';
import { dropDraft, findDraft, type Draft } from '../drafts.js';
import { takeEffect } from './take-effect.js';

export interface SubmitParts {
  store: EventStore;
  reader: EvidenceReader;
  commands: CommandClient;
}

const types = {
  compliance_confirmation: ComplianceConfirmation,
  archive_destination: ArchiveDestination,
  classification: ClassificationInput,
  progress_note: ProgressNote,
} as const;

export const inputFlowOf = ({ flow }: Pick<FlowFacts, 'flow'>): InputFlow => ({
  ...{ flow_id: flow.flow_id, systems: flow.systems, cancelled: flow.cancelled, proposed: flow.proposed },
  transitioned: flow.phase === 'system_shutdown',
});

const contentOf = ({ kind, content }: Draft): InputContent =>
  ({ kind, content: parseAs<object>(types[kind], content, `The ${kind}`) }) as InputContent;

/**
 * Submits the draft as it stands: checked in full, carried out in the services that it concerns, recorded, and the draft removed with the
 * record. Throws NOT_FOUND, FORBIDDEN, VALIDATION_FAILED, FLOW_STATE, FLOW_SEALED, PRECONDITION_FAILED, SERVICE_UNAVAILABLE (the draft stays).
 */
export async function submitInput(
  parts: SubmitParts,
  context: CommandContext,
  asked: { flow_id: string; kind: FlowInputKind; version: number | null },
): Promise<{ input_id: string; token: StreamToken }> {
  const { store, reader, commands } = parts;
  const { tenant, actor } = context;
  const place = { tenant, flow_id: asked.flow_id, kind: asked.kind };
  refuseOtherWriters(asked.kind, actor);
  const reading = await reader.read(tenant, asked.flow_id);
  if (!reading) throw new CodedError('NOT_FOUND', `There is no flow ${asked.flow_id}`);
  const draft = await findDraft(store.within(tenant), place);
  if (!draft) throw new CodedError('NOT_FOUND', `Flow ${asked.flow_id} has no draft of ${asked.kind} to submit`);
  if (asked.version !== null && asked.version !== draft.version) {
    throw new CodedError('PRECONDITION_FAILED', `The draft is at version ${draft.version}, last edited by ${draft.edited_by}`);
  }
  const input = contentOf(draft);
  refuseUnlessTaken(asked.kind, inputFlowOf(reading.facts));
  refuseIncomplete(input, inputFlowOf(reading.facts));
  const input_id = deterministicId('flow-input', draft.draft_id, draft.version);
  await takeEffect(commands, { context, input_id, input, facts: reading.facts });
  const content = JSON.parse(JSON.stringify(input.content)) as Record<string, unknown>;
  const token = await store.execute(context, 'SubmitFlowInput', { input_id }, async (tx) => {
    const query = tx.query.bind(tx);
    const now = await reader.readIn(query, tenant, asked.flow_id);
    refuseUnlessTaken(asked.kind, inputFlowOf(now!.facts));
    if (!(await dropDraft(query, place, draft.version))) throw new CodedError('PRECONDITION_FAILED', 'The draft was submitted already');
    const { version } = await tx.load('decommission_flow', asked.flow_id);
    const data = { flow_id: asked.flow_id, input_id, kind: asked.kind, content, submitted_by: actor.user_id };
    await tx.append('decommission_flow', asked.flow_id, version, [{ type: 'FlowInputSubmitted', data }]);
    return { source: 'gateway' as const, stream_id: streamId('decommission_flow', asked.flow_id), version: version + 1 };
  });
  return { input_id, token };
}
