import { Controller, Inject } from '@nestjs/common';
import type { RequestVerification } from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { requestVerification, type RequestedVerification } from './request-verification.js';

/** The parameters are decorated because the transport passes its context, and with it the caller's trace, only to those who ask for it. */
@Controller()
export class VerificationController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('integrity-service', 'RequestVerification')
  async request(command: RequestVerification, context: CommandContext): Promise<CommandOutcome<RequestedVerification>> {
    const { answer, ...token } = await requestVerification(this.deps.eventing.store, command, context);
    return { token, answer: answer ?? null };
  }
}
