// The three systems to retire: made once, by a seeded generator, in the data folder.
import fs from 'node:fs';
import path from 'node:path';
import { ensureDatabase, ensureRole, withClient } from './provision.mjs';

const scale = Number(process.env.LASTCOPY_DEMO_SCALE ?? 1);
const seed = 20_261_122;

/** The reader may read everything and change nothing. */
async function createDatabase({ postgres, credentials }, name, reader, fill) {
  await withClient(postgres.url, async (client) => {
    await ensureRole(client, reader, credentials.roles[reader]);
    // What an interrupted start left is half of a system: begin anew.
    await client.query(`drop database if exists ${name} with (force)`);
    await ensureDatabase(client, name, 'postgres');
    await client.query(`grant connect on database ${name} to ${reader}`);
  });
  const url = postgres.url.replace(/\/postgres$/, `/${name}`);
  await fill(url, { seed, scale });
  await withClient(url, async (client) => {
    const { rows } = await client.query(`select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`);
    for (const { nspname } of rows) {
      const schema = client.escapeIdentifier(nspname);
      await client.query(`grant usage on schema ${schema} to ${reader}`);
      await client.query(`grant select on all tables in schema ${schema} to ${reader}`);
      await client.query(`grant select on all sequences in schema ${schema} to ${reader}`);
    }
  });
}

function writeSecret({ dataDir, credentials }, profile, reader) {
  const dir = path.join(dataDir, 'secrets', profile.client_account_id);
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  fs.writeFileSync(path.join(dir, reader.replace('_', '-')), credentials.roles[reader], { mode: 0o600 });
}

const databaseSource = ({ postgres }, database, user) => ({
  kind: 'postgresql',
  host: postgres.host,
  port: postgres.port,
  database,
  user,
  secret_ref: user.replace('_', '-'),
});

/** Makes what is missing; answers each system with how it is registered. */
export async function createDemoSystems(infrastructure, profile) {
  const { dataDir } = infrastructure;
  const share = path.join(dataDir, 'demo', 'share');
  const done = path.join(dataDir, 'demo', '.complete');
  if (!fs.existsSync(done)) {
    const { createBillingDatabase, createCrmDatabase, createFileShare } = await import('@lastcopy/demo-systems');
    console.log('Making the demo systems (some 300 MB) …');
    await createDatabase(infrastructure, 'billing', 'billing_reader', createBillingDatabase);
    await createDatabase(infrastructure, 'crm', 'crm_reader', createCrmDatabase);
    fs.rmSync(share, { recursive: true, force: true });
    await createFileShare(share, { seed, scale });
    for (const reader of ['billing_reader', 'crm_reader']) writeSecret(infrastructure, profile, reader);
    fs.writeFileSync(done, '');
  }
  return [
    {
      registration: {
        system_name: 'Billing',
        source: databaseSource(infrastructure, 'billing', 'billing_reader'),
        data_classification: ['PII', 'Financial'],
        compliance_requirements: ['SOX', 'GDPR'],
        six_r_strategy: 'retire',
        annual_cost: 120_000,
        retirement_reason: 'Replaced by the group billing platform',
      },
    },
    {
      registration: {
        system_name: 'CRM',
        source: databaseSource(infrastructure, 'crm', 'crm_reader'),
        data_classification: ['User Data'],
        compliance_requirements: ['GDPR', 'CCPA'],
        six_r_strategy: 'retire',
        annual_cost: 60_000,
        retirement_reason: 'Contacts moved to the new CRM',
      },
    },
    {
      registration: {
        system_name: 'File share',
        source: { kind: 'directory', path: share },
        data_classification: ['Security Logs', 'System Events'],
        compliance_requirements: ['PCI-DSS'],
        six_r_strategy: 'retire',
        annual_cost: 8_000,
        retirement_reason: 'Server room closes',
      },
    },
  ];
}
