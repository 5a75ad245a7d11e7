import { Controller, Inject } from '@nestjs/common';
import { streamId, type AnchorReading, type LogAnchored, type ReadAnchors } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';
import { CommandEndpoint, SERVICE_DEPS, type CommandOutcome, type ServiceDeps } from '@lastcopy/platform';
import type { AnchorWorker } from './anchor-worker.js';

export const ANCHORS = Symbol('AnchorWorker, or null where anchors are not set up');

@Controller()
export class AnchorController {
  constructor(
    @Inject(SERVICE_DEPS) readonly deps: ServiceDeps,
    @Inject(ANCHORS) private readonly anchors: { worker: AnchorWorker | null },
  ) {}

  get logger() {
    return this.deps.logger;
  }

  @CommandEndpoint('integrity-service', 'TakeAnchor')
  async take(): Promise<CommandOutcome<LogAnchored>> {
    const { worker } = this.anchors;
    if (!worker)
      throw new CodedError(
        'CONFIGURATION_INVALID',
        'The logs are not anchored here: set ANCHOR_BUCKET and its credentials for the integrity-service',
      );
    const answer = await worker.take();
    return { token: { source: 'integrity-service', stream_id: streamId('log_anchor', answer.anchor_id), version: 1 }, answer };
  }

  @CommandEndpoint('integrity-service', 'ReadAnchors')
  async read({ limit }: ReadAnchors): Promise<CommandOutcome<AnchorReading>> {
    const { worker } = this.anchors;
    const none: AnchorReading = { anchored: false, anchors: [], complete: true, faults: [] };
    return { answer: worker ? await worker.read(limit) : none };
  }
}
