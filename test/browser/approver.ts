import type { Page } from 'playwright-core';
import { documentsOf, pdfOf } from '../../tools/embedded/demo-documents.mjs';
import { chooseAtIssuer, type Person } from './browser.js';

export const flowPath = (flowId: string, tab: string): string => `/decommission/flow/${flowId}/data-migration?tab=${tab}`;

/** Attaches the documents that this person answers for, as files chosen in the Artifacts tab. */
export async function attachDocuments(page: Page, flowId: string, person: 'carl' | 'lena'): Promise<void> {
  await page.goto(flowPath(flowId, 'artifacts'));
  for (const { kind, title } of documentsOf[person]) {
    const card = page.getByTestId(`artifacts-${kind}`);
    const chosen = page.waitForEvent('filechooser');
    await card.getByRole('button', { name: /^Attach/ }).click();
    const buffer = pdfOf([title, `Flow ${flowId}`, `Given by ${person}`]);
    await (await chosen).setFiles({ name: `${kind}.pdf`, mimeType: 'application/pdf', buffer });
    const form = page.getByRole('dialog');
    await form.getByText(/^SHA-256$/).waitFor();
    await form.getByRole('button', { name: 'Attach', exact: true }).click();
    await form.waitFor({ state: 'hidden' });
    await card.getByText('Attached', { exact: true }).first().waitFor();
  }
}

/** Opens the request that waits in the person's inbox. */
export async function openRequest(page: Page, role: string): Promise<void> {
  await page.goto('/approvals');
  await page
    .getByRole('region', { name: 'Waiting for you' })
    .getByRole('link', { name: `${role} approval` })
    .first()
    .click();
  await page.getByRole('heading', { level: 2, name: 'Decision' }).waitFor();
}

/** Presses the button, and signs in once more where the signature wants a fresher sign-in. */
export async function sign(page: Page, person: Person, decision: 'approve' | 'reject'): Promise<void> {
  const again = page.getByTestId('sign-in-again');
  const done = page.getByTestId('approval-status').filter({ hasText: /Granted|Rejected/ });
  const moved = page.getByText('The evidence has changed');
  await page.getByTestId(decision).click();
  await done.or(again).or(moved).first().waitFor();
  if (await again.isVisible()) {
    await page.getByRole('button', { name: 'Sign in again to sign' }).click();
    await chooseAtIssuer(page, person);
    await page.getByTestId(decision).click();
    await done.or(moved).first().waitFor();
  }
}

/** Grants what waits for the person; where the evidence moved while it was looked at, looks again. */
export async function approveInInbox(page: Page, person: Person, role: string): Promise<void> {
  for (let looked = 0; looked < 5; looked++) {
    await openRequest(page, role);
    await sign(page, person, 'approve');
    if (await page.getByTestId('approval-status').filter({ hasText: 'Granted' }).isVisible()) return;
  }
  throw new Error(`The evidence for the ${role} approval moved five times.`);
}
