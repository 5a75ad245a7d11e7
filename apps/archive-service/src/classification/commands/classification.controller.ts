import { Controller, Inject } from '@nestjs/common';
import type {
  AcceptClassification,
  ClassificationPlaces,
  ClassifySystem,
  DismissClassification,
  NameClassificationPlaces,
} from '@lastcopy/contracts';
import type { CommandContext } from '@lastcopy/eventing';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import { acceptClassification, classifySystem, dismissClassification, placesOf } from './decide-on-suggestion.js';

@Controller()
export class ClassificationController {
  constructor(@Inject(SERVICE_DEPS) private readonly deps: ServiceDeps) {}

  get logger() {
    return this.deps.logger;
  }

  private get store() {
    return this.deps.eventing.store;
  }

  @CommandEndpoint('archive-service', 'ClassifySystem')
  async classify(command: ClassifySystem, context: CommandContext): Promise<CommandOutcome> {
    const { answer, ...token } = await classifySystem(this.store, context, command);
    return { token, answer };
  }

  @CommandEndpoint('archive-service', 'AcceptClassification')
  async accept(command: AcceptClassification, context: CommandContext): Promise<CommandOutcome> {
    return { token: await acceptClassification(this.store, context, command) };
  }

  @CommandEndpoint('archive-service', 'DismissClassification')
  async dismiss(command: DismissClassification, context: CommandContext): Promise<CommandOutcome> {
    return { token: await dismissClassification(this.store, context, command) };
  }

  @CommandEndpoint('archive-service', 'NameClassificationPlaces')
  async places(
    { system_id, suggestion_ids }: NameClassificationPlaces,
    { tenant }: CommandContext,
  ): Promise<CommandOutcome<ClassificationPlaces>> {
    return { answer: await placesOf(this.store, tenant, system_id, suggestion_ids) };
  }
}
