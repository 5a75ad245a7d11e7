import { Controller, Inject, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import type { SealFlow, SealingService, UnsealFlow } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';

/** The gate's commands to a service that holds evidence, on the service's real log. */
export function sealStandIn(service: SealingService): Type {
  @Controller()
  class SealStandIn {
    constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

    @CommandEndpoint(service, 'SealFlow')
    async seal(@Payload() command: SealFlow, @Ctx() context: CommandContext): Promise<CommandOutcome> {
      return { token: await this.deps.eventing.sealFlow(context, command) };
    }

    @CommandEndpoint(service, 'UnsealFlow')
    async unseal(@Payload() command: UnsealFlow, @Ctx() context: CommandContext): Promise<CommandOutcome> {
      return { token: await this.deps.eventing.unsealFlow(context, command) };
    }
  }
  return SealStandIn;
}
