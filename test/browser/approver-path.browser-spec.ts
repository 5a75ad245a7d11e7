import type { Page } from 'playwright-core';
import { until } from '@lastcopy/testkit';
import { attachAll, createDatabaseSource, createDirectorySource, createFlow } from '../system/fixtures.js';
import { flowPath, openRequest, sign } from './approver.js';
import { accessibilityFaults, look, signIn, startBrowsing, type Browsing } from './browser.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const shortestAge = { gateway: { REAUTH_MAX_AGE_S: '30' } };
/** How soon the operator's page shows a signature. */
const seenWithinMs = 1_000;

let site: Browsing;
let flowId: string;
let olga: Page;
let carl: Page;
let dana: Page;

beforeAll(async () => {
  site = await startBrowsing(shortestAge);
  carl = await site.open('carl', phone);
  flowId = await createFlow(site.stack, [
    await createDatabaseSource(site.stack, 'ledger'),
    await createDirectorySource(site.stack, 'share'),
  ]);
  await attachAll(site.stack, flowId, 'carl');
  olga = await site.open('olga');
  await olga.goto(flowPath(flowId, 'approvals'));
  await olga.getByTestId('live-chip').filter({ hasText: 'Live' }).waitFor();
}, 120_000);
afterAll(() => site?.stop());

const shown = (role: string, word: string) => olga.getByTestId(`approval-${role}`).getByText(word, { exact: true }).first().waitFor();

/** Signs as soon as nothing asks for a fresher sign-in; answers how long the operator's page took to show it. */
async function signAndSee(page: Page, decision: 'approve' | 'reject', word: string): Promise<number> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/decision') && response.ok());
  await sign(page, 'dana', decision);
  await answered;
  const startedMs = performance.now();
  await shown('data_owner', word);
  return performance.now() - startedMs;
}

it('leads from a notification to the evidence beside the decision', async () => {
  dana = await site.open('dana');
  await dana.getByRole('link', { name: /^Notifications, \d+ unread$/ }).click();
  await dana.getByRole('heading', { level: 1, name: 'Notifications' }).waitFor();
  await dana
    .getByRole('main')
    .getByRole('link')
    .filter({ hasText: /approv/i })
    .first()
    .click();
  await dana.getByRole('heading', { level: 2, name: 'Decision' }).waitFor();
  await dana.getByRole('heading', { level: 2, name: 'What is signed' }).waitFor();
  await dana.getByText('I approve the migration of the data of these systems', { exact: false }).waitFor();
  expect(await look(dana, 'approval-to-decide')).toEqual([]);
});

it('opens and closes the delegation, and leaves the rest of the address as it is', async () => {
  await dana.goto(`${new URL(dana.url()).pathname}?from=mail`);
  await dana.getByRole('button', { name: 'Delegate the decision' }).click();
  await dana.getByRole('dialog', { name: 'Who decides in your place?' }).waitFor();
  expect(new URL(dana.url()).search).toBe('?from=mail&delegate=open');
  await dana.keyboard.press('Escape');
  await dana.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(new URL(dana.url()).search).toBe('?from=mail');
});

it('rejects with a comment and not without; the operator sees it at once', async () => {
  await dana.getByTestId('reject').click();
  await dana.getByText('Say why you reject it: whoever has to mend it reads this.').waitFor();
  const comment = 'The tables of the pension fund are missing.';
  await dana.getByRole('region', { name: 'Decision' }).getByLabel('Comment').fill(comment);
  expect(await signAndSee(dana, 'reject', 'Rejected')).toBeLessThan(seenWithinMs);
  await olga.getByTestId('approval-data_owner').getByText(comment).waitFor();
});

it('is asked again, and signs; the operator sees it at once', async () => {
  await olga.getByTestId('approval-data_owner').getByRole('button', { name: 'Request again' }).click();
  await olga.getByRole('dialog').getByRole('button', { name: 'Request approval' }).click();
  await shown('data_owner', 'Requested');
  await openRequest(dana, 'Data owner');
  expect(await signAndSee(dana, 'approve', 'Granted')).toBeLessThan(seenWithinMs);
});

it('says to whoever requested it why they cannot decide it', async () => {
  await olga
    .getByTestId('approval-compliance')
    .getByText(/^You cannot decide it\./)
    .waitFor();
});

it('lets a phone decide, with a fresh sign-in where the signature wants one, and keeps what was typed', async () => {
  await until('a sign-in that is too old to sign with', async () => {
    await openRequest(carl, 'Compliance');
    return carl.getByTestId('sign-in-again').isVisible();
  });
  expect(await accessibilityFaults(carl)).toEqual([]);
  const comment = 'Locked and encrypted as the policy says.';
  await carl.getByRole('region', { name: 'Decision' }).getByLabel('Comment').fill(comment);
  await sign(carl, 'carl', 'approve');
  await carl.getByText(comment).first().waitFor();
  await carl.getByTestId('approval-status').filter({ hasText: 'Granted' }).waitFor();
  const [page, screen] = await carl
    .evaluate('[document.documentElement.scrollWidth, innerWidth]')
    .then((widths) => widths as [number, number]);
  expect(page).toBeLessThanOrEqual(screen);
});

it('comes back to the page that was asked for after signing in', async () => {
  const page = await site.blank();
  await page.goto('/approvals?tab=decided');
  await signIn(page, 'dana');
  await page.getByRole('heading', { level: 2, name: /^Decided \(\d+\)$/ }).waitFor();
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
