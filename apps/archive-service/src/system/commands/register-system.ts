import type { RegisterSystem } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import type { SourceAllowList } from '../domain/source-allow-list.js';
import { systemDecider } from '../domain/system.js';
import { systemNamed } from '../projections/systems.js';

/** Errors: SYSTEM_EXISTS (the id or the name is taken), SOURCE_NOT_ALLOWED. */
export function registerSystem(
  store: EventStore,
  allowList: SourceAllowList,
  context: CommandContext,
  system: RegisterSystem,
): Promise<CommandAnswer> {
  allowList.assertAllowed(context.tenant, system.source);
  return store.execute(context, 'RegisterSystem', system, async (tx) => {
    const known = await systemNamed(tx, context.tenant, system.system_name);
    if (known && known !== system.system_id) {
      throw new DomainError('SYSTEM_EXISTS', `A system named ${system.system_name} is registered as ${known}.`, { system_id: known });
    }
    return decideAndAppend(tx, systemDecider, 'system', system.system_id, { type: 'Register', system });
  });
}
