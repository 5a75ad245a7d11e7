import type { EventType } from '@lastcopy/contracts';
import type { LoggedEvent, Projection, SqlQuery } from '@lastcopy/eventing';
import { alertFold } from '../records/alert-record.js';
import { approvalFold } from '../records/approval-record.js';
import { artifactFold } from '../records/artifact-record.js';
import { assignmentFold } from '../records/assignment-record.js';
import { flowInputFold } from '../records/flow-input-record.js';
import { classificationFold } from '../records/classification-record.js';
import { flowFold } from '../records/flow-record.js';
import { archiveHoldFold } from '../records/archive-hold-record.js';
import { jobFold } from '../records/job-record.js';
import { legalHoldFold } from '../records/legal-hold-record.js';
import { policyFold } from '../records/policy-record.js';
import { foldInto, type Folded, type RecordFold } from '../records/record-fold.js';
import { systemFold } from '../records/system-record.js';

export const readModelName = 'read_model';

export const recordFolds: readonly RecordFold<object>[] = [
  flowFold,
  systemFold,
  policyFold,
  assignmentFold,
  jobFold,
  approvalFold,
  artifactFold,
  flowInputFold,
  legalHoldFold,
  archiveHoldFold,
  alertFold,
  classificationFold,
] as unknown as readonly RecordFold<object>[];

const columnsOf = ({ columns = {} }: RecordFold<object>) => Object.entries(columns).map(([name, definition]) => `, ${name} ${definition}`);

const tableOf = (schema: string, fold: RecordFold<object>) => `
  create table "${schema}".${fold.name} (
    key text primary key, client_account_id text not null, engagement_id text not null, flow_id text, first_seq bigint not null,
    versions jsonb not null, record jsonb not null${columnsOf(fold).join('')});
  create index on "${schema}".${fold.name} (client_account_id, engagement_id, first_seq);
  create index on "${schema}".${fold.name} (flow_id, first_seq);`;

interface StoredRow {
  key: string;
  client_account_id: string;
  engagement_id: string;
  first_seq: string;
  versions: Record<string, number>;
  record: object;
}

async function loadRows(query: SqlQuery, table: string, keys: string[]): Promise<Map<string, Folded<object>>> {
  const rows = await query<StoredRow>(
    `select key, client_account_id, engagement_id, first_seq, versions, record from ${table} where key = any($1)`,
    [keys],
  );
  return new Map(rows.map(({ key, first_seq, ...row }) => [key, { ...row, firstSeq: Number(first_seq) }]));
}

async function storeRows(query: SqlQuery, table: string, rows: [string, Folded<object>][]): Promise<void> {
  const column = (pick: (folded: Folded<object>) => unknown) => rows.map(([, folded]) => pick(folded));
  await query(
    `insert into ${table} (key, client_account_id, engagement_id, flow_id, first_seq, versions, record)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[], $7::jsonb[])
     on conflict (key) do update set versions = excluded.versions, record = excluded.record, flow_id = excluded.flow_id`,
    [
      rows.map(([key]) => key),
      column((folded) => folded.client_account_id),
      column((folded) => folded.engagement_id),
      column((folded) => (folded.record as { flow_id?: string | null }).flow_id ?? null),
      column((folded) => folded.firstSeq),
      column((folded) => JSON.stringify(folded.versions)),
      column((folded) => JSON.stringify(folded.record)),
    ],
  );
}

/** Folds a batch into one table: reads the rows that it touches once, and writes those that changed once. */
async function applyFold(query: SqlQuery, fold: RecordFold<object>, events: readonly LoggedEvent[], schema: string): Promise<void> {
  const keyed = events.flatMap((event): [string, LoggedEvent][] => {
    const key = (fold.types as readonly string[]).includes(event.type) ? fold.keyOf(event) : null;
    return key === null ? [] : [[key, event]];
  });
  if (keyed.length === 0) return;
  const table = `"${schema}".${fold.name}`;
  const before = await loadRows(query, table, [...new Set(keyed.map(([key]) => key))]);
  const after = new Map(before);
  for (const [key, event] of keyed) after.set(key, foldInto(fold, after.get(key), event));
  const changed = [...after].filter(([key, folded]) => before.get(key) !== folded);
  if (changed.length > 0) await storeRows(query, table, changed);
}

/** What the API reads: one table a kind of record, folded from the events of all services. */
export const readModel: Projection = {
  kind: 'projection',
  name: readModelName,
  version: 4,
  types: [...new Set(recordFolds.flatMap((fold) => fold.types))] as EventType[],
  tables: (schema) => recordFolds.map((fold) => tableOf(schema, fold)).join('\n'),
  async apply({ query }, events, schema) {
    for (const fold of recordFolds) await applyFold(query, fold, events, schema);
  },
};
