import { assert, dictionary, jsonValue, property, string } from "fast-check";
import { expect, test } from "vitest";
import { toKeptRecord } from "../src/sync/pages/canonical-record.ts";
import { createApi } from "./support/api.ts";
import { openBridge } from "./support/open-bridge.ts";

/** The same value with the fields of every object in reverse order. */
function reversed(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, field]) => [name, reversed(field)]),
  );
}

test("a record has one text and digest whatever the order of its fields, and loses nothing", () => {
  assert(
    property(dictionary(string(), jsonValue()), (fields) => {
      const record = fields as { id: string };
      const kept = toKeptRecord(record, true)!;
      expect(JSON.parse(kept.text)).toEqual(JSON.parse(JSON.stringify(record)));
      expect(toKeptRecord(reversed(record) as { id: string }, true)).toEqual(kept);
    }),
  );
});

test("refs keep their order, and are compared in the order of their ids", () => {
  const record = { id: "1", memberships: { team: [{ id: "b" }, { name: "A", id: "a" }] }, tags: ["b", "a"] };
  const other = { ...record, memberships: { team: [{ id: "a", name: "A" }, { id: "b" }] } };
  const kept = toKeptRecord(record, false)!;
  expect(kept.text).toBe('{"id":"1","memberships":{"team":[{"id":"b"},{"id":"a","name":"A"}]},"tags":["b","a"]}');
  expect(kept.digest).toBe(toKeptRecord(other, true)!.digest);
  expect(kept.digest).not.toBe(toKeptRecord({ ...other, memberships: { team: [{ id: "a" }] } } as never, true)!.digest);
});

test("a system that lists the same in another order has changed nothing", async () => {
  await using bridge = await openBridge();
  const api = await createApi(bridge);
  const app = await api.createApp();
  const team = [
    "team",
    [
      { id: "t1", name: "One" },
      { id: "t2", name: "Two" },
    ],
  ] as const;
  const nested = { a: { x: 1, y: 2 }, b: [{ p: 1, q: 2 }] };
  const first = { id: "u1", email: "u1@example.com", nested, memberships: { team: [{ id: "t1" }, { id: "t2" }] } };
  await api.sync(app, [team, ["account", [first]]]);
  const again = {
    memberships: { team: [{ id: "t2" }, { id: "t1" }] },
    nested: { b: [{ q: 2, p: 1 }], a: { y: 2, x: 1 } },
    email: "u1@example.com",
    id: "u1",
  };
  const session = await api.sync(app, [team, ["account", [again]]]);
  const { body } = await api.call("GET", `/apps/${app}/sync/${session.sync_id}/changes/`);
  expect(body.changes).toEqual([]);
});

test("links use TLS if a proxy reports that the caller did", async () => {
  await using bridge = await openBridge();
  const api = await createApi(bridge);
  for (let count = 0; count < 2; count++) await api.createApp();
  const { body } = await api.send("GET", "/apps/?limit=1", { headers: { "x-forwarded-proto": "https" } });
  expect(body.next).toMatch(/^https:\/\/bridge\.test\//);
  expect((await api.send("GET", "/apps/?limit=1")).body.next).toMatch(/^http:/);
});
