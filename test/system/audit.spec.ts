import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet, decodeJwt, type JSONWebKeySet } from 'jose';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AuditEntry, AuditVerification, EventEnvelope, LogAnchored } from '@lastcopy/contracts';
import { envelopeHash } from '@lastcopy/eventing';
import { createS3ObjectStore } from '@lastcopy/object-store';
import { until } from '@lastcopy/testkit';
import { buffer } from 'node:stream/consumers';
import type { Client } from 'pg';
import { withClient } from '../../tools/embedded/provision.mjs';
import { createDirectorySource, createFlow } from './fixtures.js';
import { startStack, type Stack } from './stack.js';

let stack: Stack;
let flowId: string;
beforeAll(async () => {
  stack = await startStack();
  flowId = await createFlow(stack, [await createDirectorySource(stack, 'notes')]);
}, 90_000);
afterAll(() => stack?.stop());

const entriesOf = (query: string): Promise<AuditEntry[]> => stack.as('olga').get(`/audit-events?${query}`);

/** The raw answer, which the client of the other tests would parse. */
function fetchAs(person: string, route: string): Promise<Response> {
  const { api_url, tokens, client_account_id, engagement_id } = stack.profile;
  return fetch(`${api_url}/api/v1${route}`, {
    headers: {
      authorization: `Bearer ${(tokens as Record<string, string>)[person]}`,
      'x-client-account-id': client_account_id,
      'x-engagement-id': engagement_id,
    },
  });
}

it('has every step with who, why, before and after, and where it stands in its log', async () => {
  await stack.as('olga').post(`/decommission-flow/${flowId}/pause`, { reason: 'Waiting for the vendor' });
  await stack.as('olga').post(`/decommission-flow/${flowId}/resume`);
  const [resumed, paused] = await until('both entries', async () => {
    const found = await entriesOf(`flow_id=${flowId}&type=FlowPaused`);
    const after = await entriesOf(`flow_id=${flowId}&type=FlowResumed`);
    return found.length > 0 && after.length > 0 && [after[0]!, found[0]!];
  });
  expect(paused).toMatchObject({ actor: 'olga', actor_name: 'Olga Operator', source: 'gateway', flow_id: flowId, outcome: 'done' });
  expect(paused.before).toHaveProperty('state');
  expect(paused.after).toMatchObject({ state: 'FlowPaused' });
  expect(resumed.before).toMatchObject({ state: 'FlowPaused' });
  expect(paused.trace_id).toMatch(/^[0-9a-f]{32}$/);
  expect(paused.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await stack.as('olga').get(`/audit-events/${paused.seq}`)).toEqual(paused);
  const other = await entriesOf(`flow_id=${flowId}&type=PolicyAssigned`);
  expect(other[0]).toMatchObject({ source: 'policy-service', after: { system_name: 'notes' } });
});

it('has what was refused, with who and why', async () => {
  await expect(stack.as('dana').post(`/decommission-flow/${flowId}/pause`)).rejects.toMatchObject({ status: 403 });
  const [refused] = await until('the refusal', async () => {
    const found = await entriesOf('outcome=refused&actor=dana');
    return found.length > 0 && found;
  });
  expect(refused).toMatchObject({ code: 'FORBIDDEN', type: expect.stringContaining(`POST /api/v1/decommission-flow/${flowId}/pause`) });
});

it('has writes that leave no event', async () => {
  await stack.as('olga').post('/webhook-endpoints', { url: 'http://127.0.0.1:9/hook', description: 'Nobody listens there' });
  const [made] = await until('the entry', async () => {
    const found = await entriesOf('outcome=done&actor=olga&text=Webhook endpoint created');
    return found.length > 0 && found;
  });
  expect(made).toMatchObject({ type: 'POST /api/v1/webhook-endpoints', actor_name: 'Olga Operator' });
});

it('pages without gaps or repetition while entries are added, and refuses what is no filter', async () => {
  const all = await entriesOf('limit=500');
  const paged: AuditEntry[] = [];
  let cursor = '';
  for (;;) {
    const answer = await fetchAs('olga', `/audit-events?limit=3&cursor=${cursor}`);
    paged.push(...((await answer.json()) as AuditEntry[]));
    await stack
      .as('dana')
      .post(`/decommission-flow/${flowId}/pause`)
      .catch(() => undefined);
    const next = answer.headers.get('x-next-cursor');
    if (!next) break;
    cursor = next;
  }
  const newest = all[0]!.seq;
  expect(paged.filter(({ seq }) => seq <= newest).map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq));
  for (const query of ['outcome=maybe', 'from=yesterday', 'cursor=nonsense', `text=${'x'.repeat(300)}`]) {
    expect((await fetchAs('olga', `/audit-events?${query}`)).status).toBe(422);
  }
});

it('exports what the list shows in both formats, ends with a count, and is audited itself', async () => {
  const listed = await entriesOf(`flow_id=${flowId}&limit=500`);
  const lines = (await (await fetchAs('olga', `/audit-events/export?format=jsonl&flow_id=${flowId}`)).text()).trimEnd().split('\n');
  const exported = lines.map((line) => JSON.parse(line) as AuditEntry & { end?: { entries: number; log_heads: string[] } });
  expect(exported.at(-1)!.end).toMatchObject({ entries: lines.length - 1 });
  expect(exported.at(-1)!.end!.log_heads.map((head) => head.split('@')[0])).toEqual(
    expect.arrayContaining(['gateway', 'policy-service', 'archive-service']),
  );
  expect(exported.slice(0, -1).map(({ seq }) => seq)).toEqual(expect.arrayContaining(listed.map(({ seq }) => seq)));
  const answer = await fetchAs('olga', `/audit-events/export?format=csv&flow_id=${flowId}`);
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="audit-/);
  const rows = parse(await answer.text(), { columns: true }) as { seq: string }[];
  expect(rows).toHaveLength(exported.length);
  expect(await entriesOf('text=exported')).toMatchObject([{ actor: 'olga', action: expect.stringContaining('csv') }, {}]);
});

describe('anchors', () => {
  let anchor: LogAnchored;

  const verified = (): Promise<AuditVerification> => stack.as('olga').post('/audit-events/verify');
  const logOf = ({ logs }: AuditVerification, source: string) => logs.find((log) => log.source === source);
  const knownAtGateway = (anchor_id: string) =>
    until('the anchor at the gateway', async () =>
      ((await stack.as('olga').get('/audit-events/anchors')) as LogAnchored[]).some((known) => known.anchor_id === anchor_id),
    );
  const anchorStore = () => {
    const { anchors } = stack.infrastructure.credentials.s3;
    return createS3ObjectStore({ ...anchors, endpoint: stack.infrastructure.s3.url, region: 'us-east-1', forcePathStyle: true });
  };
  /** As one who can do everything in a database. */
  const tamper = (database: string, table: string, change: (client: Client) => Promise<unknown>) =>
    withClient(stack.infrastructure.postgres.url.replace(/\/postgres$/, `/${database}`), async (client: Client) => {
      await client.query(`alter table ${table} disable trigger ${table}_are_facts`);
      await change(client);
      await client.query(`alter table ${table} enable always trigger ${table}_are_facts`);
    });

  it('sign where every log ends, under lock, each naming the one before', async () => {
    const first: LogAnchored = await stack.as('olga').post('/audit-events/anchors');
    anchor = await stack.as('olga').post('/audit-events/anchors');
    expect(anchor).toMatchObject({ anchor_no: first.anchor_no + 1, previous_sha256: first.sha256 });
    const store = anchorStore();
    const { bucket, key, version_id } = anchor;
    const jws = await buffer((await store.read({ bucket, key }, { versionId: version_id! })).body);
    expect(createHash('sha256').update(jws).digest('hex')).toBe(anchor.sha256);
    const published = path.join(stack.infrastructure.dataDir, 'published/integrity-service/integrity-signing.jwks.json');
    const keys = JSON.parse(await readFile(published, 'utf8')) as JSONWebKeySet;
    await compactVerify(jws.toString(), createLocalJWKSet(keys), { algorithms: ['EdDSA'] });
    expect(decodeJwt(jws.toString())).toMatchObject({ anchor_no: anchor.anchor_no, heads: anchor.heads });
    await expect(store.deleteVersion({ bucket, key }, version_id!)).rejects.toMatchObject({ code: 'STORE_LOCKED' });
  });

  it('are read back, and agreed with by logs that nobody touched', async () => {
    await knownAtGateway(anchor.anchor_id);
    const found = await verified();
    expect(found).toMatchObject({ ok: true, anchors: { state: 'compared', faults: [] } });
    expect(found.anchors.read).toBeGreaterThanOrEqual(anchor.anchor_no);
    expect(found.logs.map(({ source }) => source).sort()).toEqual(['archive-service', 'gateway', 'integrity-service', 'policy-service']);
    expect(found.logs.every(({ anchored_at }) => anchored_at)).toBe(true);
  });

  it('find an anchor that was replaced by a newer version, and still compare with what it says', async () => {
    const store = anchorStore();
    const { bucket, key } = anchor;
    for (const [body, fault] of [
      [Buffer.from('Nothing to see here'), /bears no valid signature/],
      [await buffer((await store.read({ bucket, key: await olderKey() })).body), /which belongs elsewhere/],
    ] as const) {
      const { versionId } = await store.put({ bucket, key }, body);
      const found = await verified();
      await store.deleteVersion({ bucket, key }, versionId!);
      expect(found).toMatchObject({ ok: false, anchors: { state: 'compared', faults: [expect.stringMatching(fault)] } });
      expect(logOf(found, 'archive-service')).toMatchObject({ ok: true, anchored_at: expect.any(String) });
    }
    expect((await verified()).ok).toBe(true);
  });

  const olderKey = async (): Promise<string> => {
    const known = (await stack.as('olga').get('/audit-events/anchors')) as LogAnchored[];
    return known.find(({ anchor_no }) => anchor_no === anchor.anchor_no - 1)!.key;
  };

  it('find an anchor that the logs tell otherwise, although every hash was written anew in both databases', async () => {
    const { store } = stack.services.gateway.deps.eventing;
    const [row] = await store.query<EventEnvelope & { occurred_at: Date; position: string }>(
      `select * from received_events where source = 'integrity-service' order by position desc limit 1`,
    );
    expect(row!.type).toBe('LogAnchored');
    const told = row!.data as LogAnchored;
    const data = { ...told, heads: told.heads.filter(({ source }) => source !== 'archive-service') };
    const forged = { ...row!, data, position: Number(row!.position), occurred_at: (row!.occurred_at as Date).toISOString() };
    const values = [JSON.stringify(data), envelopeHash(forged), row!.position];
    await stack.services.gateway.close();
    await tamper('lastcopy_integrity', 'events', (client) =>
      client.query('update events set data = $1, hash = $2 where position = $3', values),
    );
    await tamper('lastcopy_gateway', 'received_events', (client) =>
      client.query(`update received_events set data = $1, hash = $2 where source = 'integrity-service' and position = $3`, values),
    );
    await stack.restart('gateway');
    const found = await verified();
    expect(found.ok).toBe(false);
    expect(logOf(found, 'integrity-service')).toMatchObject({
      ok: false,
      fault: expect.stringContaining(`anchor ${told.anchor_no} what the signed document in the object store does not say`),
    });
  });

  it('find a log whose end was cut by somebody who can do everything in the database', async () => {
    const cut = anchor.heads.find(({ source }) => source === 'archive-service')!.position;
    // While it runs, the gateway asks it for what is missing.
    await stack.services['archive-service'].close();
    await tamper('lastcopy_gateway', 'received_events', (client) =>
      client.query(`delete from received_events where source = 'archive-service' and position >= $1`, [cut]),
    );
    const found = await verified();
    expect(found.ok).toBe(false);
    expect(logOf(found, 'archive-service')).toMatchObject({
      ok: false,
      fault: expect.stringMatching(/anchor \d+ .* nothing stands there now/),
    });
  });

  it('are missed when nobody can read them', async () => {
    await stack.services['integrity-service'].close();
    expect(await verified()).toMatchObject({
      ok: false,
      anchors: { state: 'unreadable', read: 0, faults: [expect.stringMatching(/could not be read.*integrity-service is not running/)] },
    });
  });
});
