import type { JSONWebKeySet } from 'jose';
import type { Blocker, EvidenceRequirement, Tenant } from '@lastcopy/contracts';
import type { EventStore, SqlQuery } from '@lastcopy/eventing';
import { requirementsOf } from '../artifact/domain/artifact-rules.js';
import { winningVerification, type JobRecord } from '../records/job-record.js';
import { knownAttestation, type AttestationKeys } from './attestations.js';
import { factVersions, type FactVersion } from './fact-versions.js';
import { policyActs } from './flow-acts.js';
import type { AttestationVerdict, FlowEvidence, FlowFacts } from './flow-facts.js';
import { flowEventsFrom } from './flow-log.js';
import { KnownSurroundings, readSurroundings, unreadable, type Place } from './flow-surroundings.js';
import { KnownFlow, KnownFlows } from './known-flows.js';
import { readiness } from './readiness.js';

export class FlowReading {
  private judged: Blocker[] | undefined;

  constructor(
    readonly evidence: FlowEvidence,
    readonly facts: FlowFacts,
  ) {}

  /** What the gate would say. Made when first asked for: nobody changes what was read. */
  get blockers(): Blocker[] {
    return (this.judged ??= readiness(this.facts));
  }
}

interface Judged {
  readonly reading: FlowReading;
  readonly surroundings: KnownSurroundings;
  /** With which the signatures were verified; null when there were none, undefined when they changed meanwhile. */
  readonly keys: JSONWebKeySet | null | undefined;
}

const pageEvents = 2_000;

/**
 * Whether the versions of the facts tell when to look again. The key of a signature comes by another way than the log; and what could not be
 * digested may have been parked after the version was asked for, and be there no more when it is asked for next.
 */
const isSettled = ({ attestations, parked }: FlowFacts): boolean =>
  parked.length === 0 && [...attestations.values()].every(({ valid }) => valid);

/**
 * Reads what the gate judges straight from the log: a projection may lag behind it. The log only grows, so a look goes on where the last
 * one ended; the gate's own decision rests on nothing but the log and reads it from the first event.
 */
export class EvidenceReader {
  private readonly known = new KnownFlows<Judged>();
  /** By flow and version: who asks for the same at the same time waits for one look. */
  private readonly looking = new Map<string, Promise<FlowReading | null>>();

  constructor(
    private readonly store: EventStore,
    private readonly keys: AttestationKeys,
    /** What a flow needs unless it says otherwise. */
    private readonly defaults: readonly EvidenceRequirement[],
  ) {}

  /** Null when there is no such flow for this tenant. */
  async read(tenant: Tenant, flowId: string): Promise<FlowReading | null> {
    return (await this.readAll(tenant, [flowId])).get(flowId) ?? null;
  }

  /** By flow_id; only those that are there. One question to the log for all in which nothing happened since the last look. */
  async readAll(tenant: Tenant, flowIds: readonly string[]): Promise<Map<string, FlowReading>> {
    const versions = await factVersions(this.store.within(tenant), tenant, flowIds);
    const readings = new Map<string, FlowReading>();
    for (const [flowId, version] of versions) {
      const reading = await this.readAt(version, tenant, flowId);
      if (reading) readings.set(flowId, reading);
    }
    return readings;
  }

  private readAt(version: FactVersion, tenant: Tenant, flowId: string): Promise<FlowReading | null> {
    const key = JSON.stringify([tenant.client_account_id, tenant.engagement_id, flowId, version]);
    const going = this.looking.get(key);
    if (going) return going;
    const look = this.look(version, tenant, flowId).finally(() => this.looking.delete(key));
    this.looking.set(key, look);
    return look;
  }

  private async look(version: FactVersion, tenant: Tenant, flowId: string): Promise<FlowReading | null> {
    const looked = this.known.of(tenant, flowId);
    const sameAround = looked?.judged && looked.version?.around === version.around;
    const sameKeys = looked?.judged?.keys === (await this.presentKeys());
    if (sameAround && sameKeys && looked.version?.own === version.own) return looked.judged!.reading;
    const query = this.store.within(tenant);
    const flow = await this.readOn(query, tenant, flowId, looked?.flow ?? null);
    const judged = await this.judge(query, tenant, flow, sameAround ? looked.judged!.surroundings : undefined);
    this.known.keep(tenant, flowId, { flow, version: judged && isSettled(judged.reading.facts) ? version : null, judged });
    return judged?.reading ?? null;
  }

  /** As `read`, in a transaction under the lock of the log: nothing arrives meanwhile. What it writes itself may be undone, so nothing is kept. */
  async readIn(query: SqlQuery, tenant: Tenant, flowId: string): Promise<FlowReading | null> {
    const judged = await this.judge(query, tenant, await this.readOn(query, tenant, flowId, this.known.of(tenant, flowId)?.flow ?? null));
    return judged?.reading ?? null;
  }

  /** As `readIn`, from the first event, with the keys as they are now: one may have been withdrawn. */
  async readAnew(query: SqlQuery, tenant: Tenant, flowId: string): Promise<FlowReading | null> {
    await this.keys({ reload: true }).catch(() => null);
    const judged = await this.judge(query, tenant, await this.readOn(query, tenant, flowId, null));
    return judged?.reading ?? null;
  }

  /** By pages, so that a long log is never in memory as a whole. */
  private async readOn(query: SqlQuery, tenant: Tenant, flowId: string, known: KnownFlow | null): Promise<KnownFlow> {
    const { last } = known ?? {};
    let flow = known ?? KnownFlow.begin(flowId);
    for (let fromSeq = last?.log_seq ?? 0; ;) {
      const events = await flowEventsFrom(query, this.store, tenant, flowId, { fromSeq, limit: pageEvents });
      const goesOn = last && fromSeq === last.log_seq;
      // Another log than the one that was read: the database was put back to what it was before.
      if (goesOn && events[0]?.hash !== last.hash) return this.readOn(query, tenant, flowId, null);
      flow = flow.with(goesOn ? events.slice(1) : events);
      if (events.length < pageEvents) return flow;
      fromSeq = flow.last!.log_seq + 1;
    }
  }

  private async judge(query: SqlQuery, tenant: Tenant, { fold, malformed }: KnownFlow, known?: KnownSurroundings): Promise<Judged | null> {
    const evidence = fold.evidence();
    const { flow, assignments, jobs, approvals, artifacts, flowAlerts, heads } = evidence;
    if (!flow) return null;
    const place: Place = {
      systems: flow.systems.map(({ system_id }) => system_id),
      policies: [...new Set([...assignments.values()].map(({ policy_id }) => policy_id))],
      streams: [...heads.keys()],
    };
    const keys = await this.presentKeys();
    const surroundings = known?.stillOf(place) ?? (await readSurroundings(query, this.store, tenant, place));
    const { systems, policies, holds, faults } = surroundings;
    const facts: FlowFacts = {
      ...{ flow, systems, assignments, policies, jobs, approvals, artifacts, holds, flowAlerts },
      acts: [...evidence.acts, ...surroundings.acts, ...policyActs(assignments.values(), policies)],
      requirements: requirementsOf(flow.evidence_requirements?.requirements ?? null, this.defaults),
      attestations: await this.attestations(tenant, jobs),
      ...faults,
      parked: [...faults.parked, ...malformed.map(unreadable)],
    };
    const reading = new FlowReading(evidence, facts);
    return {
      reading,
      surroundings: new KnownSurroundings(place, surroundings),
      keys: keys === (await this.presentKeys()) ? keys : undefined,
    };
  }

  private presentKeys(): Promise<JSONWebKeySet | null> {
    return this.keys().catch(() => null);
  }

  private async attestations(tenant: Tenant, jobs: readonly JobRecord[]): Promise<Map<string, AttestationVerdict>> {
    const verdicts = new Map<string, AttestationVerdict>();
    for (const job of jobs) {
      const verification = winningVerification(job);
      if (verification?.outcome === 'verified') {
        verdicts.set(verification.verification_id, await knownAttestation(tenant, job, this.keys));
      }
    }
    return verdicts;
  }
}
