import type { JSONWebKeySet } from 'jose';
import type { KeyProvider } from '@lastcopy/archive-format';
import type { EventingLogger } from '@lastcopy/eventing';
import type { ObjectStore } from '@lastcopy/object-store';
import type { PostgresConnection } from '@lastcopy/source-postgresql';
import type { Claim } from './claims.js';
import type { Findings } from './findings.js';
import type { ProgressReporter } from './progress-reporter.js';

/** The ways to the archive key that this service has itself. */
export interface KeyPaths {
  readonly tenant: KeyProvider;
  /** Null when no escrow key is configured here: then its path is not attested. */
  readonly escrow: KeyProvider | null;
}

/** What the verifier has of its own, so that it need not trust the archive-service. */
export interface VerifierParts {
  /** With read-only credentials of this service. */
  readonly store: ObjectStore;
  /** Rejects with CONFIGURATION_INVALID when a key cannot be had. */
  keysOf(clientAccountId: string): Promise<KeyPaths>;
  /** Public keys of the archive-service. */
  trustedSigners(): Promise<JSONWebKeySet>;
  readonly scratchAdmin: PostgresConnection;
  readonly logger: EventingLogger;
}

/** One run over one archive. */
export interface Proof {
  readonly parts: VerifierParts;
  readonly claim: Claim;
  /** Of this service's log: marks the scratch database as its own. */
  readonly epoch: string;
  readonly keys: KeyPaths;
  readonly findings: Findings;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
}
