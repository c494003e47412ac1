import { expect, test } from "vitest";
import { pageByCursor, pageByLink, pageByOffset, pageByToken } from "../src/index.ts";

interface Item {
  id: number;
}
const rules = { list: "GET /users", idOf: (item: Item) => item.id };
const items = (from: number, count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: from + index }));
const byOffset = (pages: readonly Item[][], more: object = {}) => {
  let call = 0;
  return Array.fromAsync(pageByOffset(async () => ({ items: pages[call++] ?? [] }), { ...rules, limit: 3, ...more }));
};
/** Reads a list that changes after each page. */
const byOffsetFrom = (list: Item[], change: (page: number) => void, more: object = {}) => {
  let page = 0;
  const fetchPage = async (offset: number) => {
    const answer = { items: list.slice(offset, offset + 3), ...("total" in more && { total: list.length }) };
    change(++page);
    return answer;
  };
  return Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 3, ...more }));
};
const answers = <T>(list: readonly T[]) => {
  let call = 0;
  return async () => list[call++]!;
};

test("offset: a short page in the middle is not the end; an empty one is", async () => {
  const pages = [items(0, 3), items(2, 2), items(3, 3), items(5, 1), []];
  expect(await byOffset(pages)).toEqual(items(0, 6));
});

test("offset: a short page is the end if the documentation says so", async () => {
  expect(await byOffset([items(0, 3), items(2, 2), items(3, 3)], { isShortPageLast: true })).toEqual(items(0, 4));
});

test("offset: advances by the items received, or by those requested if pages are filtered", async () => {
  const asked: number[] = [];
  const fetchPage = async (offset: number) => {
    asked.push(offset);
    return { items: offset < 6 ? items(offset, 2) : [] };
  };
  await Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 3, step: "asked" }));
  // The last two are the proof of the end.
  expect(asked.splice(0)).toEqual([0, 3, 6, 3, 6]);
  await Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 1 }));
  expect(asked).toEqual([0, 2, 4, 6, 4, 6]);
});

test("offset: pages overlap, so that an item skipped because another one left is noticed", async () => {
  const asked: number[] = [];
  const list = items(0, 7);
  const fetchPage = async (offset: number) => {
    asked.push(offset);
    return { items: list.slice(offset, offset + 3) };
  };
  expect(await Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 3 }))).toEqual(list);
  expect(asked).toEqual([0, 2, 4, 6, 7]);
});

const moves: { what: string; change: (list: Item[]) => void }[] = [
  { what: "the first leaves", change: (list) => void list.splice(0, 1) },
  { what: "the last that was read leaves", change: (list) => void list.splice(2, 1) },
  { what: "two of those that were read leave", change: (list) => void list.splice(1, 2) },
  { what: "one leaves and comes again behind", change: (list) => void list.push(list.shift()!) },
  { what: "somebody comes before those that were read", change: (list) => void list.unshift({ id: 99 }) },
];
const kinds = [{}, { total: true }, { step: "overlap" }, { step: "overlap", emptyPages: 2 }];
test.each(moves.flatMap(({ what, change }) => kinds.map((more) => ({ what, change, more }))))(
  "offset: nobody is skipped if $what while the list is read: $more",
  async ({ change, more }) => {
    const list = items(0, 9);
    const read = await byOffsetFrom(list, (page) => void (page === 1 && change(list)), more);
    const ids = read.map(({ id }) => id);
    for (const id of [3, 4, 5, 6, 7, 8]) expect(ids).toContain(id);
    expect(ids.slice(0, 9)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  },
);

test("offset: a page with no item of the page before raises a doubt", async () => {
  const list = items(0, 9);
  const change = (page: number) => void (page === 1 && list.splice(0, 3));
  await expect(byOffsetFrom(list, change)).rejects.toThrow('does not go on from "2" after 3 items');
});

test("offset: items that come and go behind the reader raise no doubt", async () => {
  const list = items(0, 7);
  const change = (page: number) => void (page === 1 && list.splice(4, 1) && list.push({ id: 9 }));
  expect(await byOffsetFrom(list, change, { total: true })).toEqual([0, 1, 2, 3, 5, 6, 9].map((id) => ({ id })));
});

test("a total that shrinks raises a doubt if pages do not overlap", async () => {
  const list = items(0, 7);
  const leave = (page: number) => void (page === 1 && list.shift());
  await expect(byOffsetFrom(list, leave, { total: true, step: "asked" })).rejects.toThrow(
    "GET /users had 7 items and has 6 after 3 came: somebody left it while it was read",
  );
});

test("offset: a total is reconciled, and ends the list without another call", async () => {
  let calls = 0;
  const total = (claimed: number) =>
    Array.fromAsync(
      pageByOffset(
        async (offset) => ({ items: ++calls ? items(0, 7).slice(offset, offset + 4) : [], total: claimed }),
        {
          ...rules,
          limit: 4,
        },
      ),
    );
  expect(await total(7)).toHaveLength(7);
  expect(calls).toBe(2);
  await expect(total(8)).rejects.toThrow("GET /users says that it has 8 items, and 7 came");
});

test("a system without pages returns the same page again, which is an error", async () => {
  await expect(byOffset([items(0, 3), items(0, 3)], { step: "asked" })).rejects.toMatchObject({
    name: "UpstreamError",
    message: 'GET /users gave out a page again (it begins with "0") after 3 items',
  });
});

test("a page repeated much later is noticed too", async () => {
  const pages = [items(0, 3), items(3, 3), items(6, 3), items(0, 3)];
  await expect(byOffset(pages, { step: "asked" })).rejects.toThrow("a page again");
});

test("a list that moves while it is read throws, or raises a doubt and goes on", async () => {
  const moved = [items(0, 3), items(2, 3), [], items(2, 3), []];
  await expect(byOffset(moved, { step: "asked" })).rejects.toThrow(
    'repeats 1 ids of the page before (the first is "2")',
  );
  const doubts: string[] = [];
  const onDoubt = (reason: string) => doubts.push(reason);
  expect(await byOffset(moved, { step: "asked", onDoubt })).toHaveLength(6);
  expect(doubts).toEqual([expect.stringContaining("others may be missing")]);
});

test("as many items as the system ever returns prove nothing", async () => {
  await expect(byOffset([items(0, 3), items(2, 3), items(4, 2), items(5, 1)], { cap: 6 })).rejects.toThrow(
    "never returns more than 6",
  );
  expect(await byOffset([items(0, 3), items(2, 3), items(4, 1), []], { cap: 6 })).toHaveLength(5);
});

test("cursor: follows the cursor to its end, and never the same one twice", async () => {
  const pages = [
    { items: items(0, 2), next: "a" },
    { items: [], next: "b" },
    { items: items(2, 2), next: null },
  ];
  expect(await Array.fromAsync(pageByCursor(answers(pages), rules))).toEqual(items(0, 4));
  const looping = [pages[0]!, { items: items(2, 2), next: "a" }];
  await expect(Array.fromAsync(pageByCursor(answers(looping), rules))).rejects.toThrow(
    "names a next page again that it named before (a), after 4 items",
  );
});

test("cursor: empty pages without an end are an error", async () => {
  let page = 0;
  const run = Array.fromAsync(pageByCursor<Item>(async () => ({ items: [], next: `c${page++}` }), rules));
  await expect(run).rejects.toThrow("goes on after 20 empty pages in a row");
});

test("link: follows links to its own host only", async () => {
  const asked: string[] = [];
  const run = (next: string) =>
    Array.fromAsync(
      pageByLink(
        "https://wiki.example.com/users",
        async (link) => {
          asked.push(link);
          return asked.length === 1 ? { items: items(0, 1), next } : { items: items(1, 1) };
        },
        rules,
      ),
    );
  expect(await run("/users?page=2")).toEqual(items(0, 2));
  expect(asked.splice(0)).toEqual(["https://wiki.example.com/users", "https://wiki.example.com/users?page=2"]);
  await expect(run("https://elsewhere.example.com/users")).rejects.toThrow("links to https://elsewhere.example.com");
  asked.length = 0;
  await expect(run("/users")).rejects.toThrow("names a next page again");
});

test("token: only the page marked as last is the last", async () => {
  const pages = [
    { items: items(0, 2), isLast: false, nextToken: "t" },
    { items: items(2, 2), isLast: true, nextToken: "ignored" },
  ];
  expect(await Array.fromAsync(pageByToken(answers(pages), rules))).toEqual(items(0, 4));
  const cut = [pages[0]!, { items: items(2, 2), isLast: false }];
  await expect(Array.fromAsync(pageByToken(answers(cut), rules))).rejects.toThrow("has no token after 4 items");
});

/** Reads a list in pages that are cut before the rows at the hidden positions are filtered out. */
function readHiding(hidden: readonly number[], { rows = 12, cap = 3, more = {} } = {}) {
  const asked: number[] = [];
  const fetchPage = async (offset: number) => {
    asked.push(offset);
    const page = items(0, rows).slice(offset, offset + cap);
    return { items: page.filter(({ id }) => !hidden.includes(id)) };
  };
  const reading = Array.fromAsync(
    pageByOffset(fetchPage, { ...rules, limit: 3, emptyPages: 2, step: "overlap", ...more }),
  );
  return { asked, reading };
}

test("overlap: pages filtered after they were cut lose and repeat nobody", async () => {
  const { asked, reading } = readHiding([1, 4, 5]);
  expect(await reading).toEqual(items(0, 12).filter(({ id }) => ![1, 4, 5].includes(id)));
  // The last item again with nothing behind it, and two empty pages.
  expect(asked.slice(-3)).toEqual([11, 14, 17]);
});

test("overlap: a system that returns fewer items than requested skips nobody", async () => {
  expect(await readHiding([], { cap: 2 }).reading).toEqual(items(0, 12));
});

test("overlap: a page without new items is covered by those before it; two in a row are a circle", async () => {
  const pages = [items(0, 3), [{ id: 2 }], items(6, 1), [{ id: 6 }], [], []];
  expect(await byOffset(pages, { step: "overlap", emptyPages: 2 })).toEqual([...items(0, 3), { id: 6 }]);
  const circle = [items(0, 3), items(0, 3), items(0, 3)];
  await expect(byOffset(circle, { step: "overlap", emptyPages: 2 })).rejects.toThrow(
    "GET /users goes in a circle: two pages in a row had nothing new after 3 items",
  );
});

test("empty pages: two in a row are the end, and one with more after it is an error", async () => {
  const asked: number[] = [];
  const fetchPage = async (offset: number) => {
    asked.push(offset);
    return { items: items(0, 3).slice(offset) };
  };
  const twoEmpty = { ...rules, limit: 3, emptyPages: 2, step: "overlap" } as const;
  expect(await Array.fromAsync(pageByOffset(fetchPage, twoEmpty))).toEqual(items(0, 3));
  expect(asked).toEqual([0, 2, 5, 8]);
  await expect(
    byOffset([items(0, 3), [{ id: 2 }], [], items(6, 3)], { emptyPages: 2, step: "overlap" }),
  ).rejects.toThrow("GET /users has an empty page before offset 8, and more after it");
});

test.each([
  { mode: { step: "overlap", emptyPages: 2 } },
  { mode: { step: "overlap" } },
  { mode: { step: "asked" } },
  { mode: { step: "items" } },
  { mode: { step: "items", limit: 1 } },
  { mode: { step: "asked", isShortPageLast: true } },
])("a page that is empty by mistake does not end a list: $mode", async ({ mode }) => {
  const limit = "limit" in mode ? mode.limit : 3;
  for (let wrong = 0; wrong < 3; wrong++) {
    let call = 0;
    const fetchPage = async (offset: number) => ({
      items: call++ === wrong ? [] : items(0, 7).slice(offset, offset + limit!),
    });
    const reading = Array.fromAsync(pageByOffset<Item>(fetchPage, { ...rules, limit: 3, ...(mode as object) }));
    const read = await reading.catch((error: unknown) => error);
    if (read instanceof Error) expect(read).toMatchObject({ name: "UpstreamError", effect: "none" });
    else expect(read, `call ${wrong}`).toEqual(items(0, 7));
  }
});

test("a list read in steps of the limit has to show its last item again, or its end raises a doubt", async () => {
  const doubts: string[] = [];
  const list = items(0, 3);
  const fetchPage = async (offset: number) => {
    const page = { items: list.slice(offset, offset + 3) };
    if (offset === 3) list.pop();
    return page;
  };
  const onDoubt = (reason: string) => doubts.push(reason);
  const read = Array.fromAsync(pageByOffset<Item>(fetchPage, { ...rules, limit: 3, step: "asked", onDoubt }));
  expect(await read).toEqual(items(0, 3));
  expect(doubts).toEqual([
    'GET /users ended after 3 items with an empty page, and asked again it no longer has "2": ' +
      "it moved while it was read, so others may be missing",
  ]);
});

test("an empty list is requested once more", async () => {
  let calls = 0;
  const fetchPage = async () => ({ items: calls++ > 0 ? items(0, 2) : [] });
  await expect(Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 3 }))).rejects.toThrow(
    "GET /users was empty at offset 0, and asked again it is not",
  );
  calls = -9;
  expect(await Array.fromAsync(pageByOffset(fetchPage, { ...rules, limit: 3 }))).toEqual([]);
  expect(calls).toBe(-7);
});

test("offset: only the page marked as last is the last, and the total must match", async () => {
  const byLast = (pages: readonly object[]) =>
    Array.fromAsync(pageByOffset(answers(pages as { items: Item[] }[]), { ...rules, limit: 3 }));
  const first = { items: items(0, 3), isLast: false, total: 5 };
  expect(await byLast([first, { items: items(2, 3), isLast: true, total: 5 }])).toEqual(items(0, 5));
  await expect(byLast([first, { items: items(2, 2), isLast: true, total: 5 }])).rejects.toThrow("5 items, and 4 came");
  // The whole total was received, and the system says that there are more.
  await expect(
    byLast([
      { ...first, total: 3 },
      { items: items(2, 2), isLast: true, total: 3 },
    ]),
  ).rejects.toThrow("says that it has 3 items, and 4 came");
  const nothingNew = { items: items(2, 1), isLast: false, total: 5 };
  await expect(byLast([first, nothingNew, { ...first, items: [] }])).rejects.toThrow(
    "GET /users has an empty page at offset 3, and does not say that it is the last",
  );
});
