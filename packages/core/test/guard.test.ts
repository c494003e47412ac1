import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryReceipts, planSync, runSync, type SyncOptions } from "../src/run.ts";
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

async function sync(wiki: WikiOptions, more: Pick<SyncOptions, "approve" | "receipts" | "retry"> | "no receipts" = {}) {
  const options = more === "no receipts" ? {} : { receipts, ...more };
  return runSync({ bridge: bridge.client, appId, connection: await connectWiki(wiki), ...options });
}

const plan = async (wiki: WikiOptions) =>
  planSync({ bridge: bridge.client, appId, connection: await connectWiki(wiki), receipts });

async function active(slug = "account"): Promise<number> {
  bridge.intercept = () => undefined;
  return (await bridge.records(appId, slug)).filter(({ removed_at }) => removed_at === null).length;
}

const people = (count: number): WikiOptions => ({ accounts: () => accounts(count) });

test("a sync that would remove more than a fifth of a type is abandoned with advice", async () => {
  await sync(people(100));
  await expect(sync(people(79))).rejects.toMatchObject({
    code: "REMOVALS",
    message: expect.stringMatching(
      /would make inactive 21 of 100 active "account" records.*bridgekit sync --approve HASH/,
    ),
  });
  expect(bridge.calls.at(-1)).toBe("abandon");
  expect(await active()).toBe(100);
  expect(receipts.all.at(-1)).toMatchObject({ status: "failed", error: { code: "REMOVALS" } });
  expect(await sync(people(80))).toMatchObject({ status: "completed" });
  expect(await active()).toBe(80);
});

test("up to half of a small type may go, and no more", async () => {
  await sync(people(12));
  await expect(sync(people(5))).rejects.toThrow('7 of 12 active "account" records');
  expect(await sync(people(6))).toMatchObject({ status: "completed" });
});

test("the loss of a whole type is held, however small it is", async () => {
  const teams = () => ["a", "b"].map((id) => ({ id, name: id }));
  await sync({ teams });
  await expect(sync({ teams: () => [] })).rejects.toThrow('2 of 2 active "team" records');
});

test("a group that no stream yields any more but an account refers to is no loss", async () => {
  await sync(people(3));
  expect(await sync({ ...people(3), teams: () => [] })).toMatchObject({ status: "completed" });
});

test("the guard counts who disappeared, not how many there are", async () => {
  await sync(people(100));
  const others = () => [...accounts(150)].slice(50);
  await expect(sync({ accounts: others })).rejects.toThrow('50 of 100 active "account" records');
});

test("a failed or partial sync does not change what the guard compares with", async () => {
  await sync(people(100));
  await sync({ accounts: () => accounts(50), afterAccounts: (partial) => partial("guests are hidden") });
  await expect(sync(people(50))).rejects.toMatchObject({ code: "REMOVALS" });
});

describe("lost access", () => {
  /** Accounts in a team, followed by others in none. */
  const members = (inTeam: number, inNone = 0) => ({
    accounts: () =>
      [...accounts(inTeam + inNone)].map(({ id, email }, index) => ({
        id,
        email,
        memberships: { team: index < inTeam ? [{ id: "t1" }] : [] },
      })),
  });
  const memberships = async () =>
    (await bridge.records(appId, "account")).filter(({ data }) => (data.memberships?.["team"] ?? []).length > 0);

  test("of all accounts is held, and nothing of the run is kept", async () => {
    await sync(members(200));
    bridge.calls.length = 0;
    await expect(sync(members(0, 200))).rejects.toMatchObject({
      code: "REMOVALS",
      message: expect.stringMatching(/would take away 200 of 200 "team" memberships.*Nothing of it was kept/),
    });
    expect(bridge.calls).toEqual([
      "start",
      "push team 1",
      "push seat 1",
      "push account 100",
      "push account 100",
      "start",
      "abandon",
    ]);
    expect(await memberships()).toHaveLength(200);
  });

  test("of a few passes, and so does that of removed accounts", async () => {
    await sync(members(100));
    expect(await sync(members(80, 20))).toMatchObject({ status: "completed" });
    expect(await memberships()).toHaveLength(80);
    await sync(members(80));
    expect(await sync(members(64))).toMatchObject({ status: "completed" });
  });

  test("of a small population is held if it is more than half", async () => {
    await sync(members(9));
    await expect(sync(members(4, 5))).rejects.toThrow('5 of 9 "team" memberships');
    expect(await sync(members(5, 4))).toMatchObject({ status: "completed" });
  });

  test("is held in a run that is partial, fails, or reads only changes", async () => {
    await sync(members(20));
    const partial = { ...members(0, 20), afterAccounts: (say: (reason: string) => void) => say("guests are hidden") };
    await expect(sync(partial)).rejects.toThrow('20 of 20 "team" memberships');
    const failing = {
      *accounts() {
        yield* members(0, 20).accounts();
        throw new Error("Wiki returned 500");
      },
    };
    await expect(sync(failing)).rejects.toMatchObject({ code: "UPSTREAM" });
    expect(await memberships()).toHaveLength(20);

    const changes = {
      cursor: async () => "1",
      async *since() {
        for (const record of members(0, 20).accounts()) yield { slug: "account" as const, record };
        return "2";
      },
    };
    await sync({ ...members(20), changes });
    await expect(sync({ ...members(20), changes })).rejects.toMatchObject({ code: "REMOVALS" });
    expect(bridge.calls.slice(-2)).toEqual(["start", "abandon"]);
    expect(await memberships()).toHaveLength(20);
  });

  test("is shown in the plan as held, and approved by its hash", async () => {
    await sync(members(20));
    const { types, held, hash } = await plan(members(1, 19));
    expect(types.find(({ slug }) => slug === "team")).toMatchObject({ removed: 0, refs: { live: 20, lost: 19 } });
    expect(held).toEqual([
      expect.stringMatching(/^it would take away 19 of 20 "team" memberships, compared with the last good run/),
      `the guard of the Bridge would hold it: it would take away 19 of 20 "team" memberships`,
    ]);
    await expect(sync(members(0, 20), { approve: hash })).rejects.toMatchObject({ code: "APPROVAL" });
    expect(await sync(members(1, 19), { approve: hash })).toMatchObject({ status: "completed" });
    expect(await memberships()).toHaveLength(1);
    expect((await plan(members(1, 19))).held).toEqual([]);
  });

  test("is no loss if the connector reports the refs as unknown", async () => {
    await sync(members(20));
    const hidden = [...accounts(20)].map(({ id, email }) => ({ id, email, unknown_refs: ["team" as const] }));
    const { types, held } = await plan({ accounts: () => hidden });
    expect(types.find(({ slug }) => slug === "account")).toMatchObject({ updated: 0 });
    expect(types.find(({ slug }) => slug === "team")).toMatchObject({ refs: { live: 20, lost: 0 } });
    expect(held).toEqual([]);
    expect(await sync({ accounts: () => hidden })).toMatchObject({ status: "completed" });
    // The receipt of that run still has them.
    await expect(sync(members(0, 20))).rejects.toThrow('20 of 20 "team" memberships, compared with the last good run');
  });
});

describe("if this machine knows no earlier run", () => {
  const onNewMachine = { receipts: createMemoryReceipts() };
  beforeEach(() => {
    onNewMachine.receipts = createMemoryReceipts();
  });

  test.each([
    { read: "nobody", next: people(0), lost: '9 of 9 active "account" records' },
    { read: "one of nine", next: people(1), lost: '8 of 9 active "account" records' },
    {
      read: "all of them, in no team",
      next: { accounts: () => [...accounts(9)].map(({ id, email }) => ({ id, email })) },
      lost: '9 of 9 "team" memberships',
    },
  ])("the guard compares with what is live: $read", async ({ next, lost }) => {
    await sync(people(9));
    await expect(sync(next, onNewMachine)).rejects.toThrow(`${lost}, compared with what is live on the Bridge`);
    await expect(sync(next, "no receipts")).rejects.toMatchObject({ code: "REMOVALS" });
    expect(await active()).toBe(9);
    expect(await sync(people(5), onNewMachine)).toMatchObject({ status: "completed" });
  });

  test("a run that can't be judged is discarded", async () => {
    await sync(people(9));
    bridge.intercept = (request) =>
      request.method === "GET" && request.url.includes("/records/")
        ? Response.json({ detail: "down" }, { status: 500 })
        : undefined;
    const inNoTeam = { accounts: () => [...accounts(9)].map(({ id, email }) => ({ id, email })) };
    await expect(sync(inNoTeam, { ...onNewMachine, retry: { retries: 0 } })).rejects.toMatchObject({
      code: "BRIDGE_FAILED",
    });
    expect(bridge.calls.slice(-2)).toEqual(["start", "abandon"]);
    bridge.intercept = () => undefined;
    expect((await bridge.records(appId, "account"))[0]?.data).toMatchObject({ memberships: { team: [{ id: "t1" }] } });
  });

  test("a type that the connector no longer declares counts as lost", async () => {
    await bridge.client.createResourceType(appId, { slug: "role", name: "Role", type: "group" });
    const { syncId } = await bridge.client.startSession(appId);
    await bridge.client.pushBody(
      appId,
      syncId,
      "role",
      JSON.stringify({
        records: [
          { id: "a", name: "A" },
          { id: "b", name: "B" },
        ],
      }),
    );
    await bridge.client.completeSync(appId, syncId);
    await expect(sync({}, onNewMachine)).rejects.toThrow('2 of 2 active "role" records');
  });

  test("with a receipt of the first version, which has no refs, what is live is compared with", async () => {
    await sync(people(9));
    const [receipt] = receipts.all;
    receipt!.version = 1;
    for (const type of Object.values(receipt!.types)) delete type.refs;
    const inNoTeam = { accounts: () => [...accounts(9)].map(({ id, email }) => ({ id, email })) };
    await expect(sync(inNoTeam)).rejects.toThrow('9 of 9 "team" memberships, compared with what is live');
    withoutExtensions(bridge);
    await expect(sync(people(1))).rejects.toThrow('8 of 9 active "account" records, compared with the last good run');
  });

  test("on a Bridge that lists nothing, a synced app needs an approval, since nobody knows what would be removed", async () => {
    await sync(people(9));
    withoutExtensions(bridge);
    await expect(sync(people(9), onNewMachine)).rejects.toMatchObject({
      code: "REMOVALS",
      message: expect.stringMatching(/can't be known.*does not list its records.*Nothing of it was kept/),
    });
    const { held, hash } = await planSync({ bridge: bridge.client, appId, connection: await connectWiki(people(9)) });
    expect(held).toEqual([expect.stringContaining("can't be known")]);
    await sync(people(9), { ...onNewMachine, approve: hash });
    expect(await sync(people(9), onNewMachine)).toMatchObject({ status: "completed" });
  });

  test("on a Bridge of the guide alone, updated records show an earlier sync; a new app is synced", async () => {
    const guideOnly = () => {
      withoutExtensions(bridge);
      const { intercept } = bridge;
      bridge.intercept = (request) =>
        request.method === "GET" && /\/apps\/[^/]+\/(resource-types\/)?$/.test(new URL(request.url).pathname)
          ? Response.json({ detail: "not found" }, { status: 404 })
          : intercept(request);
    };
    guideOnly();
    await expect(sync({ ...people(0), teams: () => [], seats: () => [] })).rejects.toThrow("it read nothing at all");
    expect(await sync(people(9))).toMatchObject({ status: "completed" });
    await expect(sync(people(1), onNewMachine)).rejects.toMatchObject({ code: "REMOVALS" });
    expect(await active()).toBe(9);
  });
});

describe("other credentials than those of the last good run", () => {
  const rotated = (wiki: WikiOptions) => ({ ...wiki, password: "another-one" });

  test("go on if they show the same system", async () => {
    await sync(people(100));
    expect(await sync(rotated(people(96)))).toMatchObject({ status: "completed" });
    bridge.calls.length = 0;
    await sync(rotated(people(96)));
    expect(bridge.calls.filter((call) => call === "start")).toHaveLength(1);
  });

  test("push nothing if less than 95 % of the ids are there, until it is approved", async () => {
    await sync(people(100));
    bridge.calls.length = 0;
    await expect(sync(rotated(people(94)))).rejects.toMatchObject({
      code: "CREDENTIALS",
      message: expect.stringMatching(/6 of 100 active "account" records.*Nothing was pushed/),
    });
    expect(bridge.calls).toEqual([]);
    const { hash, held } = await plan(rotated(people(94)));
    expect(held).toEqual([expect.stringContaining("does not show the same system")]);
    await sync(rotated(people(94)), { approve: hash });
    expect(await sync(rotated(people(94)))).toMatchObject({ status: "completed" });
  });
});

describe("an app that somebody else has synced since the last good run", () => {
  /** Another machine, or an administrator who confirms on the Bridge what a run there was not allowed to. */
  const elsewhere = async (wiki: WikiOptions) => {
    const { hash } = await plan(wiki);
    await sync(wiki, { receipts: createMemoryReceipts(), approve: hash });
  };

  test("is compared with what is live, so that what was approved elsewhere is not held for ever", async () => {
    await sync(people(100));
    await elsewhere(people(10));
    expect(await sync(people(10))).toMatchObject({ status: "completed" });
    expect(await sync(people(9))).toMatchObject({ status: "completed" });
  });

  test("is compared with what is live also if its credentials are others", async () => {
    await sync(people(100));
    const other = { ...people(10), password: "another-one" };
    await elsewhere(other);
    expect(await sync(other)).toMatchObject({ status: "completed" });
  });

  test("is held all the same if it would remove too many of those that are live", async () => {
    await sync(people(100));
    await elsewhere(people(90));
    await expect(sync(people(10))).rejects.toThrow('80 of 90 active "account" records, compared with what is live');
  });
});

test("an approval with a key that may not confirm says who confirms what the Bridge holds", async () => {
  await sync(people(100));
  const { hash } = await plan(people(10));
  bridge.intercept = ({ url }) =>
    url.endsWith("/confirm/") ? Response.json({ detail: "needs the role operator" }, { status: 403 }) : undefined;
  await expect(sync(people(10), { approve: hash })).rejects.toMatchObject({
    code: "HELD",
    message: expect.stringMatching(
      /[^.]\. Nothing of it was applied.*may not confirm it.*`bridgekit sessions confirm`/,
    ),
  });
});

test("an approval covers what is taken away, not what is created and updated in the meantime", async () => {
  await sync(people(40));
  const { hash } = await plan(people(10));
  const changed = () => [
    ...accounts(9),
    { id: "u10", email: "other@example.com", memberships: { team: [{ id: "t1" }] } },
  ];
  const withOneMore = { accounts: () => [...changed(), { id: "new", email: "new@example.com" }] };
  expect((await plan(withOneMore)).hash).toBe(hash);
  expect(await sync(withOneMore, { approve: hash })).toMatchObject({ status: "completed" });
  expect(await active()).toBe(11);
});

test("no receipt holds a secret", async () => {
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
    const { hash: other } = await plan({ accounts: changed });
    await expect(sync({ accounts: changed }, { approve: hash })).rejects.toMatchObject({
      code: "APPROVAL",
      message: expect.stringContaining(other),
    });
    expect(bridge.calls).toEqual([]);

    // The guard of the Bridge would hold it too; the approval confirms it there.
    expect(await sync({ accounts: next }, { approve: hash })).toMatchObject({ status: "completed" });
    expect(receipts.all.at(-1)).toMatchObject({ status: "completed", approved: hash });
    expect(await active()).toBe(11);
  },
);

test("a plan shows who would be updated, and ignores a different order", async () => {
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

test("a plan sees no change in an account with many refs or an empty list", async () => {
  const refs = Array.from({ length: 140 }, (_, index) => ({ id: `g${index}` }));
  const connect = async (order: (list: typeof refs) => typeof refs) =>
    connectWiki({
      teams: () => refs.map(({ id }) => ({ id, name: id })),
      accounts: () => [
        { id: "u1", email: "u1@example.com", memberships: { team: order([...refs]) }, assignments: { seat: [] } },
      ],
    });
  await runSync({ bridge: bridge.client, appId, connection: await connect((list) => list), receipts });
  const { types } = await planSync({
    bridge: bridge.client,
    appId,
    connection: await connect((list) => list.toReversed()),
  });
  expect(types.find(({ slug }) => slug === "account")).toMatchObject({ created: 0, updated: 0 });
});

test("a group with fields named like those of accounts or of the Bridge is unchanged until one changes", async () => {
  const team = (more: object) => ({
    teams: () => [{ id: "a", name: "a", memberships: { size: 5 }, continues: false, removed_at: "never", ...more }],
  });
  await sync(team({ status: "archived" }));
  const updated = async (more: object) => (await plan(team(more))).types.find(({ slug }) => slug === "team")?.updated;
  expect(await updated({ status: "archived" })).toBe(0);
  expect([await updated({ status: "active" }), await updated({ status: "archived", stub: true })]).toEqual([1, 1]);
});

test("a difference between the plan and its sync is noticed before anybody is removed", async () => {
  await sync(people(40));
  const { hash } = await plan(people(10));
  let reads = 0;
  const drifting = { accounts: () => accounts(reads++ === 0 ? 10 : 9) };
  await expect(sync(drifting, { approve: hash })).rejects.toMatchObject({ code: "APPROVAL" });
  expect(await active()).toBe(40);
});
