import type { JournalEntry, Receipt, ReceiptStatus, ReceiptStore } from "@bridgekit/core/run";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PLACES, type StatePlace } from "./support/state-places.ts";

const at = "2026-11-01T00:00:00.000Z";
const done: JournalEntry = { state: "outcome", taskId: "t1", at, outcome: { status: "completed", result: {} } };

function receipt(status: ReceiptStatus, more: Partial<Receipt> = {}): Receipt {
  return {
    version: 2,
    appId: "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11",
    mode: "full",
    status,
    startedAt: at,
    endedAt: at,
    usage: { calls: 1, retries: 0, rateLimited: 0, waitSeconds: 0 },
    types: {},
    missing: [],
    badRecords: { count: 0, shown: [] },
    credentials: { salt: "salt", hash: "hash" },
    versions: { connector: "wiki", core: "1.0.0", node: "v24" },
    ...more,
  };
}

/** A completed run that read so many accounts, with that many refs to teams. */
function complete(count: number, more: Partial<Receipt> = {}) {
  const hashes = (seed: number) =>
    Uint8Array.from({ length: count * 8 }, (_, index) => ((index >> 3) * 31 + index * 7 + seed) & 255);
  const account = { type: "account", read: count, pushed: count, created: 0, updated: 0, duplicates: 0 } as const;
  return {
    receipt: receipt("completed", { types: { account: { ...account, refs: { team: count } } }, ...more }),
    ids: hashes(1),
    refs: hashes(2),
    get all() {
      return { ids: new Map([["account", this.ids]]), refs: new Map([["account", new Map([["team", this.refs]])]]) };
    },
  };
}

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) {
    expect(chunk.length % 8).toBe(0);
    all.push(chunk);
  }
  return Buffer.concat(all);
}

const latestIds = async (receipts: ReceiptStore) =>
  bytesOf(receipts.ids((await receipts.latest("completed"))!, "account"));

describe.each(Object.entries(PLACES))("state in %s", (_name, open) => {
  let place: StatePlace;
  beforeEach(async () => {
    place = await open();
  });
  afterEach(() => place.close());

  /** Opens the journal, uses it and closes it. */
  async function inJournal<T>(
    use: (journal: Awaited<ReturnType<StatePlace["openJournal"]>>) => Promise<T>,
  ): Promise<T> {
    const journal = await place.openJournal();
    return use(journal).finally(() => journal[Symbol.asyncDispose]?.());
  }

  test("a later entry of a task replaces the earlier one, and each task keeps its place", async () => {
    await inJournal(async (journal) => {
      await journal.write({ state: "intent", taskId: "t1", at });
      await journal.write({ state: "intent", taskId: "t2", at });
      await journal.write(done);
      expect(journal.get("t1")).toEqual(done);
    });
    await inJournal(async (journal) => {
      expect([...journal.entries()]).toEqual([done, { state: "intent", taskId: "t2", at }]);
      expect(journal.get("t3")).toBeUndefined();
    });
  });

  test("the name of the runner stays", async () => {
    const names = [await inJournal(async ({ runner }) => runner), await inJournal(async ({ runner }) => runner)];
    expect(names[1]).toBe(names[0]);
    expect(names[0]).toMatch(/^.{1,255}$/);
  });

  test("concurrent writes all arrive, several of one task in their order", async () => {
    const reported: JournalEntry = { ...done, state: "reported" };
    await inJournal(async (journal) => {
      const first = journal.write({ state: "intent", taskId: "t1", at });
      const others = Array.from({ length: 50 }, (_, n) => journal.write({ ...done, taskId: `other${n}` }));
      await Promise.all([first, ...others, journal.write(done)]);
      await Promise.all([journal.write(done), journal.write(reported)]);
    });
    await inJournal(async (journal) => {
      expect([...journal.entries()].map(({ taskId }) => taskId)).toEqual([
        "t1",
        ...Array.from({ length: 50 }, (_, n) => `other${n}`),
      ]);
      expect(journal.get("t1")).toEqual(reported);
    });
  });

  test.each([
    ["a NUL", "a\u0000b"],
    ["an emoji", "task-👩‍🚀"],
    ["half a surrogate pair", "half-\ud83d"],
    ["the other half", "half-\ude80"],
    ["quotes", `"'\\ $1 {}`],
    ["a long id", "x".repeat(10_000)],
  ])("%s in ids and texts comes back as it was", async (_what, id) => {
    const entry: JournalEntry = {
      state: "reported",
      taskId: id,
      at,
      desiredId: id,
      outcome: { status: "completed", result: { account: { id } } },
    };
    await inJournal(async (journal) => {
      await journal.write(entry);
      await journal.write({ ...done, taskId: `${id}.` });
    });
    await inJournal(async (journal) => expect([...journal.entries()]).toEqual([entry, { ...done, taskId: `${id}.` }]));
    await (await place.openReceipts()).write(receipt("failed", { error: { code: "UPSTREAM", message: id } }));
    expect((await (await place.openReceipts()).latest("failed"))?.error?.message).toBe(id);
  });

  test("the newest receipt with one of the statuses is found, whatever the clock shows", async () => {
    const receipts = await place.openReceipts();
    expect(await receipts.latest("completed", "updated")).toBeUndefined();
    await receipts.write(receipt("completed", { endedAt: "2027-01-01T00:00:00.000Z" }));
    await receipts.write(receipt("updated", { endedAt: "2026-01-01T00:00:00.000Z", cursor: "after-7" }));
    await receipts.write(receipt("abandoned"));
    const again = await place.openReceipts();
    expect(await again.latest("completed", "updated")).toMatchObject({ status: "updated", cursor: "after-7" });
    expect(await again.latest("completed")).toMatchObject({ endedAt: "2027-01-01T00:00:00.000Z" });
    expect(await again.latest("failed")).toBeUndefined();
  });

  test("the hashes of the last completed run are kept, through later runs that were not", async () => {
    const [older, newer] = [complete(3), complete(5)];
    const receipts = await place.openReceipts();
    await receipts.write(older.receipt, older.all);
    await receipts.write(newer.receipt, newer.all);
    await receipts.write(receipt("abandoned"));
    const again = await place.openReceipts();
    const last = (await again.latest("completed"))!;
    expect(await bytesOf(again.ids(last, "account"))).toEqual(Buffer.from(newer.ids));
    expect(await bytesOf(again.refs(last, "account", "team"))).toEqual(Buffer.from(newer.refs));
  });

  test("a run that read nothing has no hashes", async () => {
    const { receipt: nothing, all } = complete(0);
    await (await place.openReceipts()).write(nothing, all);
    expect(await latestIds(await place.openReceipts())).toHaveLength(0);
  });

  test("a million records, with as many refs", async () => {
    const million = complete(1_000_000);
    await (await place.openReceipts()).write(million.receipt, million.all);
    const again = await place.openReceipts();
    const last = (await again.latest("completed"))!;
    expect((await bytesOf(again.ids(last, "account"))).equals(million.ids)).toBe(true);
    expect((await bytesOf(again.refs(last, "account", "team"))).equals(million.refs)).toBe(true);
  });

  test("entries and receipts that are no longer needed are dropped, those that are needed stay", async (context) => {
    if (!place.isLasting) context.skip();
    const options = { keepTasks: 20, now: () => new Date("2026-11-02T00:00:00Z") };
    const created = { status: "completed", result: { account: { id: "real" } } } as const;
    const journal = await place.openJournal(options);
    await journal.write({ state: "reported", taskId: "first", at, outcome: created, desiredId: "requested" });
    await journal.write({ ...done, taskId: "unreported" });
    await journal.write({ state: "intent", taskId: "begun", at });
    await journal.write({ ...done, state: "reported", taskId: "old", at: "2026-01-01T00:00:00.000Z" });
    for (let n = 100; n < 150; n++)
      await journal.write({ ...done, state: "reported", taskId: `t${n}`, at: `2026-11-01T00:00:01.${n}Z` });
    await journal[Symbol.asyncDispose]?.();
    const again = await place.openJournal(options);
    const kept = [...again.entries()].map(({ taskId }) => taskId);
    await again[Symbol.asyncDispose]?.();
    expect(kept.slice(0, 3)).toEqual(["first", "unreported", "begun"]);
    expect([kept.length, kept.at(-1)]).toEqual([23, "t149"]);

    const { receipt: good, all, ids } = complete(3);
    const receipts = await place.openReceipts(2);
    await receipts.write(good, all);
    for (let run = 0; run < 5; run++) await receipts.write(receipt("abandoned", { missing: [String(run)] }));
    const later = await place.openReceipts(2);
    expect(await latestIds(later)).toEqual(Buffer.from(ids));
    expect(await later.latest("abandoned")).toMatchObject({ missing: ["4"] });
  });
});
