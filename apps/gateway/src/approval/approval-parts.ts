import type { Tenant } from '@lastcopy/contracts';
import type { EventStore } from '@lastcopy/eventing';
import type { Clock } from '@lastcopy/kernel';
import type { EvidenceReader } from '../evidence/evidence-reader.js';
import type { ApprovalConfig } from './approval-config.js';
import type { DeadlineTerms } from './domain/deadlines.js';

/** Somebody whom the directory of people knows. */
export interface KnownPerson {
  user_id: string;
  name: string;
  roles: readonly string[];
}

/** What the approvals are made with. */
export interface ApprovalParts {
  store: EventStore;
  reader: EvidenceReader;
  clock: Clock;
  config: ApprovalConfig;
  terms: DeadlineTerms;
  /** Null when nobody of this id has been seen in this tenant. */
  findPerson(tenant: Tenant, userId: string): Promise<KnownPerson | null>;
}
