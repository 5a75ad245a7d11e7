// What the processes of a fault test append, and how they count it.
import { randomUUID } from 'node:crypto';

export const contextOf = () => ({
  command_id: randomUUID(),
  tenant: { client_account_id: 'client-1', engagement_id: 'engagement-1' },
  actor: { user_id: 'user-1', name: 'Ada', roles: ['operator'] },
});

export const pausedEvent = (job) => ({
  type: 'ArchiveJobPaused',
  data: { job_id: job, flow_id: '5f1e6c1e-8d0f-4f65-9a53-8d3f2f0c7e55', reason: 'maintenance' },
});

/** Counts what it is given, so that an event that is folded twice shows. */
export const countedEvents = {
  kind: 'projection',
  name: 'counted',
  version: 1,
  types: ['ArchiveJobPaused'],
  tables: (schema) => `create table "${schema}".jobs (job_id text primary key, times integer not null)`,
  async apply({ query }, events, schema) {
    for (const { data } of events) {
      await query(`insert into "${schema}".jobs values ($1, 1) on conflict (job_id) do update set times = jobs.times + 1`, [data.job_id]);
    }
  },
};
