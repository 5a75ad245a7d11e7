import type { Page } from 'playwright-core';
import { until } from '@lastcopy/testkit';
import { attachAll, createDatabaseSource, createDirectorySource, createFlow } from '../system/fixtures.js';
import { watchCrowding } from './crowding.js';
import { flowPath, openRequest, sign } from './approver.js';
import { accessibilityFaults, look, signIn, startBrowsing, type Browsing } from './browser.js';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const shortestAge = { gateway: { REAUTH_MAX_AGE_S: '30' } };
/** How soon the operator's page shows a signature. */
const seenWithinMs = 1_000;

/** What a tab keeps of a sign-in. */
interface SignedIn {
  user_id?: string;
  refresh_token?: string;
  expires_at?: number;
}

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

/** Signs as soon as nothing asks for a fresher sign-in; answers how long the operator's page took to show it, on a machine of its own. */
async function signAndSee(page: Page, decision: 'approve' | 'reject', word: string): Promise<number> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/decision') && response.ok());
  await sign(page, 'dana', decision);
  await answered;
  const crowding = watchCrowding();
  const startedMs = performance.now();
  await shown('data_owner', word);
  const seenMs = performance.now() - startedMs;
  return seenMs / (await crowding());
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

describe('the sign-in', () => {
  const key = 'lastcopy.signed-in';
  const kept = async (page: Page) => JSON.parse(await page.evaluate<string>(`sessionStorage.getItem('${key}') ?? '{}'`)) as SignedIn;
  const inbox = (page: Page) => page.getByRole('region', { name: 'Waiting for you' });
  let page: Page;

  beforeAll(async () => {
    page = await site.blank();
    await page.goto('/approvals?tab=waiting');
    await signIn(page, 'dana');
    await inbox(page).waitFor();
  });

  it('is kept while the provider fails, and the page says why it shows nothing', async () => {
    await page.route('**/dev-issuer/token', (route) => route.fulfill({ status: 503 }));
    const over = JSON.stringify({ ...(await kept(page)), expires_at: 0 });
    await page.evaluate(`sessionStorage.setItem('${key}', ${JSON.stringify(over)})`);
    await page.reload();
    const notice = page.getByRole('alert').filter({ hasText: 'Your sign-in cannot be renewed just now' });
    await notice.first().waitFor();
    await page.getByText('The sign-in provider answers 503.').first().waitFor();
    expect(await look(page, 'sign-in-not-renewed')).toEqual([]);
    await page.unroute('**/dev-issuer/token');
    await notice.first().waitFor({ state: 'hidden' });
    await inbox(page).waitFor();
    expect((await kept(page)).expires_at).toBeGreaterThan(Date.now());
  });

  it('ends here and at the provider: it asks again who they are, and takes the refresh token no more', async () => {
    const other = await page.context().newPage();
    await other.goto('/approvals');
    await other.getByTestId('sign-in').click();
    await inbox(other).waitFor();
    const given = [await kept(page), await kept(other)];
    await page.getByTestId('me').click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    const { host, origin } = new URL(site.stack.services.gateway.url);
    await page
      .getByTestId('signed-out')
      .filter({ hasText: `You are signed out, here and at ${host}.` })
      .waitFor();
    await other.getByTestId('signed-out').filter({ hasText: 'You signed out in another tab, and here with it.' }).waitFor();
    expect([await kept(page), await kept(other)]).toEqual([{}, {}]);
    expect(await look(page, 'signed-out')).toEqual([]);
    for (const { refresh_token } of given) {
      const form = { grant_type: 'refresh_token', client_id: 'lastcopy-web', refresh_token: refresh_token! };
      const answer = await page.request.post(`${origin}/dev-issuer/token`, { form });
      expect(await answer.json()).toMatchObject({ error: 'invalid_grant' });
    }
    await page.goto('/approvals?tab=decided');
    await signIn(page, 'carl');
    await page.getByRole('heading', { level: 2, name: /^Decided \(\d+\)$/ }).waitFor();
    expect((await kept(page)).user_id).toBe('carl');
  });
});

it('complained of nothing on the way', () => expect(site.faults).toEqual([]));
