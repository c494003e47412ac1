import { beforeEach, expect, test } from "vitest";
import { CursorExpiredError } from "../src/index.ts";
import { createMemoryReceipts, runSync } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, connectWiki, createWikiApp, type Account, type WikiOptions } from "./support/wiki.ts";

const bridge = await shareBridge();
let appId: string;
let receipts: ReturnType<typeof createMemoryReceipts>;
let log: string[];
let time: number;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
  receipts = createMemoryReceipts();
  log = [];
  time = Date.UTC(2026, 0, 1);
});

/** A wiki with three people whose changes are the given ones; its cursors are numbers. */
function changingWiki(changed: readonly Account[] = [], since?: (cursor: string) => void): WikiOptions {
  return {
    *accounts() {
      log.push("full");
      yield* accounts(3);
    },
    changes: {
      async cursor() {
        log.push("cursor");
        return "1";
      },
      async *since(cursor) {
        log.push(`since ${cursor}`);
        since?.(cursor);
        for (const record of changed) yield { slug: "account" as const, record };
        return String(Number(cursor) + 1);
      },
    },
  };
}

const sync = async (wiki: WikiOptions, more: object = {}) =>
  runSync({
    bridge: bridge.client,
    appId,
    connection: await connectWiki(wiki),
    receipts,
    retry: { retries: 0 },
    now: () => new Date(time),
    ...more,
  });

test("after a full run only changes are read, from the cursor that was taken before it", async () => {
  await sync(changingWiki());
  bridge.calls.length = 0;
  const changed = [
    { id: "u2", email: "second@example.com" },
    { id: "u9", email: "u9@example.com" },
  ];
  expect(await sync(changingWiki(changed))).toMatchObject({
    mode: "changes",
    status: "updated",
    pushed: { account: 2 },
  });
  await sync(changingWiki());
  expect(log).toEqual(["cursor", "full", "since 1", "since 2"]);
  expect(bridge.calls).toEqual(["start", "push account 2", "abandon", "start", "abandon"]);
  expect(await bridge.data(appId, "account")).toMatchObject([
    { id: "u1", email: "u1@example.com" },
    { id: "u2", email: "second@example.com" },
    { id: "u3", email: "u3@example.com" },
    { id: "u9", email: "u9@example.com" },
  ]);
});

test("a cursor counts only once the Bridge has the pages", async () => {
  await sync(changingWiki());
  bridge.intercept = ({ method }) =>
    method === "PUT" ? Response.json({ detail: "down" }, { status: 500 }) : undefined;
  const changed = [{ id: "u2", email: "second@example.com" }];
  await expect(sync(changingWiki(changed))).rejects.toMatchObject({ code: "BRIDGE_FAILED" });
  bridge.intercept = () => undefined;
  await sync(changingWiki([{ id: "u2" } as Account]));
  await sync(changingWiki(changed));
  expect(log.slice(2)).toEqual(["since 1", "since 1", "since 1"]);
  expect(receipts.all.map(({ status, cursor }) => [status, cursor])).toEqual([
    ["completed", "1"],
    ["failed", undefined],
    ["abandoned", undefined],
    ["updated", "2"],
  ]);
});

test("everything is read again after some time", async () => {
  await sync(changingWiki());
  time += 3_599_000;
  expect(await sync(changingWiki(), { fullEverySeconds: 3600 })).toMatchObject({ mode: "changes" });
  time += 1000;
  expect(await sync(changingWiki(), { fullEverySeconds: 3600 })).toMatchObject({ mode: "full", status: "completed" });
});

test("a cursor that the system no longer knows leads to a full sync", async () => {
  await sync(changingWiki());
  const expired = changingWiki([], () => {
    throw new CursorExpiredError("Wiki tells no changes from that far back");
  });
  expect(await sync(expired)).toMatchObject({ mode: "full", status: "completed" });
  expect(log).toEqual(["cursor", "full", "since 1", "cursor", "full"]);
  expect(receipts.all.at(-1)).toMatchObject({ mode: "full", cursor: "1" });
});

test("a change of a type that the connector does not have fails the sync", async () => {
  await sync(changingWiki());
  const wiki = changingWiki();
  wiki.changes!.since = async function* () {
    yield { slug: "crew", record: { id: "1", email: "" } } as never;
    return "2";
  };
  await expect(sync(wiki)).rejects.toThrow('connector "wiki" yielded a change of "crew"');
});

test("a stream of changes without a next cursor fails the sync", async () => {
  await sync(changingWiki());
  const wiki = changingWiki();
  wiki.changes!.since = async function* () {
    yield { slug: "account" as const, record: { id: "u1", email: "u1@example.com" } };
    return undefined as never;
  };
  await expect(sync(wiki)).rejects.toMatchObject({
    code: "UPSTREAM",
    message: expect.stringContaining("a cursor must be a text"),
  });
});

test("if a receipt began after now, everything is read again", async () => {
  time = Date.UTC(2027, 0, 1);
  await sync(changingWiki());
  time = Date.UTC(2026, 0, 1);
  expect(await sync(changingWiki())).toMatchObject({ mode: "full" });
  expect(await sync(changingWiki())).toMatchObject({ mode: "changes" });
  time = Date.UTC(2026, 0, 2) - 1;
  await sync(changingWiki());
  // The cursor of a run whose clock was ahead is ignored, even if the last full run was on time.
  time = Date.UTC(2026, 0, 1, 1);
  expect(await sync(changingWiki())).toMatchObject({ mode: "full" });
});

test("everything is read on request", async () => {
  await sync(changingWiki());
  expect(await sync(changingWiki(), { full: true })).toMatchObject({ mode: "full", status: "completed" });
  expect(await sync(changingWiki())).toMatchObject({ mode: "changes" });
});
