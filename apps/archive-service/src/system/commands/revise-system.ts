import type { ReviseSystem } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore, type ServiceTransaction } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import type { SourceAllowList } from '../domain/source-allow-list.js';
import { systemDecider } from '../domain/system.js';
import { systemNamed } from '../projections/systems.js';

/**
 * Nothing about a system changes once the fate of its data is being decided, or is decided. The system's own stream belongs to no flow:
 * the flows are those that have a job of it.
 */
export async function refuseWhileSealed(tx: ServiceTransaction, systemId: string): Promise<void> {
  const [sealed] = await tx.query<{ flow_id: string; gate_no: number }>(
    `select seal.flow_id, seal.gate_no from flow_seals seal join job_queue job on job.flow_id::text = seal.flow_id
     where job.system_id = $1 and seal.sealed limit 1`,
    [systemId],
  );
  if (!sealed) return;
  const { flow_id, gate_no } = sealed;
  throw new DomainError('FLOW_SEALED', `Flow ${flow_id}, which has system ${systemId} in it, is sealed for gate ${gate_no}.`, {
    flow_id,
    gate_no,
  });
}

async function refuseTakenName(tx: ServiceTransaction, { system_id, changes }: ReviseSystem): Promise<void> {
  const { system_name } = changes;
  const taken = system_name ? await systemNamed(tx, tx.context.tenant, system_name) : undefined;
  if (taken && taken !== system_id) {
    throw new DomainError('SYSTEM_EXISTS', `A system named ${system_name} is registered as ${taken}.`, { system_id: taken });
  }
}

/** Changes a system's description; jobs that are queued keep theirs. Errors: as `ReviseSystem` says. */
export function reviseSystem(
  store: EventStore,
  allowList: SourceAllowList,
  context: CommandContext,
  command: ReviseSystem,
): Promise<CommandAnswer> {
  const { system_id, changes, reason, expected_version } = command;
  if (changes.source) allowList.assertAllowed(context.tenant, changes.source);
  return store.execute(context, 'ReviseSystem', command, async (tx) => {
    await refuseWhileSealed(tx, system_id);
    await refuseTakenName(tx, command);
    const revision = { type: 'Revise', system_id, changes, reason, expectedVersion: expected_version ?? null } as const;
    return decideAndAppend(tx, systemDecider, 'system', system_id, revision);
  });
}
