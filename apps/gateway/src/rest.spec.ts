import { randomUUID } from 'node:crypto';
import request from 'supertest';
import { progressSubject, type JobProgress } from '@lastcopy/contracts';
import { gatewayControllers } from './app.module.js';
import { LogVerifier } from './audit/verify-logs.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';
import { until } from '@lastcopy/testkit';

let fixture: GatewayFixture;
let scenario: FlowScenario;
let flow: ScenarioFlow;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
  flow = await scenario.started();
}, 60_000);
afterAll(() => fixture?.stop(), 30_000);

const olga = () => fixture.as('olga');
const ofFlow = (path: string, { flow_id } = flow) => `/decommission-flow/${flow_id}/${path}`;
const bare = (path: string) => request(fixture.gateway.url).get(`/api/v1${path}`);

describe('who may ask', () => {
  it('wants a token, and the tenant in the headers', async () => {
    const { body } = await bare('/decommission-flow/').expect(401);
    expect(body).toMatchObject({ code: 'UNAUTHENTICATED', status: 401, hint: expect.any(String) });
    await bare('/decommission-flow/').set('Authorization', 'Bearer x.y.z').expect(401);
    const mixed = await olga().get('/decommission-flow/').set('X-Engagement-ID', randomUUID());
    expect([mixed.status, mixed.body.code]).toEqual([403, 'FORBIDDEN']);
    const without = await olga().get('/decommission-flow/').unset('X-Client-Account-ID');
    expect([without.status, without.body.code]).toEqual([400, 'TENANT_REQUIRED']);
  });

  it('wants a token however the path is spelt', async () => {
    const paths = ['/API/v1/flow-metadata/phases/decommission', '/Api/V1/decommission-flow/', '/api/V1/Systems', '/API/V1/ALERTS'];
    for (const path of paths) {
      const { status, body } = await request(fixture.gateway.url).get(path);
      expect([path, status, body.code]).toEqual([path, 401, 'UNAUTHENTICATED']);
    }
  });

  it('gives an approver no operator’s rights, and an operator no approver’s', async () => {
    const { body } = await fixture.as('lena').post(ofFlow('archive-jobs')).expect(403);
    expect(body.code).toBe('FORBIDDEN');
    await olga()
      .post(`/approvals/${randomUUID()}/decision`, { decision: 'grant', evidence_hash: 'f'.repeat(64) })
      .expect(403);
  });

  it('knows nothing of another tenant', async () => {
    const stranger = fixture.as('olga', { client_account_id: randomUUID(), engagement_id: randomUUID() });
    const gets = ['status', 'readiness', 'archive-jobs', 'approvals', 'policy-assignments', 'timeline', 'stream', 'archive-manifest'];
    for (const path of gets) expect([path, (await stranger.get(ofFlow(path))).status]).toEqual([path, 404]);
    const posts = ['pause', 'resume', 'cancel', 'archive-jobs', 'proceed-to-shutdown', 'verifications', 'phases/data_migration'];
    for (const path of posts) {
      const body = path.startsWith('phases') ? { phase_status: 'failed' } : {};
      expect([path, (await stranger.post(ofFlow(path), body)).status]).toEqual([path, 404]);
    }
    for (const path of ['', '/events']) await stranger.get(`/archive-jobs/${flow.job_id}${path}`).expect(404);
    await stranger.post(`/archive-jobs/${flow.job_id}/pause`).expect(404);
    await stranger.post(`/decommission-flow/archive-jobs/${flow.job_id}/retry`).expect(404);
    await stranger.get(`/systems/${flow.system.system_id}`).expect(404);
    await stranger.post(`/systems/${flow.system.system_id}/test`).expect(404);
    await stranger.post('/decommission-flow/initialize', { selected_system_ids: [flow.system.system_id] }).expect(404);
    for (const path of ['/decommission-flow/', '/systems', '/approvals', '/alerts'])
      expect((await stranger.get(path).expect(200)).body).toEqual([]);
    expect((await olga().get(ofFlow('status'))).body.status).toBe('data_migration');
  });
});

describe('requests', () => {
  it('names every fault by its pointer', async () => {
    const { body } = await olga()
      .post('/decommission-flow/initialize', { selected_system_ids: ['x'], flow_name: 7, more: true })
      .expect(422)
      .expect('content-type', /application\/problem\+json/);
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(body.code).toBe('VALIDATION_FAILED');
    expect(new Set(pointers)).toEqual(new Set(['/selected_system_ids', '/flow_name', '/more']));
    await olga().get('/decommission-flow/?limit=501').expect(422);
    await olga().get('/decommission-flow/not-an-id/status').expect(404);
    expect((await request(fixture.gateway.url).get('/api/v1/nowhere')).body.code).toBe('NOT_FOUND');
  });

  it.each([
    ['/audit-events?to[]=2026-01-01', '/to[]'],
    ['/audit-events?to=2026-01-01&to=2027-01-01', '/to'],
    ['/audit-events?from=2026-02-30', '/from'],
    ['/audit-events?offset=5', '/offset'],
    ['/audit-events/export?limit=5', '/limit'],
    ['/systems?status=open', '/status'],
    ['/people?role=admin', '/role'],
    ['/alerts?flow_id=x', '/flow_id'],
    ['/legal-holds?status=open', '/status'],
    ['/systems?limit=1e1', '/limit'],
    [`/retention-policies/${randomUUID()}/versions/1/diff?against=%00`, '/against'],
    [`/retention-policies/${randomUUID()}/versions/1/diff?from=first`, '/from'],
    ['/decommission-flow/?status=done', '/status'],
  ])('names the parameter that it refuses: %s', async (url, pointer) => {
    const { body } = await olga().get(url).expect(422);
    expect([body.code, body.errors.map((fault: { pointer: string }) => fault.pointer)]).toEqual(['VALIDATION_FAILED', [pointer]]);
  });

  it('takes from clients of the earlier product what it does not know', async () => {
    await olga().get('/decommission-flow/?include=everything').expect(200);
    await olga().get('/decommission-flow/eligible-systems?_=1').expect(200);
  });

  it('carries out a request with an Idempotency-Key once', async () => {
    const system = await scenario.register();
    const key = { 'Idempotency-Key': randomUUID() };
    const body = { selected_system_ids: [system.system_id], flow_name: 'Only once' };
    const first = await olga().post('/decommission-flow/initialize', body, key).expect(200);
    const second = await olga().post('/decommission-flow/initialize', body, key).expect(200).expect('idempotent-replayed', 'true');
    expect(second.body).toEqual(first.body);
    const other = await olga()
      .post('/decommission-flow/initialize', { ...body, flow_name: 'Another' }, key)
      .expect(422);
    expect(other.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const named = (await olga().get('/decommission-flow/?limit=500').expect(200)).body as { flow_name: string }[];
    expect(named.filter(({ flow_name }) => flow_name === 'Only once')).toHaveLength(1);
  });

  it('carries out one of many with the same key at the same time', async () => {
    const system = await scenario.register();
    const key = { 'Idempotency-Key': randomUUID() };
    const body = { selected_system_ids: [system.system_id], flow_name: 'All at once' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => olga().post('/decommission-flow/initialize', body, key)));
    const outcomes = new Set(answers.map(({ status, body: answer }) => (status === 200 ? answer.flow_id : answer.code)));
    outcomes.delete('COMMAND_IN_FLIGHT');
    expect(outcomes.size).toBe(1);
  });

  it('lists with totals and pages', async () => {
    const all = await olga().get('/decommission-flow/').expect(200);
    const page = await olga().get('/decommission-flow/?limit=1&offset=1&status=data_migration').expect(200);
    expect(Number(all.headers['x-total-count'])).toBe(all.body.length);
    expect(page.body.every(({ status }: { status: string }) => status === 'data_migration')).toBe(true);
    expect(page.body.length).toBeLessThanOrEqual(1);
  });
});

describe('a flow', () => {
  it('begins as the existing clients expect it', async () => {
    const system = await scenario.register();
    const strategy = { priority: 'compliance', execution_mode: 'phased', rollback_enabled: false };
    const { body } = await olga()
      .post('/decommission-flow/initialize', { selected_system_ids: [system.system_id], decommission_strategy: strategy })
      .expect(200);
    expect(body).toEqual({
      flow_id: expect.any(String),
      status: 'initialized',
      current_phase: 'decommission_planning',
      next_phase: 'data_migration',
      selected_systems: [system.system_id],
      message: expect.any(String),
    });
    const paused = await olga().post(`/decommission-flow/${body.flow_id}/pause`).expect(200);
    expect(paused.body.status).toBe('paused');
    const resumed = await olga().post(`/decommission-flow/${body.flow_id}/resume`, { phase: 'decommission_planning', user_input: {} });
    expect([resumed.status, resumed.body.status]).toEqual([200, 'initialized']);
    const cancelled = await olga().post(`/decommission-flow/${body.flow_id}/cancel`).expect(200);
    expect(cancelled.body.status).toBe('failed');
    expect((await olga().post(`/decommission-flow/${body.flow_id}/pause`).expect(409)).body.code).toBe('FLOW_STATE');
  });

  it('does not start archiving before data owner and compliance have approved', async () => {
    const early = await scenario.assigned();
    const refused = await olga().post(ofFlow('archive-jobs', early)).expect(409);
    expect(refused.body.code).toBe('APPROVALS_MISSING');
    await scenario.approve(early, 'dana');
    const half = await olga().post(ofFlow('archive-jobs', early)).expect(409);
    expect(half.body.blockers.map(({ role }: { role: string }) => role)).toEqual(['compliance']);
    const { store } = fixture.services['archive-service'].deps.eventing;
    expect(await store.readStream('archive_job', early.job_id)).toEqual([]);
  });

  it('shows status, jobs, assignments, approvals and manifest in the shapes that clients know', async () => {
    const status = (await olga().get(ofFlow('status')).expect(200)).body;
    expect(status).toMatchObject({
      flow_id: flow.flow_id,
      master_flow_id: flow.flow_id,
      status: 'data_migration',
      system_count: 1,
      selected_systems: [flow.system.system_id],
      phase_progress: { decommission_planning: 'completed', data_migration: 'in_progress', system_shutdown: 'pending' },
      metrics: { systems_decommissioned: 0, estimated_savings: 0, compliance_score: 0 },
      runtime_state: { pending_approvals: [] },
      decommission_complete: false,
    });
    const jobs = (await olga().get(ofFlow('archive-jobs')).expect(200)).body;
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({
      ...{ job_id: flow.job_id, flow_id: flow.flow_id, ...fixture.tenant, system_name: flow.system.system_name, status: 'queued' },
      ...{ paused: false, progress_percentage: 0, integrity_verified: false, archive_location: null, retry_count: 0 },
    });
    const [assignment] = (await olga().get(ofFlow('policy-assignments')).expect(200)).body;
    expect(assignment).toMatchObject({ policy_name: 'Business Critical Data', retain_until_if_archived_now: expect.any(String) });
    const approvals = (await fixture.as('lena').get(ofFlow('approvals')).expect(200)).body as { role: string; why_not: string }[];
    expect(approvals.map(({ role }) => role)).toEqual(['data_owner', 'compliance']);
    const manifest = await olga().get(ofFlow('archive-manifest')).expect(200);
    expect(manifest.headers['content-disposition']).toBe(`attachment; filename="archive-manifest-${flow.flow_id}.json"`);
    expect(manifest.body).toMatchObject({ flow_id: flow.flow_id, archives: [{ job_id: flow.job_id }] });
    expect((await olga().get('/flow-metadata/phases/decommission').expect(200)).body.phases).toHaveLength(3);
    const eligible = (await olga().get('/decommission-flow/eligible-systems').expect(200)).body as { asset_id: string }[];
    expect(eligible.find(({ asset_id }) => asset_id === flow.system.system_id)).toMatchObject({ decommission_eligible: false });
  });

  it('shows a failed attempt with its hint and when it is tried again, then what a retry led to', async () => {
    const failing = await scenario.started();
    const ids = { job_id: failing.job_id, flow_id: failing.flow_id, attempt: 1 };
    const error = { code: 'STORE_UNREACHABLE', error_class: 'transient', message: 'no answer', hint: 'Check the store.' };
    const due_at = '2099-01-01T00:00:00.000Z';
    await fixture.append('archive-service', 'archive_job', failing.job_id, [
      { type: 'ArchiveJobStarted', data: { ...ids, worker_id: 'worker-1' } },
      { type: 'ArchiveJobFailed', data: { ...ids, ...error } },
      { type: 'ArchiveRetryScheduled', data: { ...ids, retry_no: 1, due_at, reason: 'transient' } },
    ]);
    const shown = await until('the failed job', async () => {
      const { body } = await olga().get(`/archive-jobs/${failing.job_id}`);
      return body.retry_due_at && body;
    });
    expect(shown).toMatchObject({
      status: 'failed',
      sub_status: 'retry_scheduled',
      error_code: 'STORE_UNREACHABLE',
      retry_due_at: due_at,
      retry_count: 1,
    });
    const bulk = await olga().post(ofFlow('archive-jobs/bulk', failing), {
      action: 'resume',
      job_ids: [failing.job_id, randomUUID()],
      dry_run: true,
    });
    expect(bulk.body.results.map(({ code }: { code: string }) => code)).toEqual(['JOB_STATE', 'NOT_FOUND']);
    const { body: events } = await olga().get(`/archive-jobs/${failing.job_id}/events`).expect(200);
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      ...['ArchiveJobQueued', 'ArchiveJobStarted', 'ArchiveJobFailed', 'ArchiveRetryScheduled'],
    ]);
  });

  it('shows what the workers tell of their progress', async () => {
    const running = await scenario.started();
    const ids = { job_id: running.job_id, flow_id: running.flow_id, attempt: 1 };
    await fixture.append('archive-service', 'archive_job', running.job_id, [
      { type: 'ArchiveJobStarted', data: { ...ids, worker_id: 'w' } },
    ]);
    const figures = { bytes: 500, expected_bytes: 1000, rows: 5, stored_bytes: 100, bytes_per_second: 100 };
    const progress: JobProgress = { ...ids, step: 'exporting', ...figures, at: new Date().toISOString() };
    const shown = await until('the progress', async () => {
      fixture.services['archive-service'].deps.nats.publish(progressSubject(fixture.tenant, running.job_id), JSON.stringify(progress));
      const { body } = await olga().get(`/archive-jobs/${running.job_id}`);
      return body.progress_percentage > 0 && body;
    });
    expect(shown).toMatchObject({ status: 'in_progress', sub_status: 'exporting', progress_percentage: 40, bytes_per_second: 100 });
    expect(shown.estimated_completion).toBe(new Date(new Date(progress.at).getTime() + 5_000).toISOString());
  });

  it('asks again for a rejected approval, and never lets the requester decide', async () => {
    const asked = await scenario.assigned();
    await scenario.attachDocuments(asked, 'carl');
    const open = await until('the request', async () => {
      const { body } = await fixture.as('carl').get(ofFlow('approvals', asked));
      return (body as { role: string; approval_id: string; evidence_hash: string; can_decide: boolean }[]).find(
        ({ role }) => role === 'compliance',
      );
    });
    expect(open.can_decide).toBe(true);
    const { evidence_hash } = open;
    const blind = await fixture.as('carl').post(`/approvals/${open.approval_id}/decision`, { decision: 'grant' }).expect(422);
    expect(blind.body.errors).toMatchObject([{ pointer: '/evidence_hash' }]);
    await fixture.as('carl').post(`/approvals/${open.approval_id}/decision`, { decision: 'reject', evidence_hash }).expect(422);
    await fixture.as('dana').post(`/approvals/${open.approval_id}/decision`, { decision: 'grant', evidence_hash }).expect(403);
    const rejection = { decision: 'reject', evidence_hash, comment: 'The lock is too short.' };
    const rejected = await fixture.as('carl').post(`/approvals/${open.approval_id}/decision`, rejection).expect(200);
    expect(rejected.body).toMatchObject({ status: 'rejected', comment: 'The lock is too short.' });
    expect((await scenario.readiness(asked)).blockers.map(({ code }) => code)).toContain('APPROVAL_REJECTED');
    const again = await olga().post(ofFlow('approvals', asked), { role: 'compliance' }).expect(200);
    expect(again.body).toMatchObject({ status: 'requested', requested_by: 'olga' });
    const stale = { decision: 'grant', evidence_hash: 'f'.repeat(64) };
    expect((await fixture.as('carl').post(`/approvals/${again.body.approval_id}/decision`, stale).expect(409)).body.code).toBe(
      'EVIDENCE_CHANGED',
    );
  });
});

describe('the stream', () => {
  async function read(lastEventId: string | null, enough: (text: string) => boolean): Promise<string> {
    const authorization = (await olga().get(ofFlow('status'))).request as unknown as { header: Record<string, string> };
    const headers = { ...authorization.header, ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) };
    const leave = new AbortController();
    const response = await fetch(`${fixture.gateway.url}/api/v1${ofFlow('stream')}`, { headers, signal: leave.signal });
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body!) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      if (enough(text)) break;
    }
    leave.abort();
    return text;
  }

  it('tells every event from where the client left it', async () => {
    const { body } = await olga().get(ofFlow('timeline')).expect(200);
    const [first, second] = body as { seq: number; type: string }[];
    const text = await read(String(first!.seq), (seen) => seen.includes('ArchiveJobQueued'));
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids[0]).toBe(second!.seq);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
  });

  it('has a client begin anew that is ahead of this log', async () => {
    expect(await read('999999999', (seen) => seen.includes('resync'))).toContain('event: resync');
  });
});

describe('when a service is down', () => {
  it('answers 503 and when to ask again, and has done nothing', async () => {
    await fixture.stopService('archive-service');
    const source = { kind: 'directory', path: '/srv/share' };
    const answer = await olga().post('/systems', { system_name: 'Nowhere', source });
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).toEqual([503, 'SERVICE_UNAVAILABLE', '2']);
    await fixture.startService('archive-service');
  }, 40_000);
});

describe('the description', () => {
  it('lists every route, with schemas for all it names', async () => {
    const { body } = await request(fixture.gateway.url).get('/openapi.json').expect(200);
    expect(body.openapi).toBe('3.1.0');
    const routes = gatewayControllers.flatMap((controller) => {
      const base = Reflect.getMetadata('path', controller) as string;
      const methods = Object.getOwnPropertyNames(controller.prototype)
        .filter((name) => name !== 'constructor')
        .map((name) => Reflect.get(controller.prototype, name) as object);
      const handlers = methods.filter((handler) => typeof handler === 'function' && Reflect.hasMetadata('path', handler));
      return handlers.map((handler) => {
        const path = `/${base}/${Reflect.getMetadata('path', handler) as string}`.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1');
        const method = ['get', 'post', 'put', 'delete', 'patch'][Reflect.getMetadata('method', handler) as number]!;
        return [method, path.replaceAll(/:(\w+)/g, '{$1}')] as const;
      });
    });
    expect(routes.length).toBeGreaterThan(25);
    for (const [method, path] of routes) expect([method, path, Boolean(body.paths[path]?.[method])]).toEqual([method, path, true]);
    const named = [...JSON.stringify(body).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name!);
    expect([...new Set(named)].filter((name) => !body.components.schemas[name])).toEqual([]);
    expect(body.components.schemas.JobAnswer.properties.archive_location).toEqual({ type: ['string', 'null'] });
  });

  it('has a page, and health without a token', async () => {
    await request(fixture.gateway.url).get('/docs').expect(200).expect('x-content-type-options', 'nosniff');
    for (const path of ['/healthz', '/HEALTHZ', '/openapi.json', '/asyncapi.json'])
      await request(fixture.gateway.url).get(path).expect(200);
    await request(fixture.gateway.url).get('/readyz').expect(200);
  });
});

describe('a verification of the logs', () => {
  it('is one for all who ask while it runs', async () => {
    const verifier = new LogVerifier(fixture.gateway.deps);
    const running = verifier.verify();
    expect(verifier.verify()).toBe(running);
    await running;
    const next = verifier.verify();
    expect(next).not.toBe(running);
    await next;
  });

  it('is not passed while the integrity-service does not read the anchors back', async () => {
    await fixture.stopService('integrity-service');
    const { status, body } = await olga().post('/audit-events/verify');
    await fixture.startService('integrity-service');
    expect([status, body.ok, body.anchors.state]).toEqual([200, false, 'unreadable']);
    expect(body.anchors.faults).toEqual([expect.stringContaining('integrity-service is not running')]);
    expect(body.logs).toContainEqual(expect.objectContaining({ source: 'gateway', ok: true }));
  });
});
