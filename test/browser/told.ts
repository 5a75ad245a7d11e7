import type { Page } from 'playwright-core';
import type { Stack } from '../system/stack.js';

export interface Tally {
  /** How many events and words of progress the gateway told since the tally began. */
  count(): number;
  stop(): void;
}

/** Counts what the live stream tells, as one more listener. */
export async function tallyStream({ profile }: Stack): Promise<Tally> {
  const closed = new AbortController();
  const headers = {
    authorization: `Bearer ${profile.tokens.aude}`,
    'x-client-account-id': profile.client_account_id,
    'x-engagement-id': profile.engagement_id,
  };
  const response = await fetch(`${profile.api_url}/api/v1/stream`, { headers, signal: closed.signal });
  if (!response.ok) throw new Error(`The stream answered ${response.status}.`);
  let told = 0;
  const read = async () => {
    for await (const text of response.body!.pipeThrough(new TextDecoderStream())) told += text.match(/^event: /gm)?.length ?? 0;
  };
  // It ends with the tally, or with the gateway: what was counted until then stands.
  read().catch(() => undefined);
  return { count: () => told, stop: () => closed.abort() };
}

/** What a page showed, and when first, in milliseconds since 1970. */
export type Shown = Record<string, number>;

/** From now on the page notes each step that it shows of each job: "Ledger 1 7%", "Ledger 2 paused". */
export const noteShown = (page: Page): Promise<unknown> =>
  page.evaluate(`(() => {
    globalThis.shown = {};
    const note = () => {
      for (const card of document.querySelectorAll('[data-testid^="archive-job-"]')) {
        const job = card.getAttribute('aria-label').split(':')[0];
        const percent = Number(/(\\d+)% complete/.exec(card.textContent)?.[1]);
        for (let step = percent; step > 0 && !globalThis.shown[job + ' ' + step + '%']; step--) globalThis.shown[job + ' ' + step + '%'] = Date.now();
        if (card.textContent.includes('Paused')) globalThis.shown[job + ' paused'] ??= Date.now();
      }
    };
    note();
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
  })()`);

export const shownOn = async (page: Page): Promise<Shown> => (await page.evaluate('globalThis.shown')) as Shown;

/** How far apart two pages were at each step that either showed, in milliseconds, the least first. Throws for what only one has shown. */
export function gapsOf(one: Shown, other: Shown, steps: RegExp): number[] {
  const named = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((step) => steps.test(step));
  const gaps = named.map((step) => {
    if (one[step] === undefined || other[step] === undefined) throw new Error(`Only one of the pages has shown "${step}".`);
    return Math.abs(one[step] - other[step]);
  });
  return gaps.sort((a, b) => a - b);
}
