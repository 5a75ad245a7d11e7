import { everyPage, pageSize, type PageQuery } from './every-page.js';

const numbers = (length: number) => Array.from({ length }, (_, id) => ({ id }));

/** A list as the gateway answers it. */
const listOf =
  (all: { id: number }[], asked: PageQuery[] = []) =>
  async (query: PageQuery) => {
    asked.push(query);
    return { items: all.slice(Number(query.offset), Number(query.offset) + Number(query.limit)), total: all.length };
  };

it('reads on until everything is there', async () => {
  const all = numbers(2 * pageSize + 1);
  const asked: PageQuery[] = [];
  expect(await everyPage(listOf(all, asked), ({ id }) => id)).toEqual({ items: all, total: all.length });
  expect(asked.map(({ offset }) => offset)).toEqual(['0', '500', '1000']);
});

it('asks once for what fits into one page, and for nothing', async () => {
  for (const all of [[], numbers(1), numbers(pageSize)]) {
    const asked: PageQuery[] = [];
    expect((await everyPage(listOf(all, asked), ({ id }) => id)).items).toEqual(all);
    expect(asked).toHaveLength(1);
  }
});

it('takes in what is added at the end meanwhile, and tells once what is moved on by something new before it', async () => {
  const growing = numbers(pageSize + 1);
  const atEnd = await everyPage(
    async (query) => {
      const answer = await listOf(growing)(query);
      if (query.offset === '0') growing.push({ id: 9_000 });
      return answer;
    },
    ({ id }) => id,
  );
  expect(atEnd.items.at(-1)).toEqual({ id: 9_000 });
  const moving = numbers(pageSize + 1);
  const moved = await everyPage(
    async (query) => {
      const answer = await listOf(moving)(query);
      if (query.offset === '0') moving.unshift({ id: 9_000 });
      return answer;
    },
    ({ id }) => id,
  );
  expect(moved.items.map(({ id }) => id)).toEqual(numbers(pageSize + 1).map(({ id }) => id));
});

it('ends when the list became shorter meanwhile', async () => {
  const { items } = await everyPage(
    async ({ offset }) => (offset === '0' ? { items: numbers(pageSize), total: pageSize + 2 } : { items: [], total: pageSize }),
    ({ id }) => id,
  );
  expect(items).toHaveLength(pageSize);
});

it('fails with a page that cannot be had, instead of answering half', async () => {
  const broken = everyPage(
    async ({ offset }) => {
      if (offset !== '0') throw new Error('unreachable');
      return { items: numbers(pageSize), total: pageSize + 1 };
    },
    ({ id }) => id,
  );
  await expect(broken).rejects.toThrow('unreachable');
});
