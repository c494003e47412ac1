import { describe, expect, test } from "vitest";
import type { Client } from "pg";
import { sql } from "kysely";
import { openDatabase } from "../src/database/open-database.ts";
import { createBridge } from "../src/index.ts";
import { accounts, createApi, progressOf } from "./support/api.ts";
import { connect, createDatabase, DATABASES, silent } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

/** The number of statements that wait for a lock. */
async function waiting(client: Client): Promise<number> {
  const { rows } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows.length;
}

/** Every row that belongs to one of the apps, by table. */
const ROWS_OF_APPS = [
  "apps",
  "sync_sessions",
  "sync_pages",
  "records",
  "record_changes",
  "record_refs",
  "record_ref_progress",
  "created_places",
  "tasks",
  "task_history",
  "deletions",
] as const;

describe.each(DATABASES)("on %s", async (kind) => {
  const { bridge, api } = await setUpBridge(kind);

  const remove = (app: string) => api.call("DELETE", `/apps/${app}/`);
  const removeType = (app: string, slug: string) => api.call("DELETE", `/apps/${app}/resource-types/${slug}/`);
  const clone = async (app: string, name = "clone") =>
    (await api.call("POST", "/apps/", { name, clone_from: app })).body.id as string;
  const task = (app: string) =>
    api.call("POST", `/apps/${app}/tasks/`, { action: "delete_account", payload: { account: { id: "u1" } } });

  test("an app is deleted with its open session and tasks, and its clones stay", async () => {
    const app = await api.createApp();
    const sibling = await clone(app);
    await api.sync(app, [["account", accounts(2)]]);
    await api.sync(sibling, [["account", accounts(3)]]);
    const syncId = await api.start(app);
    await api.push(app, syncId, "account", accounts(1));
    const { body } = await task(app);
    expect(await remove(app)).toMatchObject({ status: 204, body: undefined });

    const responses = await Promise.all([
      remove(app),
      api.call("GET", `/apps/${app}/`),
      api.call("POST", `/apps/${app}/sync/`),
      api.push(app, syncId, "account", accounts(1)),
      api.complete(app, syncId),
      api.call("GET", `/apps/${app}/records/account/`),
      api.call("PATCH", `/apps/${app}/tasks/${body.id}/status/`, { status: "completed" }),
      api.call("POST", "/apps/", { name: "x", clone_from: app }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual(responses.map(() => 404));
    expect(await api.activeIds(sibling, "account")).toHaveLength(3);
    expect(await api.sync(sibling, [["account", accounts(3)]])).toMatchObject({ status: "completed" });
  });

  test("a held session is deleted with its app", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    expect(await api.sync(app, [["account", []]])).toMatchObject({ error: { error_code: "REMOVALS_HELD" } });
    expect((await remove(app)).status).toBe(204);
  });

  test("no table contains anything of a deleted app", async () => {
    const { database, drop } = await createDatabase(kind);
    const other = await createBridge({ database, logger: silent });
    const caller = await createApi(other);
    const app = await caller.createApp();
    const member = { ...accounts(1)[0], memberships: { team: [{ id: "g1" }] } };
    await caller.sync(app, [["account", [member, ...accounts(1, 1)]]]);
    const payload = { account: { id: "u1" } };
    await caller.call("POST", `/apps/${app}/tasks/`, { action: "delete_account", payload });
    await caller.sync(app, [["account", []]]);
    await caller.push(app, await caller.start(app), "account", accounts(1));
    expect((await caller.call("DELETE", `/apps/${app}/`)).status).toBe(204);
    await other.whenDeleted();
    await other.close();

    const opened = await openDatabase(database, () => {});
    for (const table of ROWS_OF_APPS) {
      const { count } = await opened.kysely
        .selectFrom(table)
        .select((row) => row.fn.countAll().as("count"))
        .executeTakeFirstOrThrow();
      expect(Number(count), table).toBe(0);
    }
    await opened.close();
    await drop();
  });

  test("a deletion continues in steps after a restart", async () => {
    const { database, drop } = await createDatabase(kind);
    const first = await createBridge({ database, logger: silent });
    const caller = await createApi(first);
    const [app, kept] = [await caller.createApp(), await caller.createApp()];
    for (const id of [app, kept]) await caller.sync(id, [["account", accounts(2)]]);
    await first.close();
    const count = async () => {
      const opened = await openDatabase(database, () => {});
      const rows = await opened.kysely.selectFrom("records").select("id").where("app_id", "=", app).execute();
      await opened.close();
      return rows.length;
    };
    const opened = await openDatabase(database, () => {});
    await sql`
      insert into records (app_id, slug, id, data, changed_version)
      select ${app}::uuid, 'account', 'x' || number, '{}', 1 from generate_series(1, 3000) number
    `.execute(opened.kysely);
    // The second Bridge never comes to the end, however fast it is.
    await sql`
      create function fail_late() returns trigger language plpgsql as $$
      begin
        if (select count(*) < 2000 from records where app_id = ${sql.lit(app)}) then raise 'too late'; end if;
        return null;
      end $$;
    `.execute(opened.kysely);
    await sql`create trigger fail_late before delete on records for each statement execute function fail_late()`.execute(
      opened.kysely,
    );
    await opened.close();

    const second = await createBridge({ database, logger: silent });
    const again = await createApi(second, { org: caller.slug });
    expect((await again.call("DELETE", `/apps/${app}/`)).status).toBe(204);
    await second.close();
    expect(await count()).toBeGreaterThan(0);
    const reopened = await openDatabase(database, () => {});
    await sql`drop function fail_late() cascade`.execute(reopened.kysely);
    await reopened.close();

    const third = await createBridge({ database, logger: silent });
    await third.whenDeleted();
    const last = await createApi(third, { org: caller.slug });
    expect(await last.activeIds(kept, "account")).toHaveLength(2);
    await third.close();
    expect(await count()).toBe(0);
    await drop();
  });

  test("the changes of a dropped session are no longer shown, and its pages are deleted in the background", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const { sync_id: held } = await api.sync(app, [
      ["account", []],
      ["team", [{ id: "g1", name: "G" }]],
    ]);
    expect((await api.call("GET", `/apps/${app}/sync/${held}/changes/`)).body.changes).toHaveLength(50);
    expect((await api.call("POST", `/apps/${app}/sync/${held}/discard/`)).status).toBe(204);
    expect((await api.call("GET", `/apps/${app}/sync/${held}/changes/`)).body).toEqual({ changes: [], next: null });
    expect(progressOf(await api.session(app, held), "team")).toMatchObject({ synced_count: 0 });
    const open = await api.start(app);
    await api.push(app, open, "team", [{ id: "g1", name: "G" }]);
    expect(progressOf(await api.session(app, open), "team")).toMatchObject({ synced_count: 1 });
    await api.start(app);
    expect(progressOf(await api.session(app, open), "team")).toMatchObject({ synced_count: 0 });
    await bridge.whenDeleted();
  });

  test("a key that is limited to a deleted app lists nothing and starts nothing", async () => {
    const app = await api.createApp();
    const limited = await createApi(bridge, { org: api.slug, role: "connector", appIds: [app] });
    await remove(app);
    expect((await limited.call("GET", "/apps/")).body).toMatchObject({ apps: [], count: 0 });
    expect((await limited.call("POST", `/apps/${app}/sync/`)).status).toBe(404);
  });

  test("a resource type is renamed for its whole clone group", async () => {
    const app = await api.createApp();
    const sibling = await clone(app);
    const rename = (slug: string, body: object) => api.call("PATCH", `/apps/${app}/resource-types/${slug}/`, body);
    const renamed = { slug: "team", name: "Squad", type: "group" };
    expect(await rename("team", { name: "Squad" })).toMatchObject({ status: 200, body: renamed });
    expect((await api.call("GET", `/apps/${sibling}/resource-types/`)).body.resource_types).toContainEqual(renamed);
    expect((await rename("team", { type: "license" })).status).toBe(400);
    expect((await rename("nothing", { name: "x" })).status).toBe(404);
  });

  test("a resource type without records is removed for its whole clone group, and can be registered anew", async () => {
    const app = await api.createApp();
    const sibling = await clone(app);
    await api.sync(app, [["account", accounts(1)]]);
    expect(await removeType(sibling, "team")).toMatchObject({ status: 204, body: undefined });
    expect((await removeType(app, "team")).status).toBe(404);
    const { body } = await api.call("GET", `/apps/${app}/resource-types/`);
    expect(body.resource_types.map(({ slug }: { slug: string }) => slug)).toEqual(["account", "seat"]);
    const license = { slug: "team", name: "Team licence", type: "license" };
    expect((await api.call("POST", `/apps/${app}/resource-types/`, license)).status).toBe(201);
    const account = { ...accounts(1)[0], assignments: { team: [{ id: "l1" }] } };
    expect(await api.sync(sibling, [["account", [account]]])).toMatchObject({ status: "completed" });
  });

  test("a resource type with records, even inactive ones or stubs, is not removed, and the error says which app has how many", async () => {
    const app = await api.createApp({ guard: null });
    const sibling = await clone(app, "HR APAC");
    await api.sync(app, [["account", accounts(3)]]);
    await api.sync(app, [["account", []]]);
    await api.sync(sibling, [["account", [{ ...accounts(1)[0], memberships: { team: [{ id: "g1" }] } }]]]);
    expect(await removeType(app, "account")).toMatchObject({
      status: 409,
      body: {
        detail:
          'The resource type "account" cannot be removed: the app "HR" has 3 of its records, the app "HR APAC" has 1 of its records.',
      },
    });
    expect((await removeType(app, "team")).body.detail).toContain('the app "HR APAC" has 1 of its records');
  });

  test("no resource type is removed while a session of the group may push records of it", async () => {
    const app = await api.createApp();
    const sibling = await clone(app, "HR APAC");
    const syncId = await api.start(sibling);
    await api.push(sibling, syncId, "account", accounts(1));
    expect(await removeType(app, "team")).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(`the session ${syncId} of the app "HR APAC" is open`) },
    });
    // Its kinds are cached by now: a page of a type that was removed meanwhile would be staged.
    expect((await api.push(sibling, syncId, "team", [{ id: "g1", name: "G" }])).status).toBe(200);
    await api.abandon(sibling, syncId);
    await bridge.whenReconciled();
    expect((await removeType(app, "seat")).status).toBe(204);
  });

  test("no resource type is removed while the removal guard holds a session", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const held = await api.sync(app, [
      ["account", []],
      ["team", [{ id: "g1", name: "G" }]],
    ]);
    expect((await removeType(app, "team")).body.detail).toContain("is held by the removal guard");
    await api.call("POST", `/apps/${app}/sync/${held.sync_id}/discard/`);
    expect((await removeType(app, "team")).status).toBe(204);
  });

  if (kind === "postgres") {
    const withClient = (use: (client: Client) => Promise<void>) => connect(bridge.database, use);

    test("an app is deleted at once during a reconciliation, which is not applied", async () => {
      const app = await api.createApp();
      const sibling = await clone(app);
      await api.sync(sibling, [["account", accounts(1)]]);
      const syncId = await api.start(app);
      await api.push(app, syncId, "account", accounts(1));
      await withClient(async (client) => {
        // The reconciliation waits for the table.
        await client.query("begin; lock table records in access exclusive mode");
        await api.complete(app, syncId);
        const refused = { status: 409, body: { detail: expect.stringContaining("not reconciled yet") } };
        expect(await removeType(app, "team")).toMatchObject(refused);
        await expect.poll(() => waiting(client)).toBe(1);
        expect((await remove(app)).status).toBe(204);
        expect((await api.session(app, syncId)) as unknown).toEqual({ detail: `No app has the id ${app}.` });
        await client.query("commit");
        await bridge.whenReconciled();
        await bridge.whenDeleted();
        const { rows } = await client.query("select from records where app_id = $1", [app]);
        expect(rows).toEqual([]);
      });
      expect(await api.activeIds(sibling, "account")).toEqual(["u0"]);
    });

    test("a deletion that has to wait does not delay another one", async () => {
      const [busy, other] = [await api.createApp(), await api.createApp()];
      for (const app of [busy, other]) await api.sync(app, [["account", accounts(3)]]);
      await withClient(async (client) => {
        const left = async (app: string) =>
          (await client.query("select from records where app_id = $1", [app])).rows.length;
        await client.query("begin");
        await client.query("select from sync_sessions where app_id = $1 for update", [busy]);
        expect([(await remove(busy)).status, (await remove(other)).status]).toEqual([204, 204]);
        await expect.poll(() => left(other)).toBe(0);
        expect(await left(busy)).toBe(3);
        await client.query("commit");
        await expect.poll(() => left(busy)).toBe(0);
      });
    });

    test("a page and a claim in flight get nothing once their app is deleted", async () => {
      const app = await api.createApp();
      await api.sync(app, [["account", accounts(2)]]);
      await task(app);
      await withClient(async (client) => {
        await client.query("begin");
        // The task stays while the session is in use.
        await client.query("select from sync_sessions where app_id = $1 for update", [app]);
        await client.query("lock table tasks in access exclusive mode");
        const syncId = await api.start(app);
        const claiming = api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r", limit: 1 });
        await expect.poll(() => waiting(client)).toBe(1);
        expect((await remove(app)).status).toBe(204);
        expect((await api.push(app, syncId, "account", accounts(1))).status).toBe(404);
        await client.query("commit");
        expect((await claiming).body.tasks).toEqual([]);
      });
    });

    test("a start that waits for a deletion finds no app", async () => {
      const app = await api.createApp();
      await withClient(async (client) => {
        await client.query("begin");
        await client.query("select 1 from apps where id = $1 for update", [app]);
        const removing = remove(app);
        await expect.poll(() => waiting(client)).toBe(1);
        const starting = api.call("POST", `/apps/${app}/sync/`);
        await expect.poll(() => waiting(client)).toBe(2);
        await client.query("commit");
        expect([(await removing).status, (await starting).status]).toEqual([204, 404]);
      });
    });
  }
});
