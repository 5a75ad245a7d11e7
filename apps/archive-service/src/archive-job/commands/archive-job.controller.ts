import { Controller, Inject } from '@nestjs/common';
import type {
  CancelArchiveJob,
  PauseArchiveJob,
  RearchiveSystem,
  ResumeArchiveJob,
  RetryArchiveJob,
  StartMigration,
} from '@lastcopy/contracts';
import type { CommandAnswer, CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { ARCHIVE_PARTS, type ArchiveParts } from '../../archive-parts.js';
import { rearchiveSystem } from './rearchive-system.js';
import { startMigration } from './start-migration.js';
import { retryArchiveJob, steerArchiveJob } from './steer-archive-job.js';

const outcome = <A>({ answer, ...token }: CommandAnswer<A>): CommandOutcome<A> => ({ token, answer: answer ?? null });

@Controller()
export class ArchiveJobController {
  constructor(
    @Inject(SERVICE_DEPS) private readonly deps: ServiceDeps,
    @Inject(ARCHIVE_PARTS) private readonly parts: ArchiveParts,
  ) {}

  get logger() {
    return this.deps.logger;
  }

  private get store() {
    return this.deps.eventing.store;
  }

  @CommandEndpoint('archive-service', 'StartMigration')
  async start(command: StartMigration, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await startMigration(this.store, this.parts.limits, context, command));
  }

  @CommandEndpoint('archive-service', 'RearchiveSystem')
  async rearchive(command: RearchiveSystem, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await rearchiveSystem(this.store, this.parts.limits, context, command));
  }

  @CommandEndpoint('archive-service', 'RetryArchiveJob')
  async retry(command: RetryArchiveJob, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await retryArchiveJob(this.store, context, command));
  }

  @CommandEndpoint('archive-service', 'PauseArchiveJob')
  async pause(command: PauseArchiveJob, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await steerArchiveJob(this.store, context, 'Pause', command));
  }

  @CommandEndpoint('archive-service', 'ResumeArchiveJob')
  async resume(command: ResumeArchiveJob, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await steerArchiveJob(this.store, context, 'Resume', command));
  }

  @CommandEndpoint('archive-service', 'CancelArchiveJob')
  async cancel(command: CancelArchiveJob, context: CommandContext): Promise<CommandOutcome> {
    return outcome(await steerArchiveJob(this.store, context, 'Cancel', command));
  }
}
