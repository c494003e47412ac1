import { beforeEach, expect, test } from "vitest";
import { createMemoryReceipts, describeIncomplete, runSync, type SyncOptions } from "../src/run.ts";
import { toIncomplete } from "../src/sync/incomplete.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, connectWiki, createWikiApp, failingAfter, type WikiOptions } from "./support/wiki.ts";

const bridge = await shareBridge();
let appId: string;
let receipts: ReturnType<typeof createMemoryReceipts>;
let hour: number;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
  receipts = createMemoryReceipts();
  hour = 0;
});

const sync = async (wiki: WikiOptions, more: Partial<SyncOptions> = {}) =>
  runSync({
    bridge: bridge.client,
    appId,
    connection: await connectWiki(wiki),
    receipts,
    now: () => new Date(Date.UTC(2026, 0, 1, hour)),
    ...more,
  });
const hidden = (what: string): WikiOptions => ({ afterAccounts: (partial) => partial(what) });

test("an app that is not read completely reports since when, until it is", async () => {
  expect((await sync({})).incomplete).toBeUndefined();
  for (hour = 1; hour <= 2; hour++) await sync(hidden("guests are hidden"));
  await expect(sync({ accounts: () => failingAfter(1) })).rejects.toThrow();
  hour = 3;
  const { incomplete } = await sync(hidden("guests are hidden"));
  expect(incomplete).toEqual({
    since: "2026-01-01T01:00:00.000Z",
    runs: 3,
    mode: "full",
    reasons: [{ reason: "account: guests are hidden", runs: 3 }],
    isRecurring: true,
  });
  expect(receipts.all.map((receipt) => receipt.incomplete?.runs)).toEqual([undefined, 1, 2, undefined, 3]);
  expect(describeIncomplete(incomplete!)).toMatch(
    /^not complete since 2026-01-01T01:00:00.000Z \(3 runs\), so nobody is removed: account: guests are hidden\. It will not/,
  );
  expect((await sync({})).incomplete).toBeUndefined();
  expect((await sync(hidden("guests are hidden"))).incomplete).toMatchObject({ runs: 1, isRecurring: false });
});

test("a reason counts as the same with other numbers and ids; another reason starts again", async () => {
  await sync(hidden("2 of 20 guests are hidden, such as u7"));
  await sync(hidden("1 of 21 guests is hidden, such as u9"));
  const third = await sync(hidden("a group is gone"));
  expect(third.incomplete).toMatchObject({ runs: 3, isRecurring: false, reasons: [{ runs: 1 }] });
  for (const id of ["u1", "u2"]) {
    const bad = () => [...accounts(3), ...(id === "u1" ? [{ id: "u8" }] : []), { id } as never];
    await sync({ accounts: bad as never });
  }
  const run = await sync({ accounts: () => [{ id: "u5" } as never] }, { recurringAfterRuns: 3 });
  expect(run.incomplete).toMatchObject({ runs: 6, isRecurring: true, reasons: [{ runs: 3 }] });
});

test("a good delta ends the doubt about changes, but not about a full run", () => {
  const run = (status: "abandoned" | "updated" | "completed", mode: "full" | "changes", before?: object) =>
    toIncomplete(before as never, {
      result: { status, mode, missing: status === "abandoned" ? ["account: hidden"] : [] },
      startedAt: "2026-01-01T00:00:00.000Z",
      recurringAfterRuns: 3,
    });
  expect(run("updated", "changes", run("abandoned", "changes"))).toBeUndefined();
  const full = run("abandoned", "full");
  expect(run("updated", "changes", full)).toEqual(full);
  expect(run("abandoned", "changes", full)).toMatchObject({ mode: "full", runs: 2 });
  expect(run("completed", "full", full)).toBeUndefined();
});
