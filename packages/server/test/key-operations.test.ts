import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { type Bridge, createBridge, openAdministration } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { DATABASES, silent } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Key = components["schemas"]["Key"];
type KeyCreated = components["schemas"]["KeyCreated"];

const byNumber = (a: number, b: number) => a - b;
const NOW = Date.parse("2026-01-01T00:00:00Z");

describe.each(DATABASES)("keys on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(NOW) });

  const create = (body: object) => api.call<KeyCreated>("POST", "/keys/", body);
  const revoke = (id: string, by = api) => by.call("DELETE", `/keys/${id}/`);
  /** The status of a list of apps with this key. */
  async function tryKey(key: string, on: Pick<Bridge, "fetch"> = bridge): Promise<number> {
    const headers = { authorization: `Api-Key ${key}` };
    return (await on.fetch(new Request(`${api.base}/apps/`, { headers }))).status;
  }

  test("a new key works, and its secret is shown only once", async () => {
    const { status, body } = await create({ name: "HR", role: "connector", expires_in_days: 30 });
    expect(status).toBe(201);
    const { key, ...shown } = body;
    expect(shown).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      name: "HR",
      role: "connector",
      app_ids: null,
      created_at: "2026-01-01T00:00:00.000Z",
      expires_at: "2026-01-31T00:00:00.000Z",
      revoked_at: null,
      last_used_at: null,
      old_secret: null,
    });
    const list = await api.call<{ keys: Key[] }>("GET", "/keys/");
    expect(list.body.keys).toContainEqual(shown);
    expect(await tryKey(key)).toBe(200);
    const secret = key.slice(key.lastIndexOf("_") + 1);
    expect(JSON.stringify([list.body, (await api.call("GET", "/audit/")).body])).not.toContain(secret);
  });

  test("a key expires after 7, 30 or 90 days or never", async () => {
    for (const days of [7, 30, 90]) {
      const { body } = await create({ name: "x", role: "admin", expires_in_days: days });
      expect(body.expires_at).toBe(new Date(NOW + days * 24 * 60 * 60 * 1000).toISOString());
    }
    expect((await create({ name: "x", role: "admin", expires_in_days: null })).body.expires_at).toBeNull();
    expect((await create({ name: "x", role: "admin", expires_in_days: 8 })).status).toBe(400);
    expect((await create({ name: "", role: "admin" })).status).toBe(400);
    expect((await create({ name: "x", role: "owner" })).status).toBe(400);
  });

  test("keys are listed in pages, per organisation", async () => {
    const lister = await createApi(bridge);
    const second = await createApi(bridge, { org: lister.slug });
    const { body } = await lister.call("GET", "/keys?limit=1");
    expect(body).toMatchObject({ count: 2, previous: null });
    const next = await lister.call("GET", body.next);
    expect([...body.keys, ...next.body.keys].map(({ id }: Key) => id).sort()).toEqual(
      [lister.keyId, second.keyId].sort(),
    );
    expect(next.body.next).toBeNull();
  });

  test("a revoked key gets 403 at once, and revoking it again changes nothing", async () => {
    const { body } = await create({ name: "old", role: "connector" });
    expect(await tryKey(body.key)).toBe(200);
    expect((await revoke(body.id)).status).toBe(204);
    expect(await tryKey(body.key)).toBe(403);
    expect((await revoke(body.id)).status).toBe(204);
    const { body: list } = await api.call<{ keys: Key[] }>("GET", "/keys?limit=500");
    expect(list.keys.find(({ id }) => id === body.id)?.revoked_at).toBe("2026-01-01T00:00:00.000Z");
  });

  test("a key cannot revoke itself, nor a key of another organisation", async () => {
    const other = await createApi(bridge);
    expect((await revoke(api.keyId)).status).toBe(409);
    expect((await revoke(other.keyId)).status).toBe(404);
    expect((await revoke("nonsense")).status).toBe(404);
    expect((await other.call("GET", "/apps/")).status).toBe(200);
  });

  test("of two keys that revoke each other at the same time one remains", async () => {
    const one = await createApi(bridge);
    const two = await createApi(bridge, { org: one.slug });
    const responses = await Promise.all([revoke(two.keyId, one), revoke(one.keyId, two)]);
    expect(responses.map(({ status }) => status).toSorted(byNumber)).toEqual([204, 403]);
    const alive = await Promise.all([one, two].map((caller) => caller.call("GET", "/apps/")));
    expect(alive.map(({ status }) => status).toSorted(byNumber)).toEqual([200, 403]);
  });

  test("only a connector's key is limited to apps, of its organisation", async () => {
    const app = await api.createApp();
    const foreign = await (await createApi(bridge)).createApp();
    const limited = await create({ name: "x", role: "connector", app_ids: [app.toUpperCase(), app] });
    expect(limited).toMatchObject({ status: 201, body: { app_ids: [app] } });
    for (const unknown of [foreign, randomUUID()])
      expect(await create({ name: "x", role: "connector", app_ids: [app, unknown] })).toMatchObject({
        status: 422,
        body: { detail: `app_ids: the organisation has no app ${unknown}` },
      });
    expect(await create({ name: "x", role: "admin", app_ids: [app] })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining("only a connector's key") },
    });
    expect(await create({ name: "x", role: "connector", app_ids: [] })).toMatchObject({
      status: 201,
      body: { app_ids: [] },
    });
  });

  test("administration on the machine creates, lists and revokes keys as well", async () => {
    const { slug } = await createApi(bridge);
    const app = await (await createApi(bridge, { org: slug })).createApp();
    const made = await bridge.createKey({ org: slug, name: "HR", role: "connector", appIds: [app] });
    const { key: _secret, ...shown } = made;
    expect(await bridge.listKeys(slug)).toContainEqual(shown);
    expect(made).toMatchObject({ appIds: [app], expiresAt: null, revokedAt: null });
    await bridge.revokeKey(made.id);
    expect((await bridge.listKeys(slug)).find(({ id }) => id === made.id)?.revokedAt).toEqual(new Date(NOW));
    const wrong = { org: slug, name: "x", role: "connector" } as const;
    await expect(bridge.createKey({ ...wrong, appIds: [randomUUID()] })).rejects.toThrow("has no app");
    await expect(bridge.createKey({ ...wrong, name: "" })).rejects.toThrow("name: must not be empty");
    await expect(bridge.listKeys("nowhere")).rejects.toThrow("create it first");
  });

  if (kind === "postgres")
    test("other processes notice a revocation, and administration needs none of them", async () => {
      await using second = await createBridge({ database: bridge.database, logger: silent, now: () => new Date(NOW) });
      const { body } = await create({ name: "old", role: "connector" });
      expect(await tryKey(body.key, second)).toBe(200);
      await using administration = await openAdministration(bridge.database);
      await administration.revokeKey(body.id);
      await expect.poll(() => tryKey(body.key, second)).toBe(403);
      await expect.poll(() => tryKey(body.key)).toBe(403);
    });
});
