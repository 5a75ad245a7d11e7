import { randomBytes } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import type { ArtifactDetailAnswer, EventData } from '@lastcopy/contracts';
import { flipBit, largestOf, storedContents, until } from '@lastcopy/testkit';
import { FlowScenario } from './testing/flow-scenario.js';
import { startGatewayFixture, type GatewayFixture } from './testing/gateway-fixture.js';

let fixture: GatewayFixture;
let scenario: FlowScenario;
beforeAll(async () => {
  fixture = await startGatewayFixture();
  scenario = new FlowScenario(fixture);
}, 60_000);
afterAll(() => fixture.stop());

const storedFiles = () => storedContents(fixture.objectsDir);

/** Attaches a text of `bytes` to a flow of its own, and answers it with the file that the store keeps it in: the largest new one. */
async function attached(bytes: number): Promise<{ artifact: ArtifactDetailAnswer; file: string; content: Buffer }> {
  const flow = await scenario.assigned();
  const before = await storedFiles();
  const content = Buffer.from(randomBytes(bytes / 2).toString('hex'));
  const upload = { filename: 'policy.txt', type: 'text/plain', content };
  const { body } = await fixture
    .as('carl')
    .upload(`/decommission-flow/${flow.flow_id}/artifacts`, { kind: 'data_retention_policy' }, upload)
    .expect(200);
  const file = await largestOf((await storedFiles()).filter((each) => !before.includes(each)));
  return { artifact: body as ArtifactDetailAnswer, file, content };
}

const download = (artifactId: string) => fixture.as('olga').get(`/artifacts/${artifactId}/content`).buffer(true);

async function alertOf({ artifact_id, flow_id }: ArtifactDetailAnswer): Promise<EventData<'AlertRaised'>> {
  const raised = await until(`an alert that names document ${artifact_id}`, async () => {
    const events = await fixture.gateway.deps.eventing.store.readLog(1, 10_000);
    return events.find(({ type, data }) => type === 'AlertRaised' && (data as EventData<'AlertRaised'>).message.includes(artifact_id));
  });
  expect(raised.data).toMatchObject({ severity: 'critical', flow_id });
  return raised.data as EventData<'AlertRaised'>;
}

it('refuses a document in which one bit has changed, and alarms', async () => {
  const { artifact, file, content } = await attached(2_000);
  expect((await download(artifact.artifact_id).expect(200)).text).toBe(content.toString());
  await flipBit(file, 0.5);
  const { body } = await download(artifact.artifact_id).expect(409);
  expect(body).toMatchObject({ code: 'ARCHIVE_OBJECT_DAMAGED' });
  expect(await alertOf(artifact)).toMatchObject({
    code: 'ARCHIVE_OBJECT_DAMAGED',
    what_to_do: expect.stringContaining('replace') as string,
  });
  await until('the alert in the list of them', async () => {
    const alerts = (await fixture.as('olga').get('/alerts').expect(200)).body as { message: string }[];
    return alerts.some(({ message }) => message.includes(artifact.artifact_id));
  });
});

it('breaks the download of a large document where it is damaged at its end, so that nobody holds it for complete', async () => {
  const { artifact, file } = await attached(3_000_000);
  await flipBit(file, 0.99);
  await expect(download(artifact.artifact_id)).rejects.toThrow(/aborted|hang up|terminated/);
  await alertOf(artifact);
});

it('refuses a document whose stored bytes were exchanged for those of another, and alarms', async () => {
  const [mine, other] = [await attached(2_000), await attached(2_000)];
  await copyFile(other.file, mine.file);
  const { body } = await download(mine.artifact.artifact_id).expect(409);
  expect((await alertOf(mine.artifact)).code).toBe((body as { code: string }).code);
  expect((await download(other.artifact.artifact_id).expect(200)).text).toBe(other.content.toString());
});
