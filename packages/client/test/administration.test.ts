import { expect, expectTypeOf, test } from "vitest";
import type { AuditEntry, Key, KeyCreated } from "../src/index.ts";
import { BASE, observed } from "./support/observed-client.ts";

const APP = "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11";

const key = (id: string): Key => ({
  id,
  name: "HR connector",
  role: "connector",
  app_ids: [APP],
  created_at: "2026-11-15T10:00:00.000Z",
  expires_at: null,
  revoked_at: null,
  last_used_at: null,
  old_secret: null,
});

const gone = () => new Response(null, { status: 204 });

test("keys are created with role and limits, and revoked by id", async () => {
  const { client, requests } = observed({
    "POST /keys/": () => Response.json({ ...key("k1"), key: "bk_k1_secret" }, { status: 201 }),
    "DELETE /keys/k1/": gone,
  });
  const created = await client.createKey({ name: "HR connector", role: "connector", app_ids: [APP] });
  expect(created.key).toBe("bk_k1_secret");
  expectTypeOf(created).toEqualTypeOf<KeyCreated>();
  expect(await requests[0]!.json()).toEqual({ name: "HR connector", role: "connector", app_ids: [APP] });
  await client.revokeKey("k1");
});

test("keys and audit entries are listed over all pages", async () => {
  const { client, requests } = observed({
    "GET /keys/?limit=1": () => Response.json({ keys: [key("k2")], next: `${BASE}/api/v1/bridge/keys/?offset=1` }),
    "GET /keys/?offset=1": () => Response.json({ keys: [key("k1")], next: null }),
    [`GET /audit/?key_id=k1&app_id=${APP}&limit=1`]: () =>
      Response.json({ entries: [{ id: "2" }], next: `${BASE}/api/v1/bridge/audit/?cursor=c` }),
    "GET /audit/?cursor=c": () => Response.json({ entries: [{ id: "1" }], next: null }),
  });
  const keys = await Array.fromAsync(client.listKeys({ pageSize: 1 }));
  expect(keys.map(({ id }) => id)).toEqual(["k2", "k1"]);
  const entries = await Array.fromAsync(client.listAudit({ keyId: "k1", appId: APP, pageSize: 1 }));
  expect(entries.map(({ id }) => id)).toEqual(["2", "1"]);
  expectTypeOf(entries).toEqualTypeOf<AuditEntry[]>();
  expect(requests).toHaveLength(4);
});

test("apps and resource types are deleted, and a type is renamed", async () => {
  const { client, requests } = observed({
    [`DELETE /apps/${APP}/`]: gone,
    [`DELETE /apps/${APP}/resource-types/team/`]: gone,
    [`PATCH /apps/${APP}/resource-types/team/`]: () => Response.json({ slug: "team", name: "Squad", type: "group" }),
  });
  expect(await client.updateResourceType(APP, "team", { name: "Squad" })).toMatchObject({ name: "Squad" });
  expect(await requests[0]!.json()).toEqual({ name: "Squad" });
  await client.deleteResourceType(APP, "team");
  await client.deleteApp(APP);
  await expect(client.deleteApp("elsewhere")).rejects.toMatchObject({ status: 404 });
});
