/**
 * `work` for every item, at most `lanes` at a time, results in the order of the items. The first failure ends the others through their
 * signal, and is thrown when all have ended: nothing goes on in the background.
 */
export async function inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  signal: AbortSignal,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const results: R[] = [];
  let next = 0;
  let failure: { error: unknown } | undefined;
  const lane = async () => {
    while (next < items.length && !stop.aborted) {
      const place = next++;
      try {
        results[place] = await work(items[place]!, stop);
      } catch (error) {
        failure ??= { error };
        ended.abort(error);
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  signal.throwIfAborted();
  if (failure) throw failure.error;
  return results;
}
