import { Controller, Inject } from '@nestjs/common';
import type { AdviseRetention } from '@lastcopy/contracts';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { determineRetentionPeriod } from './advise-retention.js';
import { regulationCatalogue, regulationCatalogueVersion } from './regulation-catalogue.js';

@Controller()
export class RegulationController {
  constructor(@Inject(SERVICE_DEPS) readonly deps: ServiceDeps) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('policy-service', 'DescribeRegulations')
  async describe(): Promise<CommandOutcome> {
    return { answer: { version: regulationCatalogueVersion, rules: regulationCatalogue } };
  }

  @CommandEndpoint('policy-service', 'AdviseRetention')
  async advise(command: AdviseRetention): Promise<CommandOutcome> {
    return { answer: determineRetentionPeriod({ ...command, asOf: this.deps.clock.now() }) };
  }
}
