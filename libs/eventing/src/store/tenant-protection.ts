import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each setting is read once a statement, not once a row. An unset one is null or '', and equals nothing. */
const setting = (name: string): string => `(select current_setting('lastcopy.${name}', true))`;
const visible = `${setting('scope')} = 'service' or (client_account_id::text = ${setting('client_account_id')}
    and engagement_id::text = ${setting('engagement_id')})`;

const protectTable = `
create function lastcopy_protect_table(target regclass) returns void language plpgsql as $protect$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('drop policy if exists tenant_scope on %s', target);
  execute format('create policy tenant_scope on %s using (%s) with check (%2$s)', target, $condition$${visible}$condition$);
end $protect$;`;

/** Facts may be added and never changed; what the owner alone decides may only be read. */
const admitApplication = `
create function lastcopy_admit_application(application text) returns void language plpgsql as $admit$
declare
  own_schemas constant text[] := array(select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema');
  place text;
  unprotected regclass;
  fact regclass;
begin
  for unprotected in
    select c.oid from pg_class c where c.relnamespace = any(own_schemas::regnamespace[]) and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity)
      and (select count(*) from pg_attribute a where a.attrelid = c.oid and not a.attisdropped
        and a.attname in ('client_account_id', 'engagement_id')) = 2
  loop
    perform lastcopy_protect_table(unprotected);
  end loop;
  execute format('grant connect, temporary on database %I to %I', current_database(), application);
  foreach place in array own_schemas loop
    execute format('grant usage on schema %I to %I', place, application);
    execute format('grant select, insert, update, delete on all tables in schema %I to %I', place, application);
    execute format('grant usage on all sequences in schema %I to %I', place, application);
  end loop;
  for fact in select distinct tgrelid from pg_trigger where tgfoid = 'refuse_change()'::regprocedure loop
    execute format('revoke update, delete on %s from %I', fact, application);
  end loop;
  execute format('revoke insert, update, delete on log_identity from %I', application);
  if to_regclass('migrations') is not null then
    execute format('revoke insert, update, delete on migrations from %I', application);
  end if;
  execute format('grant execute on all functions in schema public to %I', application);
end $admit$;`;

/** A question over all tenants that answers no more than it says, for a role that is limited to one. */
const acrossTenants = (signature: string, returns: string, answer: string): string => `
create function ${signature} returns ${returns} language plpgsql security definer set search_path = public, pg_temp as $across$
declare
  scope_before constant text := coalesce(current_setting('lastcopy.scope', true), '');
begin
  perform set_config('lastcopy.scope', 'service', true);
  return query ${answer};
  perform set_config('lastcopy.scope', scope_before, true);
end $across$;
revoke execute on function ${signature.replace(/\w+ (?=\w+[,)])/g, '')} from public;`;

const chainAlerts = `type = 'AlertRaised' and flow_id is null and data->>'code' = 'EVENT_CHAIN_BROKEN'`;

const questions = [
  acrossTenants(
    'lastcopy_log_head()',
    'table ("position" bigint, hash text)',
    'select e.position, e.hash from events e order by e.position desc limit 1',
  ),
  acrossTenants(
    'lastcopy_log_end()',
    'setof bigint',
    'select greatest((select max(log_seq) from events), (select max(log_seq) from received_events))',
  ),
  acrossTenants(
    'lastcopy_received_heads()',
    'table (source text, epoch uuid, "position" bigint, hash text)',
    'select distinct on (r.source) r.source, r.epoch, r.position, r.hash from received_events r order by r.source, r.position desc',
  ),
  acrossTenants('lastcopy_stream_version(stream text)', 'setof integer', 'select max(version) from events where stream_id = stream'),
  acrossTenants('lastcopy_command_hash(command text)', 'setof text', 'select request_hash from commands where command_id = command'),
  acrossTenants('lastcopy_sealed_gate(flow text)', 'setof integer', 'select gate_no from flow_seals where flow_id = flow and sealed'),
  acrossTenants(
    'lastcopy_flow_is_foreign(flow text, client text, engagement text)',
    'setof boolean',
    `select exists (select from events where flow_id = flow and (client_account_id, engagement_id) <> (client, engagement))
      or exists (select from flow_seals where flow_id = flow and (client_account_id, engagement_id) <> (client, engagement))`,
  ),
  // A damaged log concerns everyone whose evidence may lie in it, whoever was told first.
  acrossTenants('lastcopy_chain_alerts()', 'setof events', `select * from events where ${chainAlerts}`),
  acrossTenants('lastcopy_received_chain_alerts()', 'setof received_events', `select * from received_events where ${chainAlerts}`),
];

const functions = [
  'lastcopy_received_chain_alerts()',
  'lastcopy_chain_alerts()',
  'lastcopy_flow_is_foreign(text, text, text)',
  'lastcopy_sealed_gate(text)',
  'lastcopy_command_hash(text)',
  'lastcopy_stream_version(text)',
  'lastcopy_received_heads()',
  'lastcopy_log_end()',
  'lastcopy_log_head()',
  'lastcopy_admit_application(text)',
  'lastcopy_protect_table(regclass)',
];
const tenantTables = ['events', 'received_events', 'commands', 'flow_seals'];

/**
 * Row-level security of the event log. `lastcopy_protect_table(table)` limits a table with tenant columns to the tenant, or the service
 * scope, that the transaction has set; `lastcopy_admit_application(role)` does so for every such table, and gives the role that serves
 * requests what it needs. Nothing set means no rows.
 */
export class TenantProtection implements MigrationInterface {
  readonly name = 'TenantProtection1700000000001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(protectTable);
    await runner.query(admitApplication);
    for (const question of questions) await runner.query(question);
    for (const table of tenantTables) await runner.query(`select lastcopy_protect_table('${table}')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tenantTables) {
      await runner.query(
        `drop policy tenant_scope on ${table}; alter table ${table} disable row level security; alter table ${table} no force row level security`,
      );
    }
    for (const signature of functions) await runner.query(`drop function ${signature}`);
  }
}
