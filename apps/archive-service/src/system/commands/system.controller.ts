import { Controller, Inject } from '@nestjs/common';
import type { RegisterSystem, ReviseSystem, TestSystemConnection } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { ARCHIVE_PARTS, type ArchiveParts } from '../../archive-parts.js';
import { registerSystem } from './register-system.js';
import { reviseSystem } from './revise-system.js';
import { testSystemConnection } from './test-system-connection.js';

@Controller()
export class SystemController {
  constructor(
    @Inject(SERVICE_DEPS) private readonly deps: ServiceDeps,
    @Inject(ARCHIVE_PARTS) private readonly parts: ArchiveParts,
  ) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('archive-service', 'RegisterSystem')
  async register(command: RegisterSystem, context: CommandContext): Promise<CommandOutcome> {
    return { token: await registerSystem(this.deps.eventing.store, this.parts.limits.sources, context, command) };
  }

  @CommandEndpoint('archive-service', 'ReviseSystem')
  async revise(command: ReviseSystem, context: CommandContext): Promise<CommandOutcome> {
    return { token: await reviseSystem(this.deps.eventing.store, this.parts.limits.sources, context, command) };
  }

  @CommandEndpoint('archive-service', 'TestSystemConnection')
  async test(command: TestSystemConnection, context: CommandContext): Promise<CommandOutcome> {
    const { answer, ...token } = await testSystemConnection(this.deps.eventing.store, this.parts.diagnosis, context, command);
    return { token, answer };
  }
}
