import type { Locator, Page } from 'playwright-core';

const mostTabs = 200;

/** Presses Tab as a person does, who is slower than the page: behind a date a dialog puts the focus where it belongs a moment later. */
async function pressTab(page: Page): Promise<void> {
  await page.keyboard.press('Tab');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
}

/** Presses Tab until the control has the focus: who cannot reach it so cannot reach it at all without a pointer. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  // A dialog takes the focus a moment after it is drawn: keys that are pressed before would go elsewhere.
  if ((await control.locator('xpath=ancestor-or-self::*[@role="dialog"]').count()) > 0)
    await page.locator('[role="dialog"]:focus-within').waitFor();
  const focused = control.and(page.locator(':focus'));
  for (let pressed = 0; pressed <= mostTabs; pressed++) {
    if ((await focused.count()) > 0) return;
    await pressTab(page);
  }
  throw new Error(`${mostTabs} presses of Tab do not lead to ${String(control)}.`);
}

export async function pressOn(page: Page, control: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Goes to another tab of the page with the arrow keys. */
export async function arrowTo(page: Page, name: string): Promise<void> {
  await tabTo(page, page.locator('.lastcopy-tabs [role="tab"][aria-selected="true"]'));
  const focused = page.getByRole('tab', { name }).and(page.locator(':focus'));
  for (let pressed = 0; (await focused.count()) === 0; pressed++) {
    if (pressed > 20) throw new Error(`The arrow keys do not lead to the tab ${name}.`);
    await page.keyboard.press('ArrowRight');
  }
  await page.getByRole('tab', { name, selected: true }).waitFor();
}
