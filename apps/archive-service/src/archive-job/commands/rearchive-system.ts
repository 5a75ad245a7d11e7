import type { RearchiveSystem } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { archiveJobDecider } from '../domain/archive-job-decider.js';
import { assertWithinLimits, jobOrder, type Limits } from './start-migration.js';

/**
 * Queues another attempt, as it is approved now, for a system that has an archive already. What was locked stays where it is. Errors:
 * NOT_FOUND, JOB_STATE, SOURCE_NOT_ALLOWED, STORE_DENIED, FLOW_SEALED.
 */
export function rearchiveSystem(
  store: EventStore,
  limits: Limits,
  context: CommandContext,
  command: RearchiveSystem,
): Promise<CommandAnswer> {
  assertWithinLimits(context.tenant, command.order, limits);
  const order = jobOrder(command.flow_id, command.order);
  return store.execute(context, 'RearchiveSystem', command, (tx) =>
    decideAndAppend(tx, archiveJobDecider, 'archive_job', order.job_id, { type: 'Rearchive', order, reason: command.reason }),
  );
}
