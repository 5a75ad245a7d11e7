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

/** Answers pages of `all`, and lets `change` happen once, after the first of them. */
const changedOnce = (all: { id: number }[], change: () => void) => {
  let changed = false;
  return async (query: PageQuery) => {
    const answer = await listOf(all)(query);
    if (!changed) change();
    changed = true;
    return answer;
  };
};
const idsOf = async (page: (query: PageQuery) => Promise<{ items: { id: number }[]; total: number }>) =>
  (await everyPage(page, ({ id }) => id)).items.map(({ id }) => id);

it('takes in what is added meanwhile, at the end and before', async () => {
  const growing = numbers(pageSize + 1);
  expect(await idsOf(changedOnce(growing, () => growing.push({ id: 9_000 })))).toEqual(growing.map(({ id }) => id));
  const moving = numbers(pageSize + 1);
  expect(await idsOf(changedOnce(moving, () => moving.unshift({ id: 9_000 })))).toEqual(moving.map(({ id }) => id));
});

it('misses nothing when an item before it leaves the list meanwhile', async () => {
  const shrinking = numbers(2 * pageSize);
  expect(await idsOf(changedOnce(shrinking, () => shrinking.shift()))).toEqual(shrinking.map(({ id }) => id));
});

it('fails when the list never holds still', async () => {
  let left = 10 * pageSize;
  const restless = everyPage(
    async ({ offset }) => ({ items: numbers(pageSize).map(({ id }) => ({ id: id + Number(offset) })), total: (left -= 1) }),
    ({ id }) => id,
  );
  await expect(restless).rejects.toThrow('changes faster');
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
