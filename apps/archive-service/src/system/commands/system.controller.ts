import { Controller, Inject } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { RegisterSystem, TestSystemConnection } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { ARCHIVE_PARTS, type ArchiveParts } from '../../archive-parts.js';
import { registerSystem } from './register-system.js';
import { testSystemConnection } from './test-system-connection.js';

/** The parameters are decorated because the transport passes its context, and with it the caller's trace, only to those who ask for it. */
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
  async register(@Payload() command: RegisterSystem, @Ctx() context: CommandContext): Promise<CommandOutcome> {
    return { token: await registerSystem(this.deps.eventing.store, this.parts.limits.sources, context, command) };
  }

  @CommandEndpoint('archive-service', 'TestSystemConnection')
  async test(@Payload() command: TestSystemConnection, @Ctx() context: CommandContext): Promise<CommandOutcome> {
    const { answer, ...token } = await testSystemConnection(this.deps.eventing.store, this.parts.diagnosis, context, command);
    return { token, answer };
  }
}
