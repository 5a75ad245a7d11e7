import { deterministicId, type CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import type { CommandClient } from '@lastcopy/platform';
import type { FlowFacts } from '../../evidence/flow-facts.js';
import type { InputContent } from '../domain/input-rules.js';

export interface Effect {
  context: CommandContext;
  /** Of the input: a repeated submission sends the same commands, which are carried out once. */
  input_id: string;
  input: InputContent;
  facts: FlowFacts;
}

const sender = ({ context, input_id }: Effect, what: string, systemId: string) => ({
  command_id: deterministicId('flow-input-effect', input_id, what, systemId),
  tenant: context.tenant,
  actor: context.actor,
});

async function moveDestinations(commands: CommandClient, effect: Effect): Promise<void> {
  const { input, facts } = effect;
  if (input.kind !== 'archive_destination') return;
  const { flow_id } = facts.flow;
  const overrides = input.content.destinations.map(({ system_id, storage_location, access_notes }) => {
    const assigned = facts.assignments.get(system_id);
    if (!assigned) throw new CodedError('FLOW_STATE', `System ${system_id} has no policy yet; submit its destination when it has`);
    const reason = access_notes?.trim()
      ? `Destination submitted in the flow: ${access_notes.trim().slice(0, 1900)}`
      : 'Destination submitted in the flow';
    return { flow_id, system_id, policy_id: assigned.policy_id, storage_location, reason };
  });
  // All are tried first, so that one that is refused leaves the others undone as well.
  for (const each of overrides) {
    await commands.send(
      'policy-service',
      'OverrideAssignment',
      { ...each, dry_run: true },
      sender(effect, 'try-destination', each.system_id),
    );
  }
  for (const each of overrides)
    await commands.send('policy-service', 'OverrideAssignment', each, sender(effect, 'destination', each.system_id));
}

async function reviseClassification(commands: CommandClient, effect: Effect): Promise<void> {
  if (effect.input.kind !== 'classification') return;
  for (const { system_id, data_classification, comment } of effect.input.content.systems) {
    const reason = `Submitted in flow "${effect.facts.flow.flow_name}"${comment?.trim() ? `: ${comment.trim().slice(0, 1500)}` : ''}`;
    const revision = { system_id, changes: { data_classification }, reason };
    await commands.send('archive-service', 'ReviseSystem', revision, sender(effect, 'classification', system_id));
  }
}

/**
 * What submitting an input changes in other services. Repeatable: a service that is down in the middle leaves the draft, and submitting it
 * again goes on with what is missing. Throws what the services answer, SERVICE_UNAVAILABLE.
 */
export async function takeEffect(commands: CommandClient, effect: Effect): Promise<void> {
  await moveDestinations(commands, effect);
  await reviseClassification(commands, effect);
}
