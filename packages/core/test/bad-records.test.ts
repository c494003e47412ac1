import { beforeEach, expect, test } from "vitest";
import { describeBadRecord, runSync } from "../src/index.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { accounts, CANARY, connectWiki, createWikiApp, type Account } from "./support/wiki.ts";

const bridge = await shareBridge();
let appId: string;

beforeEach(async () => {
  appId = await createWikiApp(bridge);
});

async function sync(records: readonly unknown[], more: object = {}) {
  const connection = await connectWiki({ accounts: () => records as Account[] });
  return runSync({ bridge: bridge.client, appId, connection, ...more });
}

const email = "a@example.com";
const circle: Record<string, unknown> = { id: "u1", email };
circle["self"] = circle;

test.each([
  ["a missing id", { email }, 'account "without an id": id is missing'],
  ["an id that is a number", { id: 7, email }, 'account "7": id must be a string, got 7'],
  ["an empty id", { id: "", email }, 'account "": id must not be empty, got ""'],
  ["an id that URL parsers remove", { id: "..", email }, 'account "..": id can\'t stand in an address, got ".."'],
  [
    "a ref that URL parsers remove",
    { id: "u1", email, memberships: { team: [{ id: "t1" }, { id: "." }] } },
    'account "u1": memberships.team[1].id can\'t stand in an address, got "."',
  ],
  ["neither email nor username", { id: "u1" }, 'account "u1": email or username is missing'],
  ["an email that is null", { id: "u1", email: null }, 'account "u1": email must be a string, got null'],
  ["a wrong status", { id: "u1", email, status: "gone" }, /status must be active, inactive, suspended, got "gone"$/],
  [
    "too long a name",
    { id: "u1", email, first_name: "x".repeat(1025) },
    /first_name must have at most 1024 characters, and has 1025, got "x{59}…$/,
  ],
  [
    "an unknown slug",
    { id: "u1", email, memberships: { crew: [] } },
    'account "u1": memberships.crew is no resource type',
  ],
  [
    "a slug of Object",
    { id: "u1", email, memberships: { constructor: [] } },
    /memberships.constructor is no resource type/,
  ],
  [
    "a slug of the wrong kind",
    { id: "u1", email, memberships: { seat: [] } },
    /memberships.seat is a license type, and memberships name group types/,
  ],
  [
    "a ref that is no object",
    { id: "u1", email, memberships: { team: ["t1"] } },
    /memberships.team\[0\] must be an object, got "t1"/,
  ],
  ["a NUL character", { id: "u1", email, first_name: "a\0b" }, /first_name holds a NUL character/],
  [
    "half a surrogate pair",
    { id: "u1", email, more: { deep: ["\ud800"] } },
    /more.deep\[0\] holds a NUL character or half/,
  ],
  ["a circle", circle, /can't be written as JSON/],
  ["no record at all", null, /must be an object, got null/],
  ["a secret in a value", { id: "u1", email, status: CANARY }, /got "\[secret\]"/],
])("%s is told with record, field and value, and the others are pushed", async (_what, record, message) => {
  const result = await sync([record, ...accounts(2)]);
  expect(result).toMatchObject({ status: "abandoned", pushed: { account: 2 }, badRecords: { count: 1 } });
  const told = describeBadRecord(result.badRecords.shown[0]!);
  if (typeof message === "string") expect(told).toBe(message);
  else expect(told).toMatch(message);
  expect(bridge.calls.at(-1)).toBe("abandon");
});

test("what only looks unfit is pushed as it is", async () => {
  const record = { id: "u1", email, first_name: "a\\u0000b", last_name: "😀", note: "x\uFEFFy" };
  expect(await sync([record])).toMatchObject({ status: "completed", badRecords: { count: 0 } });
  expect(await bridge.records(appId, "account")).toMatchObject([record]);
});

test("every bad record is counted, and the first 20 are shown", async () => {
  const bad = Array.from({ length: 250 }, (_, index) => ({ id: `bad${index}` }));
  const { missing, badRecords, pushed } = await sync([...bad, ...accounts(120)]);
  expect(badRecords.count).toBe(250);
  expect(badRecords.shown).toHaveLength(20);
  expect(pushed).toMatchObject({ account: 120 });
  expect(missing).toEqual([
    'account: 250 records are wrong and not sent; the first: account "bad0": email or username is missing',
  ]);
});

test("a run may stop at the first bad record", async () => {
  const run = sync([{ id: "u1" }, { id: "u2" }], { stopAtFirstBadRecord: true });
  await expect(run).rejects.toMatchObject({ code: "BAD_RECORD", message: expect.stringContaining('account "u1"') });
  expect(bridge.calls.at(-1)).toBe("abandon");
});
