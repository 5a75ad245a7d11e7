import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'pg';
import { attachDocuments, documentsComplete } from '../../tools/embedded/demo-documents.mjs';
import { ensureDatabase, ensureRole, withClient } from '../../tools/embedded/provision.mjs';
import type { GatewayClient, Stack } from './stack.js';
import { until } from '@lastcopy/testkit';

export interface Job {
  job_id: string;
  system_id: string;
  system_name: string;
  status: string;
  paused: boolean;
  integrity_verified: boolean;
  verification_checksum: string | null;
  archive_location: string | null;
  error_code: string | null;
  error_message: string | null;
  retry_due_at: string | null;
}
interface Approval {
  approval_id: string;
  role: string;
  status: string;
  evidence_hash: string;
}
export interface Readiness {
  ready: boolean;
  blockers: { code: string; message: string; job_id?: string; role?: string }[];
}

const password = 'a-password-of-the-test';
const tables = `
  create type tone as enum ('low', 'high');
  create table customer (id int primary key, name text not null, note text, born date, tags text[]);
  create table invoice (id bigint generated always as identity primary key, customer_id int references customer, total numeric(12,2), tone tone, raw bytea, issued timestamptz);
  insert into customer select n, 'Customer ' || n, case when n % 3 = 0 then null when n % 3 = 1 then '' else 'line' || chr(10) || '"quoted", ünïcode' end,
    date '1970-01-01' + n, array['a', 'b' || n] from generate_series(1, 2000) n;
  insert into invoice (customer_id, total, tone, raw, issued)
    select 1 + n % 2000, n * 1.37, case when n % 2 = 0 then 'low' else 'high' end::tone, decode(md5(n::text), 'hex'), timestamptz '2020-01-01' + n * interval '1 minute'
    from generate_series(1, 20000) n;`;

/** A database with a few thousand rows, its reader and the reader's secret; answers how it is registered. */
export async function createDatabaseSource(stack: Stack, name: string, sql = tables, secret = password) {
  const { postgres, dataDir } = stack.infrastructure;
  const reader = `${name}_reader`;
  await withClient(postgres.url, async (client: Client) => {
    await ensureRole(client, reader, secret);
    await ensureDatabase(client, name, 'postgres');
    await client.query(`grant connect on database ${name} to ${reader}`);
  });
  await withClient(postgres.url.replace(/\/postgres$/, `/${name}`), async (client: Client) => {
    await client.query(sql);
    await client.query(
      `grant usage on schema public to ${reader}; grant select on all tables in schema public to ${reader}; grant select on all sequences in schema public to ${reader}`,
    );
  });
  const secrets = path.join(dataDir, 'secrets', stack.profile.client_account_id);
  await mkdir(secrets, { recursive: true });
  await writeFile(path.join(secrets, name), secret);
  return {
    system_name: name,
    source: { kind: 'postgresql', host: postgres.host, port: postgres.port, database: name, user: reader, secret_ref: name },
    data_classification: ['PII'],
    compliance_requirements: ['SOX'],
  };
}

export async function createDirectorySource(stack: Stack, name: string) {
  const root = path.join(stack.infrastructure.dataDir, 'demo', name);
  await mkdir(path.join(root, 'logs/empty'), { recursive: true });
  await writeFile(path.join(root, 'logs/a.log'), 'line\n'.repeat(10_000));
  await writeFile(path.join(root, 'ünïcode name.txt'), 'content');
  await writeFile(path.join(root, 'nothing'), '');
  return {
    system_name: name,
    source: { kind: 'directory', path: root },
    data_classification: ['Security Logs'],
    compliance_requirements: ['PCI-DSS'],
  };
}

/** Registers the systems and brings a flow over them to data_migration, with every system assigned. Answers the flow's id. */
export async function createFlow(stack: Stack, registrations: object[], flowName = 'A flow'): Promise<string> {
  const operator = stack.as('olga');
  const ids: string[] = [];
  for (const registration of registrations) ids.push((await operator.post('/systems', registration)).system_id);
  const { flow_id } = await operator.post('/decommission-flow/initialize', { selected_system_ids: ids, flow_name: flowName });
  await operator.post(`/decommission-flow/${flow_id}/phases/decommission_planning`, { phase_status: 'completed' });
  await until(
    'an assignment for every system',
    async () => (await operator.get(`/decommission-flow/${flow_id}/policy-assignments`)).length === ids.length,
  );
  return flow_id;
}

/** Attaches what this person answers for; for the last approval, waits until every document is there and held by the store. */
export async function attachAll(stack: Stack, flowId: string, person: 'dana' | 'carl' | 'lena'): Promise<void> {
  const api = stack.as(person);
  await attachDocuments(api, person, flowId);
  if (person === 'lena') await until('every document', () => documentsComplete(api, flowId));
}

export async function approve(stack: Stack, flowId: string, person: 'dana' | 'carl' | 'lena'): Promise<void> {
  const role = { dana: 'data_owner', carl: 'compliance', lena: 'legal' }[person];
  const api = stack.as(person);
  await attachAll(stack, flowId, person);
  const open = await until(`the request for ${role}`, async () => {
    const approvals: Approval[] = await api.get(`/decommission-flow/${flowId}/approvals`);
    return approvals.find((approval) => approval.role === role && approval.status === 'requested');
  });
  await api.post(`/approvals/${open.approval_id}/decision`, { decision: 'grant', evidence_hash: open.evidence_hash });
}

export const jobsOf = (api: GatewayClient, flowId: string): Promise<Job[]> => api.get(`/decommission-flow/${flowId}/archive-jobs`);
export const readinessOf = (api: GatewayClient, flowId: string): Promise<Readiness> => api.get(`/decommission-flow/${flowId}/readiness`);

/** Approves as data owner and compliance and starts the archive jobs. */
export async function startMigration(stack: Stack, flowId: string): Promise<void> {
  await approve(stack, flowId, 'dana');
  await approve(stack, flowId, 'carl');
  await stack.as('olga').post(`/decommission-flow/${flowId}/archive-jobs`);
}

export const untilJobs = (stack: Stack, flowId: string, status: string, limitMs = 60_000): Promise<Job[]> =>
  until(
    `every job ${status}`,
    async () => {
      const jobs = await jobsOf(stack.as('olga'), flowId);
      const other = jobs.find((job) => job.status !== status);
      if (other) throw new Error(`${other.system_name} is ${other.status}: ${other.error_code ?? ''} ${other.error_message ?? ''}`);
      return jobs.length > 0 ? jobs : null;
    },
    limitMs,
  );
