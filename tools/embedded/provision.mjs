// One role and database a service, none of them a superuser; the scratch role may create databases and nothing else.
import pg from 'pg';

const quote = (name) => `"${name.replaceAll('"', '""')}"`;

export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export async function ensureRole(client, name, password, attributes = '') {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${quote(name)} login password ${client.escapeLiteral(password)} ${attributes}`);
}

export async function ensureDatabase(client, name, owner) {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount > 0) return false;
  await client.query(`create database ${quote(name)} owner ${quote(owner)}`);
  await client.query(`revoke all on database ${quote(name)} from public`);
  return true;
}

/** The databases of the four services and the scratch role. Answers their URLs by service; doing it again changes nothing. */
export async function provisionServices(postgres, credentials) {
  const urlOf = (role, database) =>
    `postgres://${role}:${credentials.roles[role.replace('lastcopy_', '')]}@${postgres.host}:${postgres.port}/${database}`;
  await withClient(postgres.url, async (client) => {
    for (const service of ['policy', 'archive', 'integrity', 'gateway']) {
      await ensureRole(client, `lastcopy_${service}`, credentials.roles[service]);
      await ensureDatabase(client, `lastcopy_${service}`, `lastcopy_${service}`);
    }
    await ensureRole(client, 'lastcopy_scratch', credentials.roles.scratch, 'createdb');
  });
  return {
    'policy-service': urlOf('lastcopy_policy', 'lastcopy_policy'),
    'archive-service': urlOf('lastcopy_archive', 'lastcopy_archive'),
    'integrity-service': urlOf('lastcopy_integrity', 'lastcopy_integrity'),
    gateway: urlOf('lastcopy_gateway', 'lastcopy_gateway'),
    scratch: urlOf('lastcopy_scratch', 'postgres'),
  };
}
