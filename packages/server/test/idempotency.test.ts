import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { deleteExpiredResponses } from "../src/idempotency/respond-once.ts";
import { runSteps } from "../src/retention/delete-expired.ts";
import { openDatabase } from "../src/database/open-database.ts";
import { routes } from "../src/http/router.ts";
import { type Api, createApi } from "./support/api.ts";
import { connect, DATABASES, openBridge } from "./support/open-bridge.ts";
import { createTaskApp } from "./support/tasks.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const HOUR_MS = 3_600_000;
const TASK = { action: "suspend_account", payload: { account: { id: "u1" } } };

const post = (api: Api, path: string, key: string, body?: object) =>
  api.send("POST", path, {
    headers: { "idempotency-key": key, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });

describe.each(DATABASES)("an Idempotency-Key on %s", async (kind) => {
  let app: string;
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(time) });
  beforeAll(async () => {
    ({ app } = await createTaskApp(api));
  });
  const count = async (path: string) => (await api.call("GET", path)).body.count as number;

  test("returns the same response to a repeated call, and creates nothing twice", async () => {
    const calls = {
      createApp: ["/apps/", { name: "HR" }, { name: "IT" }],
      createResourceType: [
        `/apps/${app}/resource-types/`,
        { slug: "role", name: "Role", type: "group" },
        { slug: "hat", name: "Hat", type: "group" },
      ],
      createTask: [`/apps/${app}/tasks/`, TASK, { ...TASK, action: "delete_account" }],
      createKey: ["/keys/", { name: "a", role: "connector" }, { name: "b", role: "connector" }],
    } as const;
    for (const [path, body, another] of Object.values(calls)) {
      const key = randomUUID();
      const first = await post(api, path, key, body);
      expect(first.status, path).toBe(201);
      const rows = await count(path);
      expect(await post(api, path, key, body)).toMatchObject({ status: 201, body: first.body });
      expect(await count(path)).toBe(rows);
      const refused = await post(api, path, key, another);
      expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining(key) } });
      expect(await count(path)).toBe(rows);
    }
    const { body: made } = await api.call("POST", "/keys/", { name: "c", role: "connector" });
    const rotate = `/keys/${made.id}/rotate/`;
    const rotated = await post(api, rotate, "rotate-1", {});
    expect(await post(api, rotate, "rotate-1", {})).toMatchObject({ status: 201, body: rotated.body });
    expect(await post(api, rotate, "rotate-1", { overlap_hours: 1 })).toMatchObject({ status: 422 });
    const start = `/apps/${app}/sync/`;
    const started = await post(api, start, "start-1");
    const again = await post(api, start, "start-1");
    expect(again).toMatchObject({ status: 201, body: started.body });
    expect(again.headers.get("x-bridge-extensions")).toBe(started.headers.get("x-bridge-extensions"));
    expect((await api.session(app, started.body.sync_id)).status).toBe("in_progress");
    expect(await post(api, `/apps/${await api.createApp()}/sync/`, "start-1")).toMatchObject({ status: 422 });
    const link = { name: "Ida Roth", role: "auditor" };
    const linked = await post(api, "/sign-in-links/", "link-1", link);
    expect((await post(api, "/sign-in-links/", "link-1", link)).body).toEqual(linked.body);
    const declared = routes.filter(({ headerParameters }) =>
      headerParameters.some(({ name }) => name === "Idempotency-Key"),
    );
    expect(declared.map(({ id }) => id).toSorted()).toEqual(
      [
        ...Object.keys(calls),
        "startSync",
        "rotateKey",
        "createSignInLink",
        "retryTasks",
        "undoTasks",
        "cancelTasks",
      ].toSorted(),
    );
  });

  test("creates one task for simultaneous calls", async () => {
    const before = await count(`/apps/${app}/tasks/`);
    const key = randomUUID();
    const responses = await Promise.all(Array.from({ length: 5 }, () => post(api, `/apps/${app}/tasks/`, key, TASK)));
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(responses.map(({ body }) => body.id)).size).toBe(1);
    expect(await count(`/apps/${app}/tasks/`)).toBe(before + 1);
  });

  test("belongs to one API key and lasts for a day; an error is not stored", async () => {
    const other = await createApi(bridge, { org: api.slug });
    const first = await post(api, "/apps/", "mine", { name: "HR" });
    expect((await post(other, "/apps/", "mine", { name: "IT" })).body.name).toBe("IT");
    time += 25 * HOUR_MS;
    const later = await post(api, "/apps/", "mine", { name: "HR" });
    expect(later.status).toBe(201);
    expect(later.body.id).not.toBe(first.body.id);

    const type = { slug: "late", name: "Late", type: "group" };
    const bad = { ...TASK, payload: { account: { id: "u1" }, memberships: { late: [] } } };
    expect((await post(api, `/apps/${app}/tasks/`, "early", bad)).status).toBe(422);
    await api.call("POST", `/apps/${app}/resource-types/`, type);
    expect((await post(api, `/apps/${app}/tasks/`, "early", bad)).status).toBe(201);
    for (const key of ["", "a b", "x".repeat(256)])
      expect((await post(api, "/apps/", key, { name: "HR" })).status, key).toBe(400);
  });
});

test("a stored response contains no secret, and is deleted after a day", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const { body } = await post(api, "/keys/", "key-1", { name: "a", role: "connector" });
  await connect(bridge.database, async (client) => {
    const kept = () => client.query("select * from idempotent_responses");
    const { rows } = await kept();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(body.key);
    expect(Buffer.from(rows[0].response, "base64url").toString("latin1")).not.toContain(body.key);
    const opened = await openDatabase(bridge.database, () => {});
    await runSteps(deleteExpiredResponses(opened.kysely, new Date(Date.now() + 23 * HOUR_MS)));
    expect((await kept()).rows).toHaveLength(1);
    await runSteps(deleteExpiredResponses(opened.kysely, new Date(Date.now() + 25 * HOUR_MS)));
    expect((await kept()).rows).toHaveLength(0);
    await opened.close();
  });
});
