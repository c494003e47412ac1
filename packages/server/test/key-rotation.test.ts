import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { type Bridge, createBridge } from "../src/index.ts";
import { createApi } from "./support/api.ts";
import { DATABASES, silent } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Key = components["schemas"]["Key"];
type KeyCreated = components["schemas"]["KeyCreated"];

const HOUR_MS = 60 * 60 * 1000;

describe.each(DATABASES)("the secrets of a key on %s", async (kind) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const opened = await setUpBridge(kind, { now: () => new Date(time) });
  const { bridge } = opened;
  let { api } = opened;

  const create = async (body: object = {}) =>
    (await api.call<KeyCreated>("POST", "/keys/", { name: "HR", role: "connector", ...body })).body;
  const rotate = (id: string, body: object = {}) => api.call<KeyCreated>("POST", `/keys/${id}/rotate/`, body);
  const endOverlap = (id: string) => api.call("DELETE", `/keys/${id}/old-secret/`);
  const show = async (id: string) =>
    (await api.call<{ keys: Key[] }>("GET", "/keys/?limit=500")).body.keys.find((key) => key.id === id)!;
  async function tryKey(key: string, on: Pick<Bridge, "fetch"> = bridge): Promise<number> {
    const headers = { authorization: `Api-Key ${key}` };
    return (await on.fetch(new Request(`${api.base}/apps/`, { headers }))).status;
  }

  test("a rotated key has two secrets until the overlap ends by itself", async () => {
    const made = await create({ expires_in_days: 30 });
    expect(await tryKey(made.key)).toBe(200);
    const { status, body } = await rotate(made.id, { overlap_hours: 2 });
    expect(status).toBe(201);
    const { key, ...shown } = body;
    expect(key).toMatch(new RegExp(`^bk_${made.id}_`));
    const until = new Date(time + 2 * HOUR_MS).toISOString();
    expect(shown).toMatchObject({
      id: made.id,
      name: "HR",
      expires_at: made.expires_at,
      old_secret: { expires_at: until, last_used_at: null },
    });
    expect([await tryKey(made.key), await tryKey(key)]).toEqual([200, 200]);
    expect(await rotate(made.id)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`its old secret is valid until ${until}`) },
    });
    time += 2 * HOUR_MS;
    expect([await tryKey(made.key), await tryKey(key)]).toEqual([401, 200]);
    expect((await show(made.id)).old_secret).toBeNull();
    expect((await rotate(made.id)).status).toBe(201);
    expect([await tryKey(made.key), await tryKey(key)]).toEqual([401, 200]);
  });

  test("a call ends the overlap, or there is none", async () => {
    const made = await create();
    const { body: second } = await rotate(made.id);
    expect([await endOverlap(made.id), await endOverlap(made.id)]).toMatchObject([{ status: 204 }, { status: 204 }]);
    expect([await tryKey(made.key), await tryKey(second.key)]).toEqual([401, 200]);
    const { body: third } = await rotate(made.id, { overlap_hours: 0 });
    expect([await tryKey(second.key), await tryKey(third.key)]).toEqual([401, 200]);
    expect((await rotate(made.id, { overlap_hours: 721 })).status).toBe(400);
  });

  test("an invalid key is not rotated, and no caller locks itself out", async () => {
    const [revoked, expired] = [await create(), await create({ expires_in_days: 7 })];
    await api.call("DELETE", `/keys/${revoked.id}/`);
    time += 7 * 24 * HOUR_MS;
    for (const [{ id }, says] of [
      [revoked, "was revoked on"],
      [expired, "expired on"],
    ] as const)
      expect(await rotate(id)).toMatchObject({ status: 409, body: { detail: expect.stringContaining(says) } });
    const other = await createApi(bridge);
    expect((await rotate(other.keyId)).status).toBe(404);
    expect((await endOverlap(other.keyId)).status).toBe(404);

    const { body } = await rotate(api.keyId);
    expect(await endOverlap(api.keyId)).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining("made with the old secret") },
    });
    const headers = { authorization: `Api-Key ${body.key}` };
    expect((await api.send("DELETE", `/keys/${api.keyId}/old-secret/`, { headers })).status).toBe(204);
    expect((await api.call("GET", "/apps/")).status).toBe(401);
    api = await createApi(bridge, { org: api.slug });
  });

  test("long polls and streams of an ended secret get nothing more", async () => {
    const made = await create();
    const app = await api.createApp();
    const headers = { authorization: `Api-Key ${made.key}`, "content-type": "application/json", prefer: "wait=30" };
    const claim = api.send("POST", `/apps/${app}/tasks/claim/`, { headers, body: JSON.stringify({ runner: "r" }) });
    await expect.poll(async () => (await show(made.id)).last_used_at).not.toBeNull();
    await rotate(made.id, { overlap_hours: 0 });
    const task = { action: "create_account", payload: { account: { id: "u1" } } };
    expect((await api.call("POST", `/apps/${app}/tasks/`, task)).status).toBe(201);
    expect((await claim).status).toBe(403);
    expect((await api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r2" })).body.tasks).toHaveLength(1);
  });

  test("both are in the audit trail, and administration on the machine does the same", async () => {
    const made = await create();
    const until = new Date(time + 24 * HOUR_MS).toISOString();
    const secrets = [made.key, (await rotate(made.id)).body.key];
    time++;
    await endOverlap(made.id);
    time++;
    secrets.push((await bridge.rotateKey(made.id)).key);
    await expect(bridge.rotateKey(made.id)).rejects.toThrow(`bridgekit keys end-overlap ${made.id}`);
    time++;
    await bridge.endKeyOverlap(made.id);
    time++;
    await bridge.endKeyOverlap(made.id);
    await expect(bridge.rotateKey("none")).rejects.toThrow("There is no API key with the id none");
    await expect(bridge.rotateKey(made.id, { overlapHours: -1 })).rejects.toThrow("overlap_hours");
    expect([await tryKey(secrets[1]!), await tryKey(secrets[2]!)]).toEqual([401, 200]);
    const entries = (await api.call("GET", "/audit/?limit=500")).body.entries.filter(({ path }: { path: string }) =>
      path.includes(made.id),
    );
    const ended = { before: { old_secret_expires_at: expect.any(String) }, after: null };
    expect(entries.map(({ operation, details }: any) => [operation, details])).toEqual([
      ["deleteOldSecret", undefined],
      ["deleteOldSecret", ended],
      ["rotateKey", { before: null, after: { old_secret_expires_at: expect.any(String) } }],
      ["deleteOldSecret", ended],
      ["rotateKey", { before: null, after: { old_secret_expires_at: until } }],
    ]);
    for (const secret of secrets) expect(JSON.stringify(entries)).not.toContain(secret.split("_").at(-1));
  });

  test("a key shows its last use to the minute, and so does its old secret", async () => {
    const made = await create();
    expect((await show(made.id)).last_used_at).toBeNull();
    const moment = () => new Date(time).toISOString();
    const first = moment();
    await tryKey(made.key);
    time += 59_000;
    await tryKey(made.key);
    expect((await show(made.id)).last_used_at).toBe(first);
    time += 1_000;
    await tryKey(made.key);
    expect((await show(made.id)).last_used_at).toBe(moment());

    await rotate(made.id);
    time += 61_000;
    await tryKey(made.key);
    expect(await show(made.id)).toMatchObject({ last_used_at: moment(), old_secret: { last_used_at: moment() } });
    await tryKey(`${made.key.slice(0, -4)}AAAA`);
    const revoked = moment();
    await api.call("DELETE", `/keys/${made.id}/`);
    time += 61_000;
    expect(await tryKey(made.key)).toBe(403);
    expect((await show(made.id)).last_used_at).toBe(revoked);
  });

  if (kind === "postgres")
    test("a new secret works at once in a process that has cached the old one", async () => {
      const options = { database: bridge.database, logger: silent, now: () => new Date(time), rateLimit: null };
      await using second = await createBridge(options);
      const made = await create();
      expect(await tryKey(made.key, second)).toBe(200);
      const { body } = await rotate(made.id, { overlap_hours: 0 });
      expect(await tryKey(body.key, second)).toBe(200);
      expect(await tryKey(made.key, second)).toBe(401);
    });
});
