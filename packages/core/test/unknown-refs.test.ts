import { beforeEach, expect, test } from "vitest";
import { runSync } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { connectWiki, createWikiApp, type WikiOptions } from "./support/wiki.ts";
import { withoutExtensions } from "./support/without-extensions.ts";

const bridge = await shareBridge();
let appId: string;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
});

async function sync(options: WikiOptions) {
  return runSync({ bridge: bridge.client, appId, connection: await connectWiki(options) });
}

const u1 = { id: "u1", email: "u1@example.com" };
const u2 = { id: "u2", email: "u2@example.com", memberships: { team: [{ id: "t1" }] } };

test("an account with unknown refs keeps them, and the run completes and reports them", async () => {
  await sync({ accounts: () => [{ ...u1, memberships: { team: [{ id: "t1" }] } }, u2] });
  const result = await sync({
    accounts: () => [{ ...u1, unknown_refs: ["team"] }],
    teams: () => [{ id: "t2", name: "Team 2" }],
  });
  expect(result).toMatchObject({
    status: "completed",
    missing: [],
    unknownRefs: ['team: unknown for 1 account, the first is "u1"'],
  });
  expect(await bridge.records(appId, "account")).toMatchObject([
    { data: { id: "u1", memberships: { team: [{ id: "t1" }] } }, status: "active" },
    { data: { id: "u2" }, status: "inactive" },
  ]);
});

test("a slug that is unknown for the whole run keeps the refs of every account after it, in several records too", async () => {
  const many = Array.from({ length: 150 }, (_, n) => ({ id: `m${n}` }));
  await sync({ accounts: () => [u2, { ...u1, memberships: { team: [{ id: "t1" }] } }] });
  const result = await sync({
    accounts: () => [
      { ...u2, memberships: { team: [] } },
      { ...u1, memberships: { team: many } },
    ],
    beforeAccounts: (unknownRefs) => {
      unknownRefs("team", "the key may not list teams");
      unknownRefs("team", "the key may not list teams");
    },
  });
  expect(result).toMatchObject({ status: "completed", unknownRefs: ["team: the key may not list teams"] });
  const records = (await bridge.data(appId, "account")) as unknown as { memberships: { team: object[] } }[];
  expect(records.map(({ memberships }) => memberships.team.length)).toEqual([151, 1]);
});

test("an account with unknown refs is not sent to a Bridge that can't keep them, and the run is partial", async () => {
  await sync({ accounts: () => [{ ...u1, memberships: { team: [{ id: "t1" }] } }, u2] });
  withoutExtensions(bridge);
  const result = await sync({ accounts: () => [{ ...u1, unknown_refs: ["team"] }, u2] });
  expect(result).toMatchObject({
    status: "abandoned",
    pushed: { account: 1 },
    badRecords: { count: 0 },
    missing: [
      expect.stringMatching(/^account: 1 account not sent, the first is "u1": which team they have.*unknown-refs/),
    ],
  });
  bridge.intercept = () => undefined;
  const [first] = await bridge.data(appId, "account");
  expect(first).toMatchObject({ id: "u1", memberships: { team: [{ id: "t1" }] } });
});

test("there, a slug that is unknown for the whole run holds back every account, with the reason", async () => {
  withoutExtensions(bridge);
  const result = await sync({
    accounts: () => [u1, u2],
    beforeAccounts: (unknownRefs) => unknownRefs("seat", "the key may not list seats"),
  });
  expect(result).toMatchObject({
    status: "abandoned",
    pushed: { account: 0, team: 1 },
    missing: [expect.stringMatching(/^account: 2 accounts not sent.*\(the key may not list seats\)/)],
  });
});

test("an empty list means that everything is known", async () => {
  withoutExtensions(bridge);
  expect(await sync({ accounts: () => [{ ...u1, unknown_refs: [] }] })).toMatchObject({ status: "completed" });
  bridge.intercept = () => undefined;
  expect((await bridge.data(appId, "account"))[0]).not.toHaveProperty("unknown_refs");
});

test("a slug that accounts can't refer to is a bad record, or a mistake if the connector reports it for all", async () => {
  const result = await sync({ accounts: () => [{ ...u1, unknown_refs: ["crew"] } as never, u2] });
  expect(result.missing).toEqual([expect.stringContaining('account "u1": unknown_refs[0] is not a resource type')]);
  const run = sync({ beforeAccounts: (unknownRefs) => unknownRefs("account", "hidden") });
  await expect(run).rejects.toThrow(/unknownRefs\("account"\): it is not the slug of a group/);
});
