import { setTimeout as delay } from 'node:timers/promises';

/** Asks again until `question` answers something truthy; throws naming what was awaited when the deadline passes. */
export async function until<T>(what: string, question: () => Promise<T | null | undefined | false>, limitMs = 30_000): Promise<T> {
  const deadline = performance.now() + limitMs;
  let last: unknown;
  for (;;) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) throw new Error(`${what} did not come within ${limitMs} ms; last: ${String(last)}`, { cause: last });
    await delay(50);
  }
}
