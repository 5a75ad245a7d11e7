// Two roles and a database a service: the owner of the tables, and the application that only reads and writes rows. None is a superuser;
// the scratch role may create databases and nothing else.
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

/** A service's database, its owner `lastcopy_<service>` and its application role `lastcopy_<service>_app`. Doing it again changes nothing. */
export async function ensureServiceDatabase(client, service, { owner, application }) {
  const name = `lastcopy_${service}`;
  await ensureRole(client, name, owner);
  await ensureRole(client, `${name}_app`, application, 'nosuperuser nobypassrls nocreatedb nocreaterole');
  await ensureDatabase(client, name, name);
  await client.query(`grant connect on database ${quote(name)} to ${quote(`${name}_app`)}`);
}

/**
 * The databases of the four services and the scratch role. Answers for each service the URLs of its settings, and the scratch role's;
 * doing it again changes nothing.
 */
export async function provisionServices(postgres, credentials) {
  const urlOf = (role, database) => `postgres://lastcopy_${role}:${credentials.roles[role]}@${postgres.host}:${postgres.port}/${database}`;
  const settingsOf = (service) => ({
    DATABASE_URL: urlOf(`${service}_app`, `lastcopy_${service}`),
    MIGRATION_DATABASE_URL: urlOf(service, `lastcopy_${service}`),
  });
  await withClient(postgres.url, async (client) => {
    for (const service of ['policy', 'archive', 'integrity', 'gateway']) {
      await ensureServiceDatabase(client, service, {
        owner: credentials.roles[service],
        application: credentials.roles[`${service}_app`],
      });
    }
    await ensureRole(client, 'lastcopy_scratch', credentials.roles.scratch, 'createdb');
  });
  return {
    'policy-service': settingsOf('policy'),
    'archive-service': settingsOf('archive'),
    'integrity-service': settingsOf('integrity'),
    gateway: settingsOf('gateway'),
    scratch: urlOf('scratch', 'postgres'),
  };
}
