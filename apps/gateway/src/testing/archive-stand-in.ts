import { Controller, Inject } from '@nestjs/common';
import { archiveJobId, type RegisterSystem, type RetryArchiveJob, type StartMigration } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CodedError } from '@lastcopy/kernel';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';

/** Takes the commands of the archive-service that the gateway's tests send, and keeps them as events in a real log. */
@Controller()
export class ArchiveStandIn {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

  @CommandEndpoint('archive-service', 'RegisterSystem')
  async register(command: RegisterSystem, context: CommandContext): Promise<CommandOutcome> {
    const { system_id } = command;
    await this.deps.eventing.store.transact(context, async (tx) => {
      const { version } = await tx.load('system', system_id);
      const data = JSON.parse(JSON.stringify(command)) as RegisterSystem;
      if (version === 0) await tx.append('system', system_id, 0, [{ type: 'SystemRegistered', data }]);
    });
    return { token: { source: 'archive-service', stream_id: `system:${system_id}`, version: 1 } };
  }

  @CommandEndpoint('archive-service', 'StartMigration')
  async start({ flow_id, jobs }: StartMigration, context: CommandContext): Promise<CommandOutcome> {
    const job_ids = jobs.map(({ system_id }) => archiveJobId(flow_id, system_id));
    await this.deps.eventing.store.transact(context, async (tx) => {
      for (const { storage_location, ...order } of JSON.parse(JSON.stringify(jobs)) as StartMigration['jobs']) {
        const job_id = archiveJobId(flow_id, order.system_id);
        const { version } = await tx.load('archive_job', job_id);
        const data = { job_id, flow_id, attempt: 1, ...order, destination: storage_location };
        if (version === 0) await tx.append('archive_job', job_id, 0, [{ type: 'ArchiveJobQueued', data }]);
      }
    });
    return { token: { source: 'archive-service', stream_id: `archive_job:${job_ids.at(-1)}`, version: 1 }, answer: { job_ids } };
  }

  @CommandEndpoint('archive-service', 'RetryArchiveJob')
  async retry({ job_id }: RetryArchiveJob, context: CommandContext): Promise<CommandOutcome> {
    return this.deps.eventing.store.transact(context, async (tx) => {
      const { events, version } = await tx.load('archive_job', job_id);
      if (events.at(-1)?.type !== 'ArchiveJobFailed') throw new CodedError('JOB_STATE', `Job ${job_id} has not failed`);
      const { flow_id, attempt } = events.at(-1)!.data as { flow_id: string; attempt: number };
      const due_at = this.deps.clock.now().toISOString();
      const data = { job_id, flow_id, attempt: attempt + 1, retry_no: 0, due_at, reason: 'asked for' };
      await tx.append('archive_job', job_id, version, [{ type: 'ArchiveRetryScheduled', data }]);
      return { token: { source: 'archive-service', stream_id: `archive_job:${job_id}`, version: version + 1 } };
    });
  }
}
