import { archiveJobId, streamId, type ArchiveJobOrder, type StartMigration, type Tenant } from '@lastcopy/contracts';
import { decideAndAppend, type CommandAnswer, type CommandContext, type EventStore } from '@lastcopy/eventing';
import { DomainError } from '@lastcopy/kernel';
import type { SourceAllowList } from '../../system/domain/source-allow-list.js';
import type { JobOrder } from '../domain/archive-job-commands.js';
import { archiveJobDecider } from '../domain/archive-job-decider.js';

export interface Limits {
  sources: SourceAllowList;
  /** Null: every bucket that the credentials reach. */
  buckets: ReadonlySet<string> | null;
}

export function assertWithinLimits(tenant: Tenant, order: Pick<ArchiveJobOrder, 'source' | 'storage_location'>, limits: Limits): void {
  limits.sources.assertAllowed(tenant, order.source);
  const bucket = new URL(order.storage_location).hostname;
  if (limits.buckets && !limits.buckets.has(bucket)) {
    throw new DomainError('STORE_DENIED', `Bucket ${bucket} of ${order.storage_location} is not on the allow-list of the archive-service.`);
  }
}

export function jobOrder(flowId: string, { storage_location, ...order }: ArchiveJobOrder): JobOrder {
  return { ...order, job_id: archiveJobId(flowId, order.system_id), flow_id: flowId, destination: storage_location };
}

/**
 * Queues one job a system, all or none. Started twice, a system keeps its job; one that failed or was cancelled is queued again as
 * it is ordered now. Answers `{ job_ids }` and the last job's stream. Errors: SOURCE_NOT_ALLOWED, STORE_DENIED, FLOW_SEALED.
 */
export function startMigration(
  store: EventStore,
  limits: Limits,
  context: CommandContext,
  command: StartMigration,
): Promise<CommandAnswer<{ job_ids: string[] }>> {
  for (const order of command.jobs) assertWithinLimits(context.tenant, order, limits);
  return store.execute(context, 'StartMigration', command, async (tx) => {
    const orders = command.jobs.map((order) => jobOrder(command.flow_id, order));
    let token = { source: store.service, stream_id: streamId('archive_job', orders[0]!.job_id), version: 0 };
    for (const order of orders) token = await decideAndAppend(tx, archiveJobDecider, 'archive_job', order.job_id, { type: 'Queue', order });
    return { ...token, answer: { job_ids: orders.map(({ job_id }) => job_id) } };
  });
}
