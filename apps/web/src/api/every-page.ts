import type { ListOf } from './client.js';

/** The gateway gives no more in one answer. */
export const pageSize = 500;

/** `limit` and `offset` of a page, as the gateway takes them. */
export interface PageQuery {
  limit: string;
  offset: string;
}

const mostLooks = 5;

/**
 * Every item of a list, a page after the other. What is new at the end is read too, and what moves to a later page is told once. What leaves
 * the list moves those after it to an earlier page, where they would be missed: then the list is read again. Throws what `page` throws, and
 * when the list does not hold still: one that is cut short would look whole.
 */
export async function everyPage<T>(page: (query: PageQuery) => Promise<ListOf<T>>, idOf: (item: T) => string | number): Promise<ListOf<T>> {
  for (let look = 0; look < mostLooks; look += 1) {
    const read = await pageAfterPage(page, idOf);
    if (read) return read;
  }
  throw new Error('The list changes faster than it can be read. Try again in a moment.');
}

/** Null when items may have been missed. */
async function pageAfterPage<T>(
  page: (query: PageQuery) => Promise<ListOf<T>>,
  idOf: (item: T) => string | number,
): Promise<ListOf<T> | null> {
  const found = new Map<string | number, T>();
  for (let [offset, before] = [0, 0]; ;) {
    const { items, total } = await page({ limit: String(pageSize), offset: String(offset) });
    for (const item of items) found.set(idOf(item), item);
    offset += items.length;
    if (total < before) return null;
    if (items.length === 0 || offset >= total) return found.size >= total ? { items: [...found.values()], total } : null;
    before = total;
  }
}
