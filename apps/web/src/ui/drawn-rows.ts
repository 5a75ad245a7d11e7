/** Which rows of a list are drawn: those in sight, and those that are kept wherever the list is scrolled to. −1 stands for a row that is gone. */
export const drawnRows = (inSight: readonly number[], kept: readonly number[]): number[] =>
  [...new Set([...inSight, ...kept.filter((index) => index >= 0)])].sort((a, b) => a - b);

/** Where a key leads from the row `at`: to the next, the one before, the first or the last; undefined when it leads nowhere. */
export function rowAfterKey(key: string, at: number, count: number): number | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return at < last ? at + 1 : undefined;
    case 'ArrowUp':
      return at > 0 ? at - 1 : undefined;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
