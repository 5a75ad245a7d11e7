import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { ensureChromium } from '../../tools/browser/ensure-chromium.mjs';
import { startStack, type Overrides, type Stack } from '../system/stack.js';

export type Person = Parameters<Stack['as']>[0];

export interface Browsing {
  stack: Stack;
  browser: Browser;
  /** A browser of one person's own, signed in, on the overview. */
  open(person: Person, options?: BrowserContextOptions): Promise<Page>;
  /** A browser of nobody. */
  blank(options?: BrowserContextOptions): Promise<Page>;
  /** What the pages complained of: errors of scripts, and what the content security policy refused. */
  faults: string[];
  stop(): Promise<void>;
}

const window = { width: 1440, height: 900 };
/** How long a page may take to show what it is asked for, unless a test says otherwise. */
const patienceMs = 20_000;
/** Answers that a test provokes are told in the console too. */
const expected = /Failed to load resource|ERR_INTERNET_DISCONNECTED|The stream broke off/;

function noteFaults(page: Page, faults: string[]): void {
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(`${page.url()}: ${message.text()}`);
  });
}

/** Through the development issuer's page, as anybody would. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.getByTestId('sign-in').click();
  await chooseAtIssuer(page, person);
}

export const chooseAtIssuer = (page: Page, person: Person): Promise<void> => page.locator(`button[value="${person}"]`).click();

async function startBrowser(stack: Stack): Promise<Browsing> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  const faults: string[] = [];
  const blank = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({
      viewport: window,
      baseURL: stack.services.gateway.url,
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(patienceMs);
    const page = await context.newPage();
    noteFaults(page, faults);
    return page;
  };
  return {
    ...{ stack, browser, faults, blank },
    open: async (person, options) => {
      const page = await blank(options);
      await page.goto('/decommission');
      await signIn(page, person);
      await page.getByRole('heading', { level: 1, name: 'Decommission Flow Overview' }).waitFor();
      return page;
    },
    stop: async () => {
      await browser.close();
      await stack.stop();
    },
  };
}

/** The whole stack with its pages, and a browser. `WEB_DIR` names another build of the pages than the workspace's. */
export async function startBrowsing(overrides: Overrides = {}): Promise<Browsing> {
  const { WEB_DIR } = process.env;
  const stack = await startStack({ ...overrides, gateway: { ...overrides.gateway, ...(WEB_DIR ? { WEB_DIR } : {}) } });
  try {
    return await startBrowser(stack);
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

const themes = ['light', 'dark'] as const;

async function inBothThemes(page: Page, look: (theme: (typeof themes)[number]) => Promise<void>): Promise<void> {
  for (const colorScheme of themes) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
    await look(colorScheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What WCAG 2.2 AA finds wrong with the page as it stands, one line each. */
async function violationsOf(page: Page, theme: string): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${page.url()} ${theme} ${id} (${help}): ${target.join(' ')}: ${failureSummary}`),
  );
}

/** What WCAG 2.2 AA finds wrong with the page in either theme. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const found: string[] = [];
  await inBothThemes(page, async (theme) => void found.push(...(await violationsOf(page, theme))));
  return found;
}

/** Takes a picture of the page in both themes, in `SCREENSHOT_DIR` or `screenshots/`, and answers what WCAG 2.2 AA finds wrong with it. */
export async function look(page: Page, name: string): Promise<string[]> {
  const folder = process.env.SCREENSHOT_DIR ?? 'screenshots';
  await mkdir(folder, { recursive: true });
  const found: string[] = [];
  await inBothThemes(page, async (theme) => {
    await page.screenshot({ path: path.join(folder, `${name}-${theme}.png`), animations: 'disabled' });
    found.push(...(await violationsOf(page, theme)));
  });
  return found;
}
