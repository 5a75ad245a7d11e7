import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { signingKey } from '@lastcopy/platform';
import { approveAll, archive, archivedStory, flow_id, type Story } from '../testing/facts-fixture.js';
import { EvidenceFold, foldEvidence } from './evidence-fold.js';

let keysDir: string;
let story: Story;
beforeAll(async () => {
  keysDir = await mkdtemp(path.join(os.tmpdir(), 'lastcopy-keys-'));
  await signingKey(keysDir, 'integrity-signing', { create: true });
  story = approveAll(await archivedStory(keysDir));
  await archive(story, 1, keysDir, 2);
});
afterAll(() => rm(keysDir, { recursive: true, force: true }));

it('knows the same whether the log was read at once or event by event', () => {
  const grown = story.events.reduce((fold, event) => fold.with([event]), EvidenceFold.of(flow_id));
  expect(grown.evidence()).toEqual(foldEvidence(flow_id, story.events));
});

it('leaves what was known before as it was, and the records that nothing was said of', () => {
  const rearchived = story.events.findIndex(
    ({ type, data }) => type === 'ArchiveJobStarted' && (data as { attempt: number }).attempt === 2,
  );
  const before = EvidenceFold.of(flow_id).with(story.events.slice(0, rearchived));
  const told = structuredClone(before.evidence());
  const after = before.with(story.events.slice(rearchived)).evidence();
  expect(before.evidence()).toEqual(told);
  expect(after.jobs[1]!.attempt).toBe(2);
  expect(after.jobs[0]).toBe(before.evidence().jobs[0]);
});
