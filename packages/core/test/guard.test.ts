import { beforeEach, expect, test } from "vitest";
import { createMemoryReceipts, planSync, runSync, type ReceiptStore } from "../src/index.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, CANARY, connectWiki, createWikiApp, type WikiOptions } from "./support/wiki.ts";
import { withoutExtensions } from "./support/without-extensions.ts";

const bridge = await shareBridge();
let appId: string;
let receipts: ReturnType<typeof createMemoryReceipts>;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
  receipts = createMemoryReceipts();
});

async function sync(wiki: WikiOptions, more: { approve?: string; receipts?: ReceiptStore } = {}) {
  return runSync({ bridge: bridge.client, appId, connection: await connectWiki(wiki), receipts, ...more });
}

const plan = async (wiki: WikiOptions) =>
  planSync({ bridge: bridge.client, appId, connection: await connectWiki(wiki), receipts });

async function active(slug = "account"): Promise<number> {
  bridge.intercept = () => undefined;
  return (await bridge.records(appId, slug)).filter(({ removed_at }) => removed_at === null).length;
}

const people = (count: number): WikiOptions => ({ accounts: () => accounts(count) });

test("a sync that would remove more than a fifth of a type is abandoned and says what to do", async () => {
  await sync(people(100));
  await expect(sync(people(79))).rejects.toMatchObject({
    code: "REMOVALS",
    message: expect.stringMatching(/would remove 21 of 100 records of type "account".*bridgekit sync --approve HASH/),
  });
  expect(bridge.calls.at(-1)).toBe("abandon");
  expect(await active()).toBe(100);
  expect(receipts.all.at(-1)).toMatchObject({ status: "failed", error: { code: "REMOVALS" } });
  expect(await sync(people(80))).toMatchObject({ status: "completed" });
  expect(await active()).toBe(80);
});

test("fewer than ten removals pass, whatever share they are", async () => {
  await sync(people(12));
  expect(await sync(people(3))).toMatchObject({ status: "completed" });
});

test("the loss of a whole type is held up, however small it is", async () => {
  await sync(people(3));
  await expect(sync({ teams: () => [] })).rejects.toMatchObject({
    code: "REMOVALS",
    message: expect.stringContaining('1 of 1 records of type "team"'),
  });
});

test("the guard looks at who disappeared, not at how many there are", async () => {
  await sync(people(100));
  const others = () => [...accounts(150)].slice(50);
  await expect(sync({ accounts: others })).rejects.toThrow('50 of 100 records of type "account"');
});

test("a failed or partial sync does not change what the guard compares with", async () => {
  await sync(people(100));
  await sync({ accounts: () => accounts(50), afterAccounts: (partial) => partial("guests are hidden") });
  await expect(sync(people(50))).rejects.toMatchObject({ code: "REMOVALS" });
});

test("other credentials than those of the last good run: nothing is pushed", async () => {
  await sync(people(20));
  bridge.calls.length = 0;
  await expect(sync({ ...people(20), password: "another-one" })).rejects.toMatchObject({ code: "CREDENTIALS" });
  expect(bridge.calls).toEqual([]);
  const { hash } = await plan({ ...people(20), password: "another-one" });
  await sync({ ...people(20), password: "another-one" }, { approve: hash });
  expect(await sync({ ...people(20), password: "another-one" })).toMatchObject({ status: "completed" });
});

test("no receipt tells a secret", async () => {
  await sync(people(2));
  await sync({ accounts: () => [{ id: "u1", email: 1 as unknown as string, memberships: CANARY as never }] });
  expect(receipts.all).toHaveLength(2);
  expect(JSON.stringify(receipts.all)).not.toContain(CANARY);
});

test.each(["with the extensions of our Bridge", "by the published protocol only"])(
  "a plan changes nothing, and approving it lets exactly that pass: %s",
  async (protocol) => {
    const extended = protocol.startsWith("with");
    if (!extended) await bridge.client.updateApp(appId, { removal_guard: null });
    await sync(people(40));
    bridge.calls.length = 0;
    if (!extended) withoutExtensions(bridge);
    const next = () => [...accounts(10), { id: "new", email: "new@example.com" }];
    const { comparedWith, types, hash } = await plan({ accounts: next });
    expect(bridge.calls).toEqual([]);
    expect(comparedWith).toBe(extended ? "live records" : "last receipt");
    expect(types.find(({ slug }) => slug === "account")).toMatchObject({
      read: 11,
      created: 1,
      removed: 30,
      samples: { created: ["new"], removed: extended ? ["u11", "u12", "u13", "u14", "u15"] : [] },
    });
    expect((await plan({ accounts: next })).hash).toBe(hash);

    const changed = () => [...accounts(9), { id: "new", email: "new@example.com" }];
    await expect(sync({ accounts: changed }, { approve: hash })).rejects.toMatchObject({
      code: "APPROVAL",
      message: expect.stringContaining((await plan({ accounts: changed })).hash),
    });
    expect(bridge.calls).toEqual([]);

    // Our Bridge's own guard would hold it too; the approval confirms it there.
    expect(await sync({ accounts: next }, { approve: hash })).toMatchObject({ status: "completed" });
    expect(receipts.all.at(-1)).toMatchObject({ status: "completed", approved: hash });
    expect(await active()).toBe(11);
  },
);

test("a plan tells who would be updated, and passes over what is the same in another order", async () => {
  await sync(people(5));
  const changed = () => [
    { memberships: { team: [{ id: "t1" }] }, email: "u1@example.com", id: "u1" },
    { id: "u2", email: "second@example.com", memberships: { team: [{ id: "t1" }] } },
    ...[...accounts(5)].slice(2),
  ];
  const { types } = await plan({ accounts: changed });
  expect(types.find(({ slug }) => slug === "account")).toMatchObject({
    created: 0,
    updated: 1,
    removed: 0,
    samples: { updated: ["u2"] },
  });
});

test("a drift between the plan and the sync that follows it is noticed before anybody is removed", async () => {
  await sync(people(40));
  const { hash } = await plan(people(10));
  let reads = 0;
  const drifting = { accounts: () => accounts(reads++ === 0 ? 10 : 9) };
  await expect(sync(drifting, { approve: hash })).rejects.toMatchObject({ code: "APPROVAL" });
  expect(await active()).toBe(40);
});
