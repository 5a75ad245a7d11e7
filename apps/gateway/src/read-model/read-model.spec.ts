import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { signingKey } from '@lastcopy/platform';
import { projectionSpec } from '@lastcopy/testkit';
import type { LoggedEvent } from '@lastcopy/eventing';
import { approveAll, archivedStory, jobIdOf } from '../testing/facts-fixture.js';
import { readModel } from './read-model.js';

const spec = projectionSpec<LoggedEvent>(readModel);
let keysDir: string;
let events: LoggedEvent[];
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
  ({ events } = approveAll(await archivedStory(keysDir)));
});
afterAll(async () => {
  await spec.close();
  await rm(keysDir, { recursive: true, force: true });
});

const tables = ['flows', 'assignments', 'jobs', 'approvals'];
const everything = tables.map((table) => `select '${table}' as kind, key, versions, record from {schema}.${table}`).join(' union all ');
const select = `select * from (${everything}) rows order by kind, key`;

it('gives the same rows from one batch, one event at a time, and from events that come twice', async () => {
  const batch = await spec.given(events).when([]).rows(select);
  expect(batch).toHaveLength(1 + 2 + 2 + 3);
  expect(await spec.given([]).when(events).rows(select)).toEqual(batch);
  expect(await spec.given(events.slice(0, 9)).when(events.slice(9), { deliveredTimes: 2 }).rows(select)).toEqual(batch);
});

it('keeps what another tenant says out of a record', async () => {
  const stranger = { ...events.at(-1)!, client_account_id: 'another' };
  const own = await spec.given(events).when([]).rows(select);
  const foreign = events.find(({ type, aggregate_id }) => type === 'ArchiveJobCompleted' && aggregate_id === jobIdOf(0))!;
  const failed = { ...foreign, type: 'ArchiveJobCancelled', version: 99, client_account_id: stranger.client_account_id };
  expect(await spec.given(events).when([failed]).rows(select)).toEqual(own);
});
