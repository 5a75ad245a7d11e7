import type { ListOf } from './client.js';

/** The gateway gives no more in one answer. */
export const pageSize = 500;

/** `limit` and `offset` of a page, as the gateway takes them. */
export interface PageQuery {
  limit: string;
  offset: string;
}

/**
 * Every item of a list, a page after the other. What moves to a later page while they are read is told once; `total` is that of the last page.
 * Throws what `page` throws: a list that is cut short would look whole.
 */
export async function everyPage<T>(page: (query: PageQuery) => Promise<ListOf<T>>, idOf: (item: T) => string | number): Promise<ListOf<T>> {
  const found = new Map<string | number, T>();
  for (let offset = 0; ;) {
    const { items, total } = await page({ limit: String(pageSize), offset: String(offset) });
    for (const item of items) found.set(idOf(item), item);
    offset += items.length;
    if (items.length === 0 || offset >= total) return { items: [...found.values()], total };
  }
}
