import { createHash } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { createAdministration } from "../../src/orgs/administration.ts";
import { deleteApps } from "../../src/apps/delete-apps.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import type { Tables } from "../../src/database/schema.ts";
import { createBridge, type DatabaseOptions } from "../../src/index.ts";
import { accounts, type Api, createApi } from "../support/api.ts";
import { silent } from "../support/silent.ts";

export const ORG = "kept";
/** The time while the rows are created, and an hour later, when they are used. */
export const MADE_AT = new Date("2026-11-01T08:00:00Z");
export const NOW = new Date("2026-11-01T09:00:00Z");
export const ROLES = ["admin", "operator", "auditor", "connector"] as const;

const SECRET = "A".repeat(43);
/** Not a secret: it opens only a database of these tests. */
export const toKey = (id: string) => `bk_${id}_${SECRET}`;

/**
 * Fills an empty database with rows in every state that a Bridge may be stopped in, each in its own app, which is named
 * after it. A dump of an older schema has the state of that time: so apps are added and never changed.
 */
export async function fill(database: DatabaseOptions): Promise<void> {
  const options = { database, logger: silent, now: () => MADE_AT, rateLimit: null, retentionDays: null };
  const key = await onTables(database, makeKeys);
  const bridge = await createBridge(options);
  const api = await createApi(bridge, { org: ORG, key });
  try {
    await makeSessions(api);
    await makeTasks(api);
    await bridge.whenReconciled();
    await bridge.whenIndexed();
    await bridge.whenDeleted();
  } finally {
    await bridge.close();
  }
  await onTables(database, leaveUndone);
}

export async function onTables<T>(database: DatabaseOptions, use: (kysely: Kysely<Tables>) => Promise<T>): Promise<T> {
  const opened = await openDatabase(database, () => {});
  return use(opened.kysely).finally(() => opened.close());
}

/** A key of each role, a revoked one and an expired one; returns the administrator's. */
async function makeKeys(kysely: Kysely<Tables>): Promise<string> {
  const administration = createAdministration(
    { kysely },
    { now: () => MADE_AT, forgetKey: () => {}, onOrgDeleted: () => {} },
  );
  await administration.createOrg(ORG, "Kept");
  for (const role of ROLES) await administration.createKey({ org: ORG, name: role, role });
  const { id: revoked } = await administration.createKey({ org: ORG, name: "revoked", role: "admin" });
  await administration.revokeKey(revoked);
  await administration.createKey({ org: ORG, name: "expired", role: "admin", expiresInDays: 7 });
  await kysely.updateTable("api_keys").set({ expires_at: MADE_AT }).where("name", "=", "expired").execute();
  const hash = createHash("sha256").update(SECRET).digest("hex");
  await kysely.updateTable("api_keys").set({ secret_hash: hash }).execute();
  const admin = await kysely.selectFrom("api_keys").select("id").where("name", "=", "admin").executeTakeFirstOrThrow();
  return toKey(admin.id);
}

const TEAMS = ["t1", "t2"].map((id) => ({ id, name: `Team ${id}` }));
const member = (id: string, more: object = {}) => ({
  id,
  email: `${id}@example.com`,
  memberships: { team: [{ id: "t1" }] },
  assignments: { seat: [{ id: "s1" }] },
  ...more,
});
const FIRST = [
  ["team", TEAMS],
  ["seat", [{ id: "s1", name: "Pro" }]],
  ["account", [member("m1"), member("m2"), ...accounts(20)]],
] as const;
/** m1 changed, m2 is gone, m3 is new and refers to a group that nobody pushed. */
const SECOND = [
  ["team", TEAMS],
  ["seat", [{ id: "s1", name: "Pro" }]],
  [
    "account",
    [member("m1", { title: "Chief" }), member("m3", { memberships: { team: [{ id: "t9" }] } }), ...accounts(20)],
  ],
] as const;

const RECEIPT = {
  status: "updated",
  mode: "changes",
  started_at: "2026-11-01T07:59:00Z",
  ended_at: "2026-11-01T08:00:00Z",
  usage: { calls: 1, retries: 0, rate_limited: 0, wait_seconds: 0 },
  types: {},
  missing: ["account: guests are hidden"],
  versions: { core: "1.0.0" },
};

const CAPABILITIES = {
  connector: "hr",
  version: "1.0.0",
  actions: ["suspend_account"],
  grantable: ["team"],
  advice: {},
};

async function makeApp(api: Api, name: string): Promise<string> {
  const app = await api.createApp();
  await api.call("PATCH", `/apps/${app}/`, { name });
  return app;
}

async function stage(api: Api, app: string, pages: typeof FIRST | typeof SECOND): Promise<string> {
  const syncId = await api.start(app);
  for (const [slug, records] of pages) await api.push(app, syncId, slug, records);
  return syncId;
}

async function makeSessions(api: Api): Promise<void> {
  for (const name of ["live", "indexing"]) {
    const app = await makeApp(api, name);
    await api.sync(app, FIRST);
    await api.sync(app, SECOND);
    const { sync_id: syncId } = await api.sync(app, [["account", [member("m4")]]], "abandon");
    await api.call("PUT", `/apps/${app}/sync/${syncId}/receipt/`, RECEIPT);
    await api.call("PUT", `/apps/${app}/capabilities/`, CAPABILITIES);
  }
  for (const name of ["open", "due", "failed", "deleted"]) {
    const app = await makeApp(api, name);
    await api.sync(app, FIRST);
    const syncId = await stage(api, app, SECOND);
    if (name !== "open") continue;
    await api.push(app, syncId, "account", [
      { ...member("m3", { memberships: { team: [{ id: "t2" }] } }), continues: true },
      { id: "m1", email: "m1@example.com", unknown_refs: ["seat"] },
    ]);
  }
  for (const name of ["held, to be confirmed", "held, to be discarded"]) {
    const app = await makeApp(api, name);
    await api.sync(app, FIRST);
    await api.sync(app, [["account", [member("m1", { title: "Chief" }), member("m5")]]]);
  }
  const source = await makeApp(api, "cloned");
  await api.call("POST", "/apps/", { name: "clone", clone_from: source });
  await api.call("POST", "/erasures/", { email: "nobody@example.com" });
}

/** The response to calls with it is stored. */
export const IDEMPOTENT = { action: "reset_password", payload: { account: { id: "u7" } } };

async function makeTasks(api: Api): Promise<void> {
  const app = await makeApp(api, "tasks");
  await api.sync(app, FIRST);
  const create = async (account: string, more: object = {}) => {
    const task = { action: "suspend_account", payload: { account: { id: account } }, ...more };
    return (await api.call("POST", `/apps/${app}/tasks/`, task)).body.id as string;
  };
  const claim = (id: string, begin: boolean) =>
    api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r1", task_ids: [id], begin, lease_seconds: 60 });
  const report = (id: string, body: object) => api.call("PATCH", `/apps/${app}/tasks/${id}/status/`, body);
  await create("u0");
  await create("u1", { execute_after: "2999-01-01T00:00:00Z" });
  await claim(await create("u2"), false);
  await claim(await create("u3"), true);
  await report(await create("u4"), { status: "completed", result: { note: "done" } });
  await report(await create("u5"), { status: "failed", error: { code: "TIMEOUT", message: "no answer" } });
  await api.call("DELETE", `/apps/${app}/tasks/${await create("u6")}/`);
  const wish = { action: "create_account", payload: { account: { id: "wish", email: "wish@example.com" } } };
  await report(await create("wish", wish), { status: "completed", result: { account: { id: "real" } } });
  const headers = { "idempotency-key": "once", "content-type": "application/json" };
  await api.send("POST", `/apps/${app}/tasks/`, { headers, body: JSON.stringify(IDEMPOTENT) });
}

/** What an interruption leaves behind. */
async function leaveUndone(kysely: Kysely<Tables>): Promise<void> {
  const appOf = (name: string) =>
    kysely.selectFrom("apps").select(["id", "clone_group_id"]).where("name", "=", name).executeTakeFirstOrThrow();
  const end = async (name: string, columns: Record<string, unknown>) => {
    const { id } = await appOf(name);
    const ended = { ended_at: MADE_AT, ended_sequence: 2, ...columns };
    const open = kysely.updateTable("sync_sessions").where("app_id", "=", id).where("status", "=", "in_progress");
    await open.set(ended).execute();
    await kysely.updateTable("apps").set({ session_ends: 2 }).where("id", "=", id).execute();
  };
  await end("due", { status: "completing", reconciliation: "due" });
  const error = JSON.stringify({ error_code: "CLEANUP_FAILED", message: "Cleanup task failed." });
  await end("failed", { status: "error", reconciliation: "failed", reconciled_at: MADE_AT, error });

  // The indexes of members and names have not followed any reconciliation yet.
  const { id: indexing } = await appOf("indexing");
  for (const table of ["record_refs", "record_terms"] as const)
    await kysely.deleteFrom(table).where("app_id", "=", indexing).execute();
  await sql`update record_ref_progress set version = 0, is_behind = true where app_id = ${indexing}`.execute(kysely);

  const { id, clone_group_id } = await appOf("deleted");
  await kysely.transaction().execute((transaction) => deleteApps(transaction, [{ id, clone_group_id }], MADE_AT));
}
