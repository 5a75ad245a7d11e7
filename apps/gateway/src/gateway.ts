import type { BackgroundWork, ServiceDeps } from '@lastcopy/platform';
import type { GatewayConfig } from './config.js';
import { attestationKeysIn } from './evidence/attestation-keys.js';
import type { AttestationKeys } from './evidence/attestations.js';
import { EvidenceReader } from './evidence/evidence-reader.js';
import { ProgressBoard } from './read-model/adapters/progress-board.js';
import { RecordQueries } from './read-model/record-queries.js';
import { Proceed } from './transition/proceed.js';
import { ShutdownObjectionsQuery } from './transition/adapters/shutdown-objections.js';
import { TransitionDriver } from './transition/transition-driver.js';

export const GATEWAY = Symbol('Gateway');

/** How much longer than the gate itself a caller waits for its decision. */
const decisionMarginMs = 5_000;

/** The gateway's own parts, made when first used: the event log exists only once the service starts. */
export class Gateway {
  readonly progress: ProgressBoard;
  private readonly closing = new AbortController();
  private readonly keys: AttestationKeys;
  private made: { reader: EvidenceReader; queries: RecordQueries; proceed: Proceed } | undefined;

  constructor(readonly deps: ServiceDeps<GatewayConfig>) {
    this.keys = attestationKeysIn(deps.config.TRUSTED_KEYS_DIR ?? deps.config.KEYS_DIR);
    this.progress = new ProgressBoard(deps);
  }

  get reader(): EvidenceReader {
    return this.parts.reader;
  }

  get queries(): RecordQueries {
    return this.parts.queries;
  }

  get proceed(): Proceed {
    return this.parts.proceed;
  }

  /** Aborted when the service stops: what waits for long lets go then. */
  get stopping(): AbortSignal {
    return this.closing.signal;
  }

  background(): BackgroundWork[] {
    const { deps, reader } = this;
    const driver = new TransitionDriver(deps, reader, { timeoutMs: deps.config.TRANSITION_TIMEOUT_MS });
    // Stopped first, as the last one: open streams and waiting callers would hold up the closing of HTTP.
    const letGo = { start: () => undefined, stop: async () => this.closing.abort() };
    return [this.progress, driver, new ShutdownObjectionsQuery(deps, reader), letGo];
  }

  private get parts() {
    this.made ??= this.make();
    return this.made;
  }

  private make() {
    const reader = new EvidenceReader(this.deps.eventing.store, this.keys);
    const timeoutMs = this.deps.config.TRANSITION_TIMEOUT_MS + decisionMarginMs;
    return {
      reader,
      queries: new RecordQueries(this.deps.eventing),
      proceed: new Proceed(this.deps, reader, { timeoutMs, stopping: this.stopping }),
    };
  }
}
