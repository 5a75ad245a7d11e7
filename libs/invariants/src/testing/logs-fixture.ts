import { streamId, type AggregateName, type EventEnvelope, type ServiceName } from '@lastcopy/contracts';
import { envelopeHash } from '@lastcopy/eventing';
import { checkLogs } from '../check-logs.js';

const job_id = '00000000-0000-4000-8000-00000000000a';
const flow_id = '00000000-0000-4000-8000-00000000000f';
const system_id = '00000000-0000-4000-8000-00000000000c';
const retain_until = '2033-03-04T00:00:00.000Z';
const archived_at = '2026-03-04T00:00:00.000Z';
const attempt1 = { job_id, flow_id, attempt: 1 };

type Changes = Partial<Pick<EventEnvelope, 'source' | 'client_account_id'>>;

/** The logs of all services, written event by event as each service would. */
export class Logs {
  readonly events: EventEnvelope[] = [];

  tell(source: ServiceName, aggregate: AggregateName, id: string, type: string, data: object, changes: Changes = {}): this {
    const stream_id = streamId(aggregate, id);
    const before = this.events.filter((event) => event.source === (changes.source ?? source)).at(-1);
    const unhashed: Omit<EventEnvelope, 'hash'> = {
      ...{ source, aggregate, type, data, stream_id, flow_id, aggregate_id: id, schema_version: 1 },
      ...{ position: (before?.position ?? 0) + 1, prev_hash: before?.hash ?? '', version: this.versionOf(stream_id) + 1 },
      ...{ epoch: 'e', event_id: `${source} ${this.events.length}`, client_account_id: 'client-1', engagement_id: 'engagement-1' },
      ...{ actor: 'a', causation_id: null, correlation_id: null, traceparent: null, occurred_at: archived_at },
      ...changes,
    };
    this.events.push({ ...unhashed, hash: envelopeHash(unhashed) });
    return this;
  }

  job(type: string, data: object = {}, changes: Changes = {}): this {
    return this.tell('archive-service', 'archive_job', job_id, type, { ...attempt1, ...data }, changes);
  }

  verified(run = 1, data: object = {}): this {
    return this.tell('integrity-service', 'verification', `run-${run}`, 'IntegrityVerified', {
      ...attempt1,
      level: 'restored',
      checks: [],
      ...data,
    });
  }

  failed(run: number): this {
    return this.tell('integrity-service', 'verification', `run-${run}`, 'IntegrityFailed', { ...attempt1, level: 'fixity', checks: [] });
  }

  uploaded(data: object = {}): this {
    return this.job('ArchiveUploaded', { verification_level: 'restored', archived_at, retain_until, ...data });
  }

  retained(data: object = {}): this {
    return this.tell('integrity-service', 'verification', 'run-1', 'RetentionVerified', { ...attempt1, retain_until, ...data });
  }

  /** A job that was queued, archived, proven, locked and completed. */
  completed(): this {
    return this.started()
      .uploaded()
      .verified()
      .job('ArchiveLocked', { retain_until })
      .retained()
      .job('ArchiveJobCompleted', { retain_until });
  }

  started(): this {
    const order = { system_id, retention_period_days: 2555, minima: [{ duration: 'P7Y' }] };
    return this.job('ArchiveJobQueued', order).job('ArchiveJobStarted');
  }

  initialized(): this {
    return this.tell('gateway', 'decommission_flow', flow_id, 'FlowInitialized', { flow_id, systems: [{ system_id }] });
  }

  approved(...roles: string[]): this {
    for (const role of roles) this.decided(role, `who is ${role}`);
    return this;
  }

  decided(role: string, decided_by: string, type: 'ApprovalGranted' | 'ApprovalRejected' = 'ApprovalGranted'): this {
    return this.tell('gateway', 'approval', role, type, { flow_id, role, decided_by });
  }

  held(type: 'LegalHoldPlaced' | 'LegalHoldReleased', on = system_id): this {
    const hold = { matter: 'Smith v. Acme', scope: { kind: 'system', system_id: on } };
    return this.tell('policy-service', 'legal_hold', `hold-on-${on}`, type, hold);
  }

  sealed(...services: ('policy' | 'archive' | 'integrity')[]): this {
    for (const service of services) {
      const source = `${service}-service` as const;
      const own = this.events.filter((event) => event.source === source && !event.aggregate.endsWith('_seal'));
      const streams = [...new Map(own.map(({ stream_id, version, hash }) => [stream_id, { stream_id, version, hash }])).values()];
      this.tell(source, `${service}_seal`, flow_id, 'FlowSealed', { flow_id, gate_no: 1, streams });
    }
    return this;
  }

  transitioned(): this {
    const data = { flow_id, gate_no: 1, from_phase: 'data_migration', to_phase: 'system_shutdown' };
    return this.tell('gateway', 'decommission_flow', flow_id, 'PhaseTransitioned', data);
  }

  /** What the invariants say of these logs: `name: message`. */
  async violations(): Promise<string[]> {
    const { events } = this;
    async function* readLog(service: ServiceName) {
      yield* events.filter(({ source }) => source === service);
    }
    const results = await checkLogs(readLog);
    return results.flatMap(({ violations }) => violations.map(({ invariant, message }) => `${invariant}: ${message}`));
  }

  private versionOf(stream: string): number {
    return this.events.filter(({ stream_id }) => stream_id === stream).length;
  }
}

/** A flow that may go on: archived, proven, approved and sealed. */
export const readyFlow = (): Logs =>
  new Logs().completed().initialized().approved('data_owner', 'compliance', 'legal').sealed('policy', 'archive', 'integrity');
