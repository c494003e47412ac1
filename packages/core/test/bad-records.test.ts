import { beforeEach, expect, test } from "vitest";
import { describeBadRecord, runSync } from "../src/run.ts";
import { shareBridge } from "./support/share-bridge.ts";
import { withoutExtensions } from "./support/without-extensions.ts";
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
const circle: Record<string, unknown> = {};
circle["self"] = circle;

test("a list of refs that is undefined counts as none", async () => {
  const result = await sync([{ id: "u1", email, memberships: { team: undefined } }]);
  expect(result).toMatchObject({ status: "completed", pushed: { account: 1 }, badRecords: { count: 0 } });
});

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
    "an unknown slug",
    { id: "u1", email, memberships: { crew: [] } },
    'account "u1": memberships.crew is not a resource type',
  ],
  [
    "a slug of Object",
    { id: "u1", email, memberships: { constructor: [] } },
    /memberships.constructor is not a resource type/,
  ],
  [
    "a slug of the wrong kind",
    { id: "u1", email, memberships: { seat: [] } },
    /memberships.seat is a license type, and memberships name group types/,
  ],
  [
    "memberships under nearly their name",
    { id: "u1", email, membership: { team: [{ id: "t1" }] } },
    /: membership is not a field of this kind of record; did you mean "memberships"\?, got \{"team"/,
  ],
  ["an email with a capital", { id: "u1", Email: email }, /: Email is not a field .* did you mean "email"\?/],
  ["no record at all", null, /must be an object, got null/],
  ["a secret in a value", { id: "u1", email, status: CANARY }, /got "\[secret\]"/],
])("%s is reported with record, field and value, and the others are pushed", async (_what, record, message) => {
  const result = await sync([record, ...accounts(2)]);
  expect(result).toMatchObject({ status: "abandoned", pushed: { account: 2 }, badRecords: { count: 1 } });
  const told = describeBadRecord(result.badRecords.shown[0]!);
  if (typeof message === "string") expect(told).toBe(message);
  else expect(told).toMatch(message);
  expect(bridge.calls.at(-1)).toBe("abandon");
});

// What is wrong, and what is sent instead; undefined if the field is left out.
test.each([
  ["a wrong type", { first_name: 7 }, 'account "u1": first_name must be a string, got 7', {}],
  ["null", { display_name: null }, 'account "u1": display_name must be a string, got null', {}],
  [
    "too long a text",
    { first_name: "x".repeat(1025) },
    /first_name must have at most 1024 characters, and has 1025/,
    {},
  ],
  ["an email beside a username", { email: 7, username: "u1" }, /email must be a string, got 7/, { username: "u1" }],
  ["a NUL character", { first_name: "a\0b" }, /first_name holds a NUL character/, {}],
  ["half a surrogate pair", { more: { deep: ["\ud800"] } }, /more.deep\[0\] holds a NUL character or half/, {}],
  [
    "a number beyond 2^53",
    { more: { no: 2 ** 60 } },
    /more.no is a number that is not kept exactly.*got 1152921504606847000/,
    {},
  ],
  ["a circle", circle, /self can't be written as JSON/, {}],
  [
    "a ref that is none",
    { memberships: { team: ["t1", { id: "t2" }] } },
    /memberships.team\[0\] must be an object, got "t1"/,
    { memberships: { team: [{ id: "t1" }, { id: "t2" }] } },
  ],
  [
    "refs that are no list",
    { memberships: { team: "t2" } },
    /memberships.team must be a list, got "t2"/,
    { memberships: { team: [{ id: "t1" }] } },
  ],
  [
    "no map of refs",
    { memberships: null },
    /memberships must be an object, got null/,
    { memberships: { team: [{ id: "t1" }] } },
  ],
])("%s in an optional field is left out and reported, and the record is sent", async (_what, fields, message, sent) => {
  await sync([{ id: "u1", email, first_name: "Old", memberships: { team: [{ id: "t1" }] } }]);
  const result = await sync([{ id: "u1", email, ...fields }, ...[...accounts(3)].slice(1)]);
  expect(result).toMatchObject({ status: "abandoned", pushed: { account: 3 }, badRecords: { count: 0 } });
  expect(result.badFields.count).toBe(1);
  const told = describeBadRecord(result.badFields.shown[0]!);
  if (typeof message === "string") expect(told).toBe(message);
  else expect(told).toMatch(message);
  expect(result.missing).toEqual([expect.stringContaining(told)]);
  const [record] = await bridge.data(appId, "account");
  expect(record).toMatchObject({ id: "u1", ...sent });
  for (const field of Object.keys(fields)) if (!(field in sent)) expect(record).not.toHaveProperty(field);
});

test("a field that is wrong in every record is one reason", async () => {
  const { missing, badFields, pushed } = await sync(
    Array.from(accounts(150), (record) => ({ ...record, last_name: 7 })),
  );
  expect(pushed).toMatchObject({ account: 150 });
  expect(badFields).toMatchObject({ count: 150 });
  expect(missing).toEqual([
    'account: last_name was wrong and left out 150 times; the first: account "u1": last_name must be a string, got 7',
  ]);
});

test("wrong refs hold back the account if the Bridge can't keep unknown ones", async () => {
  withoutExtensions(bridge);
  const { badRecords } = await sync([{ id: "u1", email, memberships: { team: ["t1"] } }]);
  expect(badRecords.shown.map(describeBadRecord)).toEqual([
    'account "u1": memberships.team[0] must be an object, got "t1"',
  ]);
});

test("what only looks unsendable is pushed as it is", async () => {
  const record = { id: "u1", email, first_name: "a\\u0000b", last_name: "😀", note: "x\uFEFFy" };
  expect(await sync([record])).toMatchObject({ status: "completed", badRecords: { count: 0 } });
  expect(await bridge.data(appId, "account")).toMatchObject([record]);
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
  const other = sync([{ id: "u2", email, last_name: 7 }], { stopAtFirstBadRecord: true });
  await expect(other).rejects.toMatchObject({ code: "BAD_RECORD", message: expect.stringContaining("last_name") });
  expect(bridge.calls.at(-1)).toBe("abandon");
});

test.each([
  { name: "member_ships", meant: "memberships" },
  { name: "memberShip", meant: "memberships" },
  { name: "membrships", meant: "memberships" },
  { name: "asignment", meant: "assignments" },
  { name: "first name", meant: "first_name" },
  { name: "FirstName", meant: "first_name" },
  { name: "last-name", meant: "last_name" },
  { name: "lastnme", meant: "last_name" },
  { name: "E-Mail", meant: "email" },
  { name: "emial", meant: "email" },
  { name: "user_name", meant: "username" },
  { name: "staus", meant: "status" },
  { name: "unknownRefs", meant: "unknown_refs" },
])("the field $name of an account is taken for $meant", async ({ name, meant }) => {
  const { badRecords } = await sync([{ id: "u1", ...(meant !== "email" && { email }), [name]: "x" }]);
  expect(badRecords.shown).toMatchObject([
    { field: name, reason: expect.stringContaining(`did you mean "${meant}"?`) },
  ]);
});

test("other fields of the system are pushed, even beside a field of a similar name", async () => {
  const own = {
    mail: "b@example.com",
    emails: [],
    ids: [1],
    state: "x",
    groups: [],
    manager: {},
    title: "Dr",
    nickname: "a",
  };
  const account = {
    id: "u1",
    email,
    username: "a",
    user_name: "A",
    first_name: undefined,
    firstname: undefined,
    ...own,
  };
  expect(await sync([account, ...accounts(1)])).toMatchObject({ badRecords: { count: 0 }, pushed: { account: 2 } });
});

test("a record that is too large for the Bridge is reported with its size, and the others are pushed", async () => {
  const photo = "x".repeat(256 * 1024);
  const result = await sync([{ id: "large", email, photo }, ...accounts(2)]);
  expect(result).toMatchObject({ status: "abandoned", pushed: { account: 2 }, badRecords: { count: 1 } });
  expect(describeBadRecord(result.badRecords.shown[0]!)).toMatch(
    /^account "large": has 2621\d\d bytes as JSON, and the Bridge takes 262144$/,
  );
});

test("large records come in pages of so few bytes that a proxy lets them through", async () => {
  const sizes: number[] = [];
  const people = Array.from({ length: 30 }, (_, n) => ({ id: `u${n}`, email, notes: "名".repeat(60_000) }));
  const connection = await connectWiki({ accounts: () => people as Account[] });
  bridge.intercept = async (request) => {
    if (request.method === "PUT") sizes.push((await request.arrayBuffer()).byteLength);
    return undefined;
  };
  const result = await runSync({ bridge: bridge.client, appId, connection });
  expect(result).toMatchObject({ status: "completed", pushed: { account: 30 } });
  expect(Math.max(...sizes)).toBeGreaterThan(500_000);
  expect(Math.max(...sizes)).toBeLessThan(1024 * 1024);
});
