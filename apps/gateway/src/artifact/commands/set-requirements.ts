import { streamId, type EvidenceRequirement, type StreamToken } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import type { ArtifactParts } from '../artifact-parts.js';
import { decideRequirements } from '../domain/evidence-requirements.js';
import { actorOf, factsNow, flowOf } from './change-artifact.js';

/** Sets what a flow needs; kinds that are not named stay as they are. */
export function setRequirements(
  parts: ArtifactParts,
  context: CommandContext,
  asked: { flow_id: string; requirements: EvidenceRequirement[]; reason: string },
): Promise<StreamToken> {
  const { flow_id, requirements, reason } = asked;
  return parts.store.execute(context, 'SetEvidenceRequirements', asked, async (tx) => {
    const facts = await factsNow(parts, tx, flow_id);
    const change = { requirements, reason, actor: actorOf(context), flow: flowOf(facts), before: facts.requirements };
    const set = decideRequirements(change);
    const { version } = await tx.load('decommission_flow', flow_id);
    if (set) await tx.append('decommission_flow', flow_id, version, [{ type: 'EvidenceRequirementsSet', data: set }]);
    return { source: 'gateway', stream_id: streamId('decommission_flow', flow_id), version: version + (set ? 1 : 0) };
  });
}
