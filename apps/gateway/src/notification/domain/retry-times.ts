const longestMs = 3 * 3_600_000;

export interface RetryTerms {
  firstMs: number;
  giveUpMs: number;
}

/**
 * How long to wait after attempt `attempts` (from 1), in ms; null: give up. Doubles each time up to three hours.
 * @param jitter 0 to 1: spreads what failed together over the second half of the wait
 * @param askedMs what the receiver asked for (Retry-After)
 */
export function retryInMs(terms: RetryTerms, attempts: number, ageMs: number, jitter: number, askedMs = 0): number | null {
  const full = Math.min(terms.firstMs * 2 ** Math.min(attempts - 1, 30), longestMs);
  const waitMs = Math.max(full / 2 + (full / 2) * jitter, askedMs);
  return ageMs + waitMs > terms.giveUpMs ? null : waitMs;
}
