import pg from 'pg';

export interface Tenant {
  client_account_id: string;
  engagement_id: string;
}

/** Another's rows are those of another client account, and those of another engagement of the same one. */
export const tenants: Record<'own' | 'foreign' | 'neighbour', Tenant> = {
  own: { client_account_id: '00000000-0000-4000-8000-00000000000a', engagement_id: '00000000-0000-4000-8000-0000000000e1' },
  foreign: { client_account_id: '00000000-0000-4000-8000-00000000000b', engagement_id: '00000000-0000-4000-8000-0000000000e1' },
  neighbour: { client_account_id: '00000000-0000-4000-8000-00000000000a', engagement_id: '00000000-0000-4000-8000-0000000000e2' },
};

export type Scope = Tenant | 'service' | 'unset';

export interface TableOfService {
  /** Quoted, with its schema. */
  name: string;
  has_tenant: boolean;
  forced: boolean;
  policies: number;
}

const ownTables = `
  select c.oid::regclass::text as name, c.relrowsecurity and c.relforcerowsecurity as forced,
    (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies,
    (select count(*) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
      and a.attname in ('client_account_id', 'engagement_id')) = 2 as has_tenant
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`;

/** A value of each type that a column may have; names of what is unique differ from row to row. */
const valueOf = (type: string): string => {
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'jsonb') return `'{}'::jsonb`;
  if (type === 'boolean') return 'true';
  if (type === 'bytea') return `'\\x00'::bytea`;
  if (type.startsWith('timestamp') || type === 'date') return `clock_timestamp()::${type}`;
  if (/int|numeric/.test(type)) return `(1 + floor(random() * 1000000000))::${type}`;
  return `gen_random_uuid()::${type}`;
};

/** One session on a service's database. */
export class Probe {
  private constructor(private readonly client: pg.Client) {}

  static async open(url: string): Promise<Probe> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new Probe(client);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  tables(): Promise<TableOfService[]> {
    return this.rows<TableOfService>(ownTables);
  }

  async rows<R>(sql: string): Promise<R[]> {
    return (await this.client.query(sql)).rows as R[];
  }

  /** As the superuser: no rule about values stands in the way of rows that are made up. */
  async dropValueRules(table: string): Promise<void> {
    await this.client.query('set session_replication_role = replica');
    const checks = await this.rows<{ conname: string }>(
      `select conname from pg_constraint where conrelid = '${table}'::regclass and contype = 'c'`,
    );
    for (const { conname } of checks) await this.client.query(`alter table ${table} drop constraint "${conname}"`);
  }

  /** A made-up row of `tenant` as an insert statement. */
  async insertOf(table: string, tenant: Tenant): Promise<string> {
    const columns = await this.rows<{ name: string; type: string }>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = '${table}'::regclass and attnum > 0 and not attisdropped and attidentity <> 'a' and attgenerated = ''`,
    );
    const values = columns.map(({ name, type }) => (name in tenant ? `'${tenant[name as keyof Tenant]}'` : valueOf(type)));
    return `insert into ${table} (${columns.map(({ name }) => `"${name}"`).join(', ')}) values (${values.join(', ')})`;
  }

  /** Runs a statement in a transaction of `scope` that is undone; answers its rows, how many it touched, or why it was refused. */
  async tried(scope: Scope, sql: string): Promise<{ rows: object[]; touched: number; refused: string | null }> {
    await this.client.query('begin');
    try {
      if (scope === 'service') await this.client.query(`select set_config('lastcopy.scope', 'service', true)`);
      else if (scope !== 'unset')
        for (const [name, value] of Object.entries(scope))
          await this.client.query(`select set_config('lastcopy.${name}', '${value}', true)`);
      const { rows, rowCount } = await this.client.query(sql);
      return { rows: rows as object[], touched: rowCount ?? 0, refused: null };
    } catch (error) {
      return { rows: [], touched: 0, refused: (error as Error).message };
    } finally {
      await this.client.query('rollback');
    }
  }
}
