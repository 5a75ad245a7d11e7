import type { AcceptClassification, ClassificationPlaces, ClassifySystem, DismissClassification, Tenant } from '@lastcopy/contracts';
import { decideAndAppend, deterministicId, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { DomainError, fold } from '@lastcopy/kernel';
import { refuseWhileSealed } from '../../system/commands/revise-system.js';
import { systemDecider, type SystemEvent } from '../../system/domain/system.js';

/** Asks for a look; the worker takes it. Answers the id of the look under way. Errors: SYSTEM_UNKNOWN. */
export function classifySystem(
  store: EventStore,
  context: CommandContext,
  command: ClassifySystem,
): Promise<CommandAnswer<{ suggestion_id: string }>> {
  return store.execute(context, 'ClassifySystem', command, async (tx) => {
    const { system_id } = command;
    const suggestion_id = deterministicId('classification', system_id, context.command_id);
    const request = { type: 'RequestClassification', system_id, suggestion_id } as const;
    const token = await decideAndAppend(tx, systemDecider, 'system', system_id, request);
    const { events } = await tx.load('system', system_id);
    const { classification } = fold(systemDecider, events as readonly object[] as readonly SystemEvent[]);
    return { ...token, answer: { suggestion_id: classification!.suggestion_id } };
  });
}

/** What a classification says of a person's data is a person's word. */
function refuseMachine({ actor }: CommandContext): void {
  if (!actor.service_account) return;
  throw new DomainError('FORBIDDEN', `${actor.name} is a service account: a person decides on a suggested classification.`);
}

/** Errors: as `AcceptClassification` says. */
export function acceptClassification(store: EventStore, context: CommandContext, command: AcceptClassification): Promise<CommandAnswer> {
  refuseMachine(context);
  return store.execute(context, 'AcceptClassification', command, async (tx) => {
    const { system_id, suggestion_id, data_classification = null, compliance_requirements = null, reason = null } = command;
    await refuseWhileSealed(tx, system_id);
    const accept = {
      type: 'AcceptClassification',
      system_id,
      suggestion_id,
      data_classification,
      compliance_requirements,
      reason,
    } as const;
    return decideAndAppend(tx, systemDecider, 'system', system_id, accept);
  });
}

/** Errors: as `DismissClassification` says. */
export function dismissClassification(store: EventStore, context: CommandContext, command: DismissClassification): Promise<CommandAnswer> {
  refuseMachine(context);
  return store.execute(context, 'DismissClassification', command, (tx) =>
    decideAndAppend(tx, systemDecider, 'system', command.system_id, { type: 'DismissClassification', ...command }),
  );
}

/** What the places of findings are called; a system of another tenant has none. */
export async function placesOf(
  store: EventStore,
  tenant: Tenant,
  systemId: string,
  suggestionIds: readonly string[],
): Promise<ClassificationPlaces> {
  const rows = await store.within(tenant)<{ suggestion_id: string; place: string; container: string; element: string }>(
    `select suggestion_id, place, container, element from classification_places
     where client_account_id = $1 and engagement_id = $2 and system_id = $3 and suggestion_id = any($4)`,
    [tenant.client_account_id, tenant.engagement_id, systemId, suggestionIds],
  );
  const places: ClassificationPlaces = {};
  for (const { suggestion_id, place, container, element } of rows) (places[suggestion_id] ??= {})[place] = { container, element };
  return places;
}
