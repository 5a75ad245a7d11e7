import { Controller, Inject, type Type } from '@nestjs/common';
import type { SealFlow, SealingService, UnsealFlow } from '@lastcopy/contracts';
import { sealFlow, unsealFlow, type CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, type CommandOutcome } from '../commands/command-endpoint.js';
import { SERVICE_DEPS, type ServiceDeps } from './service-deps.js';

/** The gate's commands to a service that holds evidence: stand still, and go on. */
export function sealController(service: SealingService): Type {
  @Controller()
  class SealController {
    constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

    get logger() {
      return this.deps.logger;
    }

    @CommandEndpoint(service, 'SealFlow')
    async seal(command: SealFlow, context: CommandContext): Promise<CommandOutcome> {
      return { token: await sealFlow(this.deps.eventing.store, context, command) };
    }

    @CommandEndpoint(service, 'UnsealFlow')
    async unseal(command: UnsealFlow, context: CommandContext): Promise<CommandOutcome> {
      return { token: await unsealFlow(this.deps.eventing.store, context, command) };
    }
  }
  return SealController;
}
