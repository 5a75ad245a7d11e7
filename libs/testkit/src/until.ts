import { setTimeout as delay } from 'node:timers/promises';

const pollMs = 20;

/**
 * Waits for what must come true: asks until `question` answers something truthy. Rejects after `limitMs`, naming what was awaited and what
 * was last seen; a question that throws has not come true yet. The limit is generous because a machine may be busy: it costs nothing where all is well.
 */
export async function until<T>(
  what: string,
  question: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  limitMs = 60_000,
): Promise<T> {
  const deadline = performance.now() + limitMs;
  for (let last: unknown; ;) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline)
      throw new Error(`${what} did not come true within ${limitMs} ms; last seen: ${String(last)}`, { cause: last });
    await delay(pollMs);
  }
}
