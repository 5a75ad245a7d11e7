import { randomUUID } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import type { FlowReportsAnswer, FlowSummaryAnswer, OverviewAnswer, TimelineFacetsAnswer } from '@lastcopy/contracts';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';
import { FlowScenario, type ScenarioFlow } from './testing/flow-scenario.js';

/** What the pages of the web app read, and how the gateway serves them. */
let fixture: GatewayFixture;
let flow: ScenarioFlow;
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-pages-'));
  await mkdir(path.join(dir, 'assets'));
  await writeFile(path.join(dir, 'index.html'), '<!doctype html><meta name="style-nonce" content="%STYLE_NONCE%"><title>Lastcopy</title>');
  await writeFile(path.join(dir, 'assets', 'app-1a2b.js'), 'export {};');
  fixture = await startGatewayFixture();
  await fixture.restartGateway({
    WEB_DIR: dir,
    DEV_ISSUER: 'on',
    WEB_CONNECT_ORIGINS: 'https://tokens.example.org',
  });
  flow = await new FlowScenario(fixture).started();
}, 60_000);
afterAll(async () => {
  await fixture?.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

const olga = () => fixture.as('olga');
const ofFlow = (rest: string) => `/decommission-flow/${flow.flow_id}/${rest}`;
const bare = (url: string) => request(fixture.gateway.url).get(url);

describe('the web app', () => {
  it.each([
    '/',
    '/login',
    '/signed-in?code=1',
    '/decommission',
    `/decommission/flow/${randomUUID()}/data-migration?tab=jobs`,
    '/approvals',
  ])('is served at %s, with a policy that lets in nothing foreign', async (url) => {
    const { text, headers } = await bare(url).expect(200);
    const policy = headers['content-security-policy']!;
    const [, nonce] = /'nonce-([^']+)'/.exec(policy)!;
    expect(text).toContain(`content="${nonce}"`);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ${fixture.gateway.url} https://tokens.example.org;`);
    expect(policy).not.toContain('unsafe');
    expect(headers['cache-control']).toBe('no-store');
    expect((await bare(url)).text).not.toContain(nonce);
  });

  it('keeps files that carry their digest, and answers for what is not there as the API does', async () => {
    expect((await bare('/assets/app-1a2b.js').expect(200)).headers['cache-control']).toContain('immutable');
    expect((await bare('/assets/gone.js').expect(404)).body.code).toBe('NOT_FOUND');
    expect((await bare('/decommission/../../etc/passwd').expect(404)).body.code).toBe('NOT_FOUND');
    await request(fixture.gateway.url).post('/decommission').expect(404);
  });

  it('tells a browser how to sign in, without a token', async () => {
    const { body } = await bare('/api/v1/sign-in').expect(200);
    expect(body).toMatchObject({ issuer: `${fixture.gateway.url}/dev-issuer`, client_id: 'lastcopy-web', signature_max_age_s: 300 });
    expect(JSON.stringify(body)).not.toMatch(/secret/i);
  });
});

describe('what the pages read', () => {
  it('sums a flow up, and says what the caller can do and why not', async () => {
    const summary = (await olga().get(ofFlow('summary')).expect(200)).body as FlowSummaryAnswer;
    expect(summary).toMatchObject({ flow_id: flow.flow_id, system_count: 1, jobs: { total: 1 }, can_pause: { allowed: true } });
    expect(summary.can_start).toEqual({ allowed: false, why_not: 'Every system has its archive job already.' });
    expect(summary.can_resume.allowed).toBe(false);
    const auditor = (await fixture.as('aude').get(ofFlow('summary')).expect(200)).body as FlowSummaryAnswer;
    expect(auditor.can_pause.why_not).toContain('lacks the permission decommission.execute');
  });

  it('gives an overview of the caller’s own tenant', async () => {
    const overview = (await olga().get('/overview').expect(200)).body as OverviewAnswer;
    expect(overview.flows).toEqual([expect.objectContaining({ flow_id: flow.flow_id, blocker_count: expect.any(Number) })]);
    expect(overview.flows[0]!.blocked_by.length).toBeGreaterThan(0);
    expect(overview.metrics).toMatchObject({ flows_active: 1, systems_in_flows: 1, systems_archived: 0 });
    const stranger = fixture.as('olga', { client_account_id: randomUUID(), engagement_id: randomUUID() });
    expect((await stranger.get('/overview').expect(200)).body).toMatchObject({ flows: [], flows_total: 0, needs_you: [] });
    for (const rest of ['summary', 'timeline/facets', 'reports', 'reports/archival']) await stranger.get(ofFlow(rest)).expect(404);
  });

  it('reads a timeline backwards, a page at a time, and by kind and actor', async () => {
    const all = (await olga().get(ofFlow('timeline')).expect(200)).body as { seq: number; type: string; actor: string }[];
    const newest = (await olga().get(ofFlow('timeline?before_seq=999999999&limit=2')).expect(200)).body as typeof all;
    expect(newest.map(({ seq }) => seq)).toEqual(
      all
        .slice(-2)
        .reverse()
        .map(({ seq }) => seq),
    );
    const earlier = (
      await olga()
        .get(ofFlow(`timeline?before_seq=${newest.at(-1)!.seq}&limit=1`))
        .expect(200)
    ).body as typeof all;
    expect(earlier.map(({ seq }) => seq)).toEqual([all.at(-3)!.seq]);
    const second = (await olga().get(ofFlow('timeline?limit=1&offset=1')).expect(200)).body as typeof all;
    expect(second.map(({ seq }) => seq)).toEqual([all[1]!.seq]);
    const [first] = all;
    const alike = await olga()
      .get(ofFlow(`timeline?type=${first!.type}&actor=${first!.actor}`))
      .expect(200);
    expect(alike.headers['x-total-count']).toBe(
      String(all.filter(({ type, actor }) => type === first!.type && actor === first!.actor).length),
    );
    const facets = (await olga().get(ofFlow('timeline/facets')).expect(200)).body as TimelineFacetsAnswer;
    expect(facets.types).toContainEqual({ name: 'FlowInitialized', count: 1 });
    expect(facets.actors.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
  });

  it('gives reports as PDF, CSV and JSON', async () => {
    const { reports } = (await olga().get(ofFlow('reports')).expect(200)).body as FlowReportsAnswer;
    expect(reports.map(({ lacks }) => lacks)).toContain('1 of 1 systems have no archive yet.');
    const { body } = await olga().get(ofFlow('reports/archival?format=json')).expect(200);
    expect(body).toMatchObject({ kind: 'archival', flow_id: flow.flow_id });
    expect(body.tables[0].rows[0][0]).toBe(flow.system.system_name);
    for (const [format, type] of [
      ['csv', 'text/csv'],
      ['pdf', 'application/pdf'],
    ] as const) {
      const { headers } = await olga()
        .get(ofFlow(`reports/recovery?format=${format}`))
        .expect(200);
      expect(headers['content-type']).toContain(type);
      expect(headers['content-disposition']).toBe(`attachment; filename="recovery-${flow.flow_id}.${format}"`);
    }
    expect((await olga().get(ofFlow('reports/certificate')).expect(404)).body.detail).toContain('archival, attestation, recovery');
    expect((await olga().get(ofFlow('reports/archival?format=doc')).expect(422)).body.code).toBe('VALIDATION_FAILED');
  });
});

it('tells a tenant what happens and where, and leaves out what it says', async () => {
  const leave = new AbortController();
  const sent = (await olga().get(ofFlow('status'))).request as unknown as { header: Record<string, string> };
  const response = await fetch(`${fixture.gateway.url}/api/v1/stream`, { headers: sent.header, signal: leave.signal });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  let text = '';
  let paused: Promise<unknown> | undefined;
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('event: hello')) paused ??= olga().post(ofFlow('pause'), { reason: 'to be told' }).expect(200).then();
    if (/event: FlowPaused\ndata: .*\n/.test(text)) break;
  }
  leave.abort();
  await paused;
  const [, data] = /event: FlowPaused\ndata: (.*)\n/.exec(text)!;
  expect(JSON.parse(data!)).toEqual({
    ...{ seq: expect.any(Number), occurred_at: expect.any(String), type: 'FlowPaused', actor: 'olga', job_id: null },
    flow_id: flow.flow_id,
  });
});
