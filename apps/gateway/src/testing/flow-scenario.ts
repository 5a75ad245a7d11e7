import { archiveJobId, verificationId, type EventData, type FlowSystem } from '@lastcopy/contracts';
import { assignmentOf, failedOf, retentionOf, uploadedOf, verifiedOf } from './archived-flow.js';
import type { Caller, GatewayFixture } from './gateway-fixture.js';
import { until } from '@lastcopy/testkit';
import { attachDocuments, documentsComplete } from '../../../../tools/embedded/demo-documents.mjs';

const roles = { dana: 'data_owner', carl: 'compliance', lena: 'legal' } as const;
let named = 0;

/** The caller, as the tools of the embedded stack speak to the gateway. */
const plainClient = (api: Caller) => ({
  get: async (url: string) => (await api.get(url).expect(200)).body,
  upload: async (...form: Parameters<Caller['upload']>) => (await api.upload(...form).expect(200)).body,
});

export interface ScenarioFlow {
  flow_id: string;
  system: Pick<FlowSystem, 'system_id' | 'system_name'>;
  job_id: string;
}

/** Steps that bring a flow of one system through its phase, each ending when the gateway shows it. */
export class FlowScenario {
  constructor(private readonly fixture: GatewayFixture) {}

  async register(): Promise<ScenarioFlow['system']> {
    const source = { kind: 'postgresql', host: 'db', port: 5432, database: 'billing', user: 'reader', secret_ref: 'billing' };
    const system_name = `Billing ${(named += 1)}`;
    const registration = { system_name, source, data_classification: ['PII'], compliance_requirements: ['SOX'] };
    const { body } = await this.fixture.as('olga').post('/systems', registration).expect(200);
    return { system_id: body.system_id, system_name };
  }

  /** A flow in data_migration whose system has its policy and whose first two approvals are requested. */
  async assigned(): Promise<ScenarioFlow> {
    const system = await this.register();
    const operator = this.fixture.as('olga');
    const begun = await operator.post('/decommission-flow/initialize', { selected_system_ids: [system.system_id] }).expect(200);
    const flow_id: string = begun.body.flow_id;
    await operator.post(`/decommission-flow/${flow_id}/phases/decommission_planning`, { phase_status: 'completed' }).expect(200);
    const assignment = assignmentOf(flow_id, system);
    await this.fixture.append('policy-service', 'policy_assignment', assignment.assignment_id, [
      { type: 'PolicyAssigned', data: assignment },
    ]);
    return { flow_id, system, job_id: archiveJobId(flow_id, system.system_id) };
  }

  /** Attaches what this person answers for; for the last approval, waits until every document is there and held by the store. */
  async attachDocuments({ flow_id }: Pick<ScenarioFlow, 'flow_id'>, person: keyof typeof roles): Promise<void> {
    const api = plainClient(this.fixture.as(person));
    await attachDocuments(api, person, flow_id);
    if (person === 'lena') await until('every document', () => documentsComplete(api, flow_id));
  }

  /** As people do: who finds that the evidence changed while they read it looks again. */
  async approve({ flow_id }: ScenarioFlow, person: keyof typeof roles): Promise<void> {
    await this.attachDocuments({ flow_id }, person);
    const api = this.fixture.as(person);
    const answer = await until(`the approval of ${roles[person]}`, async () => {
      const { body } = await api.get(`/decommission-flow/${flow_id}/approvals`);
      const open = (body as { role: string; status: string; approval_id: string; evidence_hash: string }[]).find(
        ({ role, status }) => role === roles[person] && status === 'requested',
      );
      if (!open) return undefined;
      const decision = { decision: 'grant', evidence_hash: open.evidence_hash };
      const decided = await api.post(`/approvals/${open.approval_id}/decision`, decision);
      return decided.body.code === 'EVIDENCE_CHANGED' ? undefined : decided;
    });
    if (answer.status !== 200) throw new Error(`The ${roles[person]} approval was answered ${answer.status}: ${answer.text}`);
  }

  async started(): Promise<ScenarioFlow> {
    const flow = await this.assigned();
    await this.approve(flow, 'dana');
    await this.approve(flow, 'carl');
    await this.fixture.as('olga').post(`/decommission-flow/${flow.flow_id}/archive-jobs`).expect(200);
    return flow;
  }

  /** Uploaded, proven, locked and completed, as the services tell it. */
  async archive({ flow_id, system, job_id }: ScenarioFlow, attempt = 1): Promise<void> {
    const of = { tenant: this.fixture.tenant, flow_id, system_id: system.system_id, attempt };
    const uploaded = uploadedOf(of);
    const verified = await verifiedOf(this.fixture.keysDir, of);
    const { verification_id } = verified;
    const { append } = this.fixture;
    const { retain_until, location, manifest, manifest_sha256 } = uploaded;
    const ids = { job_id, flow_id, attempt };
    const requested: EventData<'VerificationRequested'> = {
      ...{ ...ids, verification_id, system_id: system.system_id, level: 'restored', manifest, manifest_sha256, reason: 'uploaded' },
    };
    await append('archive-service', 'archive_job', job_id, [
      { type: 'ArchiveJobStarted', data: { ...ids, worker_id: 'worker-1' } },
      { type: 'ArchiveUploaded', data: uploaded },
      { type: 'ArchiveLocked', data: { ...ids, mode: 'COMPLIANCE', retain_until, versions: 9 } },
    ]);
    await append('integrity-service', 'verification', verification_id, [
      { type: 'VerificationRequested', data: requested },
      { type: 'IntegrityVerified', data: verified },
      { type: 'RetentionVerified', data: retentionOf(of) },
    ]);
    const completed = { ...ids, location, checksum: manifest_sha256, retain_until };
    await append('archive-service', 'archive_job', job_id, [{ type: 'ArchiveJobCompleted', data: completed }]);
  }

  /** Everything that the gate asks for is there. */
  async ready(): Promise<ScenarioFlow> {
    const flow = await this.started();
    await this.archive(flow);
    await this.approve(flow, 'lena');
    await until('readiness', async () => (await this.readiness(flow)).ready);
    return flow;
  }

  async readiness({ flow_id }: ScenarioFlow): Promise<{ ready: boolean; blockers: { code: string; message: string }[] }> {
    return (await this.fixture.as('olga').get(`/decommission-flow/${flow_id}/readiness`).expect(200)).body;
  }

  /** The integrity-service finds the archive damaged in another look at it. */
  async fail({ flow_id, system, job_id }: ScenarioFlow, run = 2): Promise<void> {
    const data = failedOf({ tenant: this.fixture.tenant, flow_id, system_id: system.system_id, run });
    await this.fixture.append('integrity-service', 'verification', verificationId(job_id, 1, run), [{ type: 'IntegrityFailed', data }]);
  }

  /** The flow's own events of a type, as the gateway's log holds them. */
  async eventsOf({ flow_id }: ScenarioFlow, type: string) {
    const events = await this.fixture.gateway.deps.eventing.store.readStream('decommission_flow', flow_id);
    return events.filter((event) => event.type === type);
  }
}
