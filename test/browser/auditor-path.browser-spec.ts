import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { createDatabaseSource, createDirectorySource, createFlow, startMigration, untilJobs } from '../system/fixtures.js';
import { lastcopyFor } from '../system/lastcopy.js';
import { flowPath } from './approver.js';
import { look, startBrowsing, type Browsing } from './browser.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

let site: Browsing;
let flowId: string;
let jobId: string;
let aude: Page;
const lastcopy = lastcopyFor(() => site.stack);

beforeAll(async () => {
  site = await startBrowsing();
  flowId = await createFlow(site.stack, [
    await createDatabaseSource(site.stack, 'ledger'),
    await createDirectorySource(site.stack, 'share'),
  ]);
  await startMigration(site.stack, flowId);
  const jobs = await untilJobs(site.stack, flowId, 'completed');
  jobId = jobs.find(({ system_name }) => system_name === 'ledger')!.job_id;
  aude = await site.open('aude');
}, 120_000);
afterAll(() => site?.stop());

describe('the auditor', () => {
  it('finds who did what in the trail', async () => {
    await aude.goto('/decommission/audit');
    const rows = aude.getByRole('table', { name: 'Audit trail' }).getByRole('row');
    await rows.nth(5).waitFor();
    await aude.getByLabel('Who').fill('dana');
    await aude.waitForURL('**/audit?actor=dana');
    await rows.nth(5).waitFor({ state: 'detached' });
    await rows.nth(1).getByText(/dana/i).waitFor();
    await rows.nth(1).getByRole('button').click();
    await aude
      .getByRole('dialog')
      .getByText(/approv/i)
      .first()
      .waitFor();
    await aude.keyboard.press('Escape');
  });

  it('verifies the chain of every service', async () => {
    await aude.getByTestId('verify-chain').click();
    await aude.getByText('The chain is unbroken').waitFor();
    expect(await aude.getByRole('table', { name: 'Logs of the services' }).getByText('Unbroken').count()).toBe(4);
  });

  it('reads the expected and actual figures, and checks the archive with the command that stands there', async () => {
    await aude.goto(flowPath(flowId, 'verification'));
    await aude
      .getByRole('button', { name: /ledger/ })
      .first()
      .click();
    const figures = aude.getByRole('table', { name: 'Checks of attempt 1' }).getByRole('row').nth(1);
    await figures.getByText('Passed').waitFor();
    const [, , expected, actual] = await figures.getByRole('cell').allInnerTexts();
    expect(expected).toBeTruthy();
    expect(actual).toBe(expected);

    const command = await aude
      .getByText(/^lastcopy verify s3:/)
      .first()
      .innerText();
    const { code, out } = await lastcopy(...command.split(' ').slice(1));
    expect(out).toMatch(/verified|passed/i);
    expect(code).toBe(0);
  });

  it('takes the manifest along', async () => {
    const download = aude.waitForEvent('download');
    await aude.getByRole('button', { name: 'Download Archive Manifest' }).click();
    expect(JSON.parse(await readFile(await (await download).path(), 'utf8'))).toMatchObject({ flow_id: flowId });
  });
});

describe('every page is accessible in both themes', () => {
  let olga: Page;
  beforeAll(async () => void (olga = await site.open('olga')));

  const tabs = ['policies', 'inputs', 'approvals', 'artifacts', 'jobs', 'verification', 'timeline', 'reports'];
  const places: [name: string, path: () => string][] = [
    ['overview', () => '/decommission'],
    ['start-a-flow', () => '/decommission?start=open'],
    ...tabs.map((tab): [string, () => string] => [`flow-${tab}`, () => flowPath(flowId, tab)]),
    ['flow-readiness', () => `${flowPath(flowId, 'jobs')}&readiness=open`],
    ['flow-jobs-table', () => `${flowPath(flowId, 'jobs')}&view=table`],
    ['job', () => `/decommission/jobs/${jobId}`],
    ['systems', () => '/decommission/systems'],
    ['systems-register', () => '/decommission/systems?system=new'],
    ['policies', () => '/decommission/policies'],
    ['policies-regulations', () => '/decommission/policies?tab=regulations'],
    ['policies-tester', () => '/decommission/policies?tab=tester'],
    ['audit', () => '/decommission/audit'],
    ['approvals', () => '/approvals'],
    ['approvals-decided', () => '/approvals?tab=decided'],
    ['notifications', () => '/notifications'],
    ['preferences', () => '/notifications/preferences'],
    ['no-such-page', () => '/decommission/nowhere'],
  ];

  it.each(places)('%s', async (name, path) => {
    await olga.goto(path());
    await settled(olga);
    expect(await look(olga, name)).toEqual([]);
  });

  it('login', async () => {
    const nobody = await site.blank();
    await nobody.goto('/login');
    await nobody.getByTestId('sign-in').waitFor();
    expect(await look(nobody, 'login')).toEqual([]);
  });

  it('approvals on a phone', async () => {
    const lena = await site.open('dana', phone);
    await lena.goto('/approvals?tab=decided');
    await settled(lena);
    expect(await look(lena, 'phone-approvals')).toEqual([]);
    await lena.getByTestId('approval-row').first().getByRole('link').first().click();
    await lena.getByRole('heading', { level: 2, name: 'Decision' }).waitFor();
    await settled(lena);
    expect(await look(lena, 'phone-approval')).toEqual([]);
  });
});

/** The page's heading is there and nothing is on its way any more. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  await page.locator('[data-testid="live-chip"][data-fetching="false"]').waitFor();
}

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
