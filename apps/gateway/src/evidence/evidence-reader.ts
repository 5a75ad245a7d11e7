import type { EvidenceRequirement, Tenant } from '@lastcopy/contracts';
import type { EventStore, LoggedEvent, SqlQuery } from '@lastcopy/eventing';
import { requirementsOf } from '../artifact/domain/artifact-rules.js';
import { alertFold } from '../records/alert-record.js';
import { winningVerification, type JobRecord } from '../records/job-record.js';
import { foldAll } from '../records/record-fold.js';
import { assignedPolicies } from './assigned-policies.js';
import { checkAttestation, type AttestationKeys } from './attestations.js';
import { policyActs } from './flow-acts.js';
import { foldEvidence, type AttestationVerdict, type FlowEvidence, type FlowFacts, type LogFaults } from './flow-facts.js';
import { flowEvents, flowlessAlerts, partByContract } from './flow-log.js';
import { isIntegrityAlert } from './gates/no-open-alert.js';
import { readSystems } from './present-systems.js';
import { standingHolds } from './standing-holds.js';

export interface FlowReading {
  evidence: FlowEvidence;
  facts: FlowFacts;
}

const unreadable = ({ stream_id }: LoggedEvent) => ({ stream_id, subscription: 'the gate', code: 'EVENT_MALFORMED' });

/** Reads what the gate judges straight from the log: a projection may lag behind it. */
export class EvidenceReader {
  constructor(
    private readonly store: EventStore,
    private readonly keys: AttestationKeys,
    /** What a flow needs unless it says otherwise. */
    private readonly defaults: readonly EvidenceRequirement[],
  ) {}

  /** Null when there is no such flow for this tenant. `query` may be a transaction's: then nothing arrives meanwhile. */
  async read(tenant: Tenant, flowId: string, query: SqlQuery = this.store.within(tenant)): Promise<FlowReading | null> {
    const { sound, malformed } = partByContract(await flowEvents(query, this.store, tenant, flowId));
    const evidence = foldEvidence(flowId, sound);
    const { flow, assignments, jobs, approvals, artifacts, flowAlerts } = evidence;
    if (!flow) return null;
    const faults = await this.faults(query, tenant, [...evidence.heads.keys()]);
    const attestations = await this.attestations(tenant, jobs);
    const requirements = requirementsOf(flow.evidence_requirements?.requirements ?? null, this.defaults);
    const systemIds = flow.systems.map(({ system_id }) => system_id);
    const { holds, malformed: badHolds } = await standingHolds(query, this.store, tenant, systemIds);
    const { systems, acts, malformed: badSystems } = await readSystems(query, this.store, tenant, systemIds);
    const policyIds = [...assignments.values()].map(({ policy_id }) => policy_id);
    const { policies, malformed: badPolicies } = await assignedPolicies(query, this.store, tenant, policyIds);
    const parked = [...faults.parked, ...[...malformed, ...badHolds, ...badSystems, ...badPolicies].map(unreadable)];
    const known = { systems, acts: [...evidence.acts, ...acts, ...policyActs(assignments.values(), policies)] };
    const facts = {
      ...known,
      flow,
      assignments,
      policies,
      jobs,
      approvals,
      artifacts,
      requirements,
      holds,
      flowAlerts,
      attestations,
      ...faults,
      parked,
    };
    return { evidence, facts };
  }

  private async faults(query: SqlQuery, tenant: Tenant, streams: string[]): Promise<LogFaults> {
    const forks = await query<{ source: string; reason: string }>('select source, reason from event_forks order by source');
    const parked = await query<{ stream_id: string; subscription: string; code: string }>(
      'select distinct on (stream_id, subscription) stream_id, subscription, code from parked_events where stream_id = any($1)',
      [streams],
    );
    const { sound, malformed } = partByContract(await flowlessAlerts(query, this.store, tenant));
    parked.push(...malformed.map(unreadable));
    return { forks, parked, alerts: [...foldAll(alertFold, sound).values()].filter(isIntegrityAlert) };
  }

  private async attestations(tenant: Tenant, jobs: readonly JobRecord[]): Promise<Map<string, AttestationVerdict>> {
    const verdicts = new Map<string, AttestationVerdict>();
    for (const job of jobs) {
      const verification = winningVerification(job);
      if (verification?.outcome === 'verified') {
        verdicts.set(verification.verification_id, await checkAttestation(tenant, job, this.keys));
      }
    }
    return verdicts;
  }
}
