import { expect, expectTypeOf, test } from "vitest";
import type { Change, components, LiveRecord, Ref, SyncSession } from "../src/index.ts";
import { BASE, observed } from "./support/observed-client.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";
const SYNC = "0f5d0a0e-5d0c-4f2e-8a57-1d7f6c1f2b10";

test("records are filtered by status, text, group and license, over all pages", async () => {
  const first = `/apps/${APP}/records/account/?status=active&text=ali&member_of=team%3Ag%3A1&assigned=seat%3As1&limit=1`;
  const { client, requests } = observed({
    [`GET ${first}`]: () =>
      Response.json({
        records: [{ data: { id: "a" } }],
        next: `${BASE}/api/v1/bridge/apps/${APP}/records/account/?cursor=c`,
      }),
    [`GET /apps/${APP}/records/account/?cursor=c`]: () =>
      Response.json({ records: [{ data: { id: "b" } }], next: null }),
  });
  const records = client.listRecords(APP, "account", {
    status: "active",
    text: "ali",
    memberOf: { slug: "team", id: "g:1" },
    assigned: { slug: "seat", id: "s1" },
    pageSize: 1,
  });
  expect((await Array.fromAsync(records)).map(({ data }) => data.id)).toEqual(["a", "b"]);
  expect(requests).toHaveLength(2);
});

test("sessions and their changes are listed over all pages", async () => {
  const { client } = observed({
    [`GET /apps/${APP}/sync/?limit=1`]: () =>
      Response.json({ sessions: [{ sync_id: "2" }], next: `${BASE}/api/v1/bridge/apps/${APP}/sync/?cursor=c` }),
    [`GET /apps/${APP}/sync/?cursor=c`]: () => Response.json({ sessions: [{ sync_id: "1" }], next: null }),
    [`GET /apps/${APP}/sync/${SYNC}/changes/?change=removed&slug=account&limit=100`]: () =>
      Response.json({ changes: [{ slug: "account", id: "a", change: "removed" }], next: null }),
  });
  const sessions = await Array.fromAsync(client.listSyncs(APP, { pageSize: 1 }));
  expect(sessions.map(({ sync_id }) => sync_id)).toEqual(["2", "1"]);
  expectTypeOf(sessions).toEqualTypeOf<SyncSession[]>();
  const changes = await Array.fromAsync(client.listChanges(APP, SYNC, { change: "removed", slug: "account" }));
  expect(changes).toEqual([{ slug: "account", id: "a", change: "removed" }]);
  expectTypeOf(changes).toEqualTypeOf<Change[]>();
});

test("the type of a live record has the contract's fields and allows more", async () => {
  const { client } = observed({
    [`GET /apps/${APP}/records/account/?limit=100`]: () =>
      Response.json({
        records: [{ data: { id: "a", email: "a@example.com", memberships: { team: [{ id: "g1" }] }, shoe_size: 43 } }],
        next: null,
      }),
  });
  for await (const record of client.listRecords(APP, "account")) {
    const { email = "", memberships = {}, shoe_size: shoeSize } = record.data;
    expectTypeOf(email).toEqualTypeOf<string>();
    expectTypeOf(memberships).toEqualTypeOf<Record<string, Ref[]>>();
    expectTypeOf(shoeSize).toEqualTypeOf<unknown>();
    expect([email.toUpperCase(), memberships["team"], shoeSize]).toEqual(["A@EXAMPLE.COM", [{ id: "g1" }], 43]);
  }
  expectTypeOf<LiveRecord>().toEqualTypeOf<components["schemas"]["LiveRecord"]>();
});
