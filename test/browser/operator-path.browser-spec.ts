import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { createDemoSystems } from '../../tools/embedded/demo-systems.mjs';
import { approveInInbox, attachDocuments, flowPath } from './approver.js';
import { startBrowsing, type Browsing, type Person } from './browser.js';
import { arrowTo, pressOn, tabTo, typeInto } from './keyboard.js';

const flowName = 'Retire billing, CRM and file share';
const archivedWithinMs = 90_000;

let site: Browsing;
let olga: Page;
let flowId: string;
const others = new Map<Person, Page>();
const pageOf = async (person: Person): Promise<Page> => {
  const page = others.get(person) ?? (await site.open(person));
  others.set(person, page);
  return page;
};

beforeAll(async () => {
  site = await startBrowsing();
  const { infrastructure, profile } = site.stack;
  for (const { registration } of await createDemoSystems(infrastructure, profile))
    await site.stack.as('olga').post('/systems', registration);
  olga = await site.blank();
}, 120_000);
afterAll(() => site?.stop());

const button = (name: string | RegExp) => olga.getByRole('button', { name });

it('signs in and starts a flow by keyboard alone', async () => {
  await olga.goto('/decommission');
  await pressOn(olga, olga.getByTestId('sign-in'));
  await pressOn(olga, olga.locator('button[value="olga"]'));
  await olga.getByRole('heading', { level: 1, name: 'Decommission Flow Overview' }).waitFor();
  await pressOn(olga, button('Start a flow').first());
  const form = olga.getByRole('dialog', { name: 'Start a flow' });
  await typeInto(olga, form.getByLabel('Name of the flow'), flowName);
  for (const system of ['Billing', 'CRM', 'File share']) await pressOn(olga, form.getByRole('checkbox', { name: system }), 'Space');
  await form.getByText('3 systems chosen').waitFor();
  await pressOn(olga, form.getByRole('button', { name: 'Start the flow' }));
  await olga.getByRole('heading', { level: 1, name: flowName }).waitFor();
  flowId = /flow\/([^/]+)\//.exec(olga.url())![1]!;
  await olga.getByRole('tab', { name: 'Retention Policies', selected: true }).waitFor();
});

it('says why each system got its policy, and that a person of legal has to resolve a conflict', async () => {
  await olga.getByRole('table', { name: 'Retention policies of the systems' }).getByRole('row').nth(3).waitFor();
  await pressOn(olga, button('Why? Billing'));
  const why = olga.getByRole('dialog', { name: 'Why? Billing' });
  await why.getByText('Conflict to resolve').waitFor();
  await tabTo(olga, why.getByRole('button', { name: 'Resolve' }));
  expect(await why.getByRole('button', { name: 'Resolve' }).getAttribute('aria-disabled')).toBe('true');
  await olga.keyboard.press('Escape');
  await why.waitFor({ state: 'hidden' });

  const lena = await pageOf('lena');
  await lena.goto(flowPath(flowId, 'policies'));
  await lena.getByRole('button', { name: 'Why? Billing' }).click();
  const drawer = lena.getByRole('dialog', { name: 'Why? Billing' });
  await drawer.getByRole('button', { name: 'Resolve' }).click();
  await drawer.getByLabel('Reason').fill('Records that an audit rests on are kept for as long as the law demands.');
  await drawer.getByRole('button', { name: 'Resolve' }).click();
  await drawer.getByText('Conflict, resolved').waitFor();
});

it('asks for the approvals, and hears of each as it is signed', async () => {
  await arrowTo(olga, 'Approvals');
  await pressOn(olga, button('Request all missing approvals'));
  const form = olga.getByRole('dialog', { name: 'Request approvals' });
  const request = form.getByRole('button', { name: 'Request approval' });
  const boxes = await form.getByRole('checkbox').all();
  for (const box of boxes) await pressOn(olga, box, 'Space');
  await tabTo(olga, request);
  expect(await request.getAttribute('aria-description')).toBe('Choose whom to ask.');
  for (const box of boxes) await pressOn(olga, box, 'Space');
  await pressOn(olga, request);
  await form.getByText('Legal: not requested').waitFor();
  await form.getByText('Compliance: not requested').waitFor();
  await request.and(olga.locator(':focus')).waitFor();
  await pressOn(olga, form.getByRole('button', { name: 'Close' }).last());

  await attachDocuments(await pageOf('carl'), flowId, 'carl');
  await approveInInbox(await pageOf('carl'), 'carl', 'Compliance');
  await olga.getByTestId('approval-compliance').getByText('Granted').waitFor();
  await approveInInbox(await pageOf('dana'), 'dana', 'Data owner');
  await olga.getByTestId('approval-data_owner').getByText('Granted').waitFor();
});

it('takes the last copies while the page tells how far each is', async () => {
  await arrowTo(olga, 'Archive Jobs');
  await olga.getByText('No archive jobs yet').waitFor();
  await pressOn(olga, button('Start Migration'));
  await olga
    .getByRole('listitem', { name: /^(Billing|CRM|File share): (queued|in_progress)$/ })
    .first()
    .waitFor();
  await olga
    .getByText(/\d+% complete/)
    .first()
    .waitFor();
  const completed = olga.getByTestId('archive-job-completed');
  await completed.nth(2).waitFor({ timeout: archivedWithinMs });
  expect(await completed.getByText('Integrity verified').count()).toBe(3);
  expect(await completed.getByText(/^[0-9a-f]{16}…$/).count()).toBe(3);
  expect(await completed.getByText(/^s3:\/\//).count()).toBe(3);
  await olga.getByText('3 completed').waitFor();
}, 150_000);

it('shows what was verified, with expected and actual figures', async () => {
  await arrowTo(olga, 'Backup Verification');
  await olga.getByText('Checksum Match').nth(2).waitFor();
  await olga.getByText('Restore Tested').first().waitFor();
  await pressOn(olga, button(/Billing/).first());
  const rows = olga.getByRole('table', { name: /^Checks of attempt/ }).getByRole('row');
  await rows.nth(3).waitFor();
  await pressOn(olga, button('Verify All Backups'));
  const asked = olga.getByRole('dialog', { name: 'Verify every archive again?' });
  await pressOn(olga, asked.getByRole('button', { name: 'Cancel' }));
  await asked.waitFor({ state: 'hidden' });
});

it('downloads the reports and the manifest', async () => {
  await arrowTo(olga, 'Reports');
  const pdf = olga.waitForEvent('download');
  await pressOn(olga, button('Attestation report as PDF'));
  expect((await readFile(await (await pdf).path())).subarray(0, 5).toString()).toBe('%PDF-');
  const manifest = olga.waitForEvent('download');
  await pressOn(olga, button('Download Archive Manifest'));
  expect(JSON.parse(await readFile(await (await manifest).path(), 'utf8'))).toMatchObject({ flow_id: flowId });
});

it('goes on to system shutdown when nothing blocks it any more, by the name retyped', async () => {
  await pressOn(olga, button('Continue to System Shutdown'));
  const readiness = olga.getByRole('dialog', { name: 'Readiness' });
  await readiness.getByText(/to solve first$/).waitFor();
  await readiness.getByRole('link', { name: 'Go where it is solved' }).first().waitFor();

  await attachDocuments(await pageOf('lena'), flowId, 'lena');
  await approveInInbox(await pageOf('lena'), 'lena', 'Legal');
  await readiness.getByText('Nothing blocks this flow').waitFor();

  const proceed = readiness.getByTestId('confirm-proceed');
  await typeInto(olga, readiness.getByTestId('retype-flow-name'), 'retire billing');
  expect(await proceed.getAttribute('aria-disabled')).toBe('true');
  await olga.keyboard.press('ControlOrMeta+a');
  await olga.keyboard.type(flowName);
  await pressOn(olga, proceed);
  await readiness.getByText('The gate is passed').waitFor();
  await olga.keyboard.press('Escape');
  await olga.getByText('System shutdown', { exact: true }).first().waitFor();
}, 120_000);

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
