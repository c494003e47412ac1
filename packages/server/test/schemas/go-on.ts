import { createBridge, type Bridge, type DatabaseOptions } from "../../src/index.ts";
import { accounts, type Api, createApi } from "../support/api.ts";
import { silent } from "../support/silent.ts";
import { IDEMPOTENT, NOW, onTables, ORG, ROLES, toKey } from "./fill.ts";

/** What a Bridge makes of everything that `fill` left, app by app, without new ids and times. */
export type Outcome = Record<string, unknown>;

/**
 * Opens a Bridge on a filled database and ends what is open there: reconciliations, confirms, discards, completes,
 * reports.
 */
export async function goOn(database: DatabaseOptions): Promise<Outcome> {
  const keys = await onTables(database, async (kysely) => {
    const rows = await kysely.selectFrom("api_keys").select(["id", "name"]).execute();
    return new Map(rows.map(({ id, name }) => [name, toKey(id)]));
  });
  const bridge = await createBridge({ database, logger: silent, now: () => NOW, rateLimit: null, retentionDays: null });
  try {
    return await play(bridge, keys);
  } finally {
    await bridge.close();
  }
}

/** The same on a Bridge that is open already. */
export async function play(bridge: Bridge, keys: ReadonlyMap<string, string>): Promise<Outcome> {
  const api = await createApi(bridge, { org: ORG, key: keys.get("admin") ?? "" });
  const { body } = await api.call("GET", "/apps/?limit=500");
  const apps = new Map<string, string>(body.apps.map(({ id, name }: { id: string; name: string }) => [name, id]));
  await endSessions(api, apps);
  const kept = await endTasks(api, apps.get("tasks") ?? "");
  await bridge.whenReconciled();
  await bridge.whenIndexed();
  await bridge.whenDeleted();
  const outcome: Outcome = { kept };
  for (const [name, id] of apps) outcome[name] = await describeApp(api, id);
  for (const name of [...ROLES, "revoked", "expired"]) {
    const caller = await createApi(bridge, { org: ORG, key: keys.get(name) ?? "" });
    const calls = [caller.call("GET", "/apps/"), caller.call("GET", "/keys/"), caller.call("GET", "/audit/?limit=1")];
    outcome[`key of ${name}`] = (await Promise.all(calls)).map(({ status }) => status);
  }
  const { entries } = (await api.call("GET", "/audit/?limit=500")).body;
  outcome["audit"] = entries.length > 0;
  outcome["erasures"] = (await api.call("GET", "/erasures/")).body.erasures.length;
  return outcome;
}

async function endSessions(api: Api, apps: ReadonlyMap<string, string>): Promise<void> {
  const newest = async (name: string) => {
    const id = apps.get(name) ?? "";
    const { sessions } = (await api.call("GET", `/apps/${id}/sync/?limit=1`)).body;
    return `/apps/${id}/sync/${sessions[0].sync_id}`;
  };
  const expectStatus = async (status: number, method: string, path: string, body?: object) => {
    const response = await api.call(method, path, body);
    if (response.status !== status) throw new Error(`${method} ${path}: ${response.status} ${response.body?.detail}`);
  };
  const open = await newest("open");
  await expectStatus(200, "PUT", `${open}/account/`, { records: accounts(5, 100) });
  await expectStatus(202, "POST", `${open}/complete/`);
  await expectStatus(202, "POST", `${await newest("failed")}/confirm/`);
  await expectStatus(202, "POST", `${await newest("held, to be confirmed")}/confirm/`);
  await expectStatus(204, "POST", `${await newest("held, to be discarded")}/discard/`);
  await api.sync(apps.get("clone") ?? "", [["account", accounts(3)]]);
  // And a new session on what is there.
  await api.sync(apps.get("live") ?? "", [["account", accounts(21)]]);
}

/** Ends what a runner may end; returns the stored response of the earlier call. */
async function endTasks(api: Api, app: string): Promise<unknown> {
  const path = `/apps/${app}/tasks/`;
  const headers = { "idempotency-key": "once", "content-type": "application/json" };
  const again = await api.send("POST", path, { headers, body: JSON.stringify(IDEMPOTENT) });
  const { tasks } = (await api.call("POST", `${path}claim/`, { runner: "r2", limit: 10 })).body;
  for (const { id } of tasks) await api.call("PATCH", `${path}${id}/status/`, { status: "completed" });
  const { tasks: scheduled } = (await api.call("GET", `${path}?status=scheduled`)).body;
  for (const { id } of scheduled) await api.call("DELETE", `${path}${id}/`);
  return { status: again.status, action: again.body.action, account: again.body.payload?.account };
}

async function describeApp(api: Api, app: string): Promise<unknown> {
  const read = async (path: string) => (await api.call("GET", `/apps/${app}/${path}`)).body;
  const { capabilities } = await read("");
  const { sessions } = await read("sync/?limit=500");
  const histories = [];
  for (const { sync_id, status, error, progress } of sessions) {
    const { receipt } = await read(`sync/${sync_id}/`);
    const { changes } = await read(`sync/${sync_id}/changes/?limit=500`);
    histories.push({ status, error, progress, receipt, changes: withoutTimes(changes) });
  }
  const records: Record<string, unknown> = {};
  for (const slug of ["account", "team", "seat"]) records[slug] = withoutTimes(await api.records(app, slug));
  const { records: members } = await read("records/account/?member_of=team:t1");
  const { records: found } = await read("records/account/?text=m1");
  const { tasks } = await read("tasks/?limit=500");
  const described = [];
  for (const { id } of tasks) {
    const { action, status, payload, result, error, begun, history } = await read(`tasks/${id}/`);
    const events = history.map(({ event, runner }: { event: string; runner?: string }) => [event, runner]);
    described.push({ action, status, payload, result, error, begun: begun?.runner, events });
  }
  return { capabilities, histories, records, members: idsOf(members), found: idsOf(found), tasks: described };
}

function idsOf(records: readonly { data: { id: string } }[]): string[] {
  return records.map(({ data }) => data.id);
}

/** The same with placeholders for times. */
function withoutTimes(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (name, field: unknown) =>
    name === "removed_at" && field !== null ? "removed" : field,
  );
}
