import { type Kysely, sql } from "kysely";
import type { Tables } from "../../src/database/schema.ts";
import type { Api } from "./api.ts";

/** The person to erase: everything about them contains this word, and nothing else does. */
const CANARY = "canary7b1f";
export const EMAIL = `Canary7b1f@Example.com`;
export const person = (more: object = {}) => ({
  id: `${CANARY}-id`,
  email: EMAIL,
  username: `${CANARY}-name`,
  first_name: `First ${CANARY}`,
  phone: { home: `+49 ${CANARY}` },
  memberships: { team: [{ id: "g1" }, { id: "g2" }] },
  assignments: { seat: [{ id: "s1" }] },
  ...more,
});
/** Somebody else, whose record contains the address. */
const report = (id: string) => ({
  id,
  email: `${id}@example.com`,
  manager: { email: EMAIL, [`note about ${EMAIL}`]: `Ask <${EMAIL.toLowerCase()}>.` },
  memberships: {
    team: [
      { id: "g1", name: `Team of ${EMAIL}` },
      { id: "g3", name: `Of ${EMAIL}` },
    ],
  },
});
export const others = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `u${first + index}`, email: `u${first + index}@example.com` }));

const GROUPS = [
  ["team", ["g1", "g2"].map((id) => ({ id, name: `Team ${id}`, owner: EMAIL }))],
  ["seat", [{ id: "s1", name: "Pro" }]],
] as const;

/** An organisation with the person in every state that the server knows; returns its apps. */
export async function placePerson(api: Api) {
  const task = async (app: string, body: object, headers: object = {}) => {
    const init = { headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
    const response = await api.send("POST", `/apps/${app}/tasks/`, init);
    if (response.status !== 201) throw new Error(`${response.status}: ${response.body.detail}`);
    return response.body.id as string;
  };
  const end = (app: string, id: string, body: object) => api.call("PATCH", `/apps/${app}/tasks/${id}/status/`, body);

  // Live, with a history, tasks with every outcome and a held session.
  const held = await api.createApp();
  await api.sync(held, [...GROUPS, ["account", [person(), report("r1"), ...others(50)]]]);
  await api.sync(held, [
    ...GROUPS,
    ["account", [person({ title: "Chief" }), { ...report("r1"), title: "x" }, ...others(50)]],
  ]);
  const suspend = { action: "suspend_account", payload: { account: person() } };
  const done = await task(held, suspend, { "idempotency-key": "once" });
  await end(held, done, { status: "completed", result: { said: `${CANARY} is suspended` } });
  const failed = await task(held, { action: "update_account", payload: { account: { id: `${CANARY}-id` } } });
  await end(held, failed, { status: "failed", error: { code: "TIMEOUT", message: `No response for ${EMAIL}.` } });
  const created = await task(held, {
    action: "create_account",
    payload: { account: { id: `${CANARY}-wish`, email: EMAIL } },
  });
  await end(held, created, { status: "completed", result: { account: { id: `${CANARY}-real` } } });
  const mentioned = await task(held, { action: "suspend_account", payload: { account: { id: "u1" }, cc: [EMAIL] } });
  await end(held, mentioned, { status: "completed", result: { told: EMAIL } });
  const { sync_id: heldId } = await api.sync(held, [
    [
      "account",
      [{ id: "n1", email: "n1@example.com" }, person({ title: "Boss" }), { ...others(1)[0], title: "Clerk" }],
    ],
    ["account", [{ ...report("r1"), memberships: { team: [{ id: "g9", name: `Of ${EMAIL}` }] } }]],
  ]);

  // Only in an open session, in two records.
  const open = await api.createApp();
  const openId = await api.start(open);
  await api.push(open, openId, "account", [others(1)[0], person(), report("r2")]);
  await api.push(open, openId, "account", [{ ...person({ continues: true }), unknown_refs: ["seat"] }]);

  // Removed long ago, and the index of members points at it.
  const removed = await api.createApp({ guard: null });
  await api.sync(removed, [...GROUPS, ["account", [person({ id: EMAIL, email: undefined }), ...others(2)]]]);
  await api.sync(removed, [...GROUPS, ["account", others(2)]]);

  // In pages of a session whose reconciliation failed.
  const broken = await api.createApp();
  const brokenId = await api.start(broken);
  await api.push(broken, brokenId, "account", [person(), ...others(2)]);
  await leaveReceipt(api, broken, brokenId);

  return { held, heldId, open, openId, removed, broken, brokenId, tasks: { done, failed, created, mentioned } };
}

/** The receipt of a run that mentions the person. */
async function leaveReceipt(api: Api, app: string, syncId: string): Promise<void> {
  const usage = { calls: 1, retries: 0, rate_limited: 0, wait_seconds: 0 };
  const at = "2026-01-01T00:00:00Z";
  const missing = [`account: ${EMAIL} is hidden`];
  const receipt = {
    status: "abandoned",
    mode: "full",
    started_at: at,
    ended_at: at,
    usage,
    types: {},
    missing,
    versions: {},
  };
  const { status } = await api.call("PUT", `/apps/${app}/sync/${syncId}/receipt/`, receipt);
  if (status !== 204) throw new Error(`the receipt returned ${status}`);
}

/** What only a crash or an older version leaves behind, inserted directly. */
export async function placeLeftovers(
  kysely: Kysely<Tables>,
  { removed, broken, brokenId }: { removed: string; broken: string; brokenId: string },
) {
  await kysely
    .updateTable("record_ref_progress")
    .set({ version: 0, slug: "account", id: EMAIL })
    .where("app_id", "=", removed)
    .execute();
  await kysely
    .updateTable("sync_sessions")
    .set({
      status: "error",
      reconciliation: "failed",
      error: JSON.stringify({ error_code: "X", message: `At ${EMAIL}: no.` }),
    })
    .where("id", "=", brokenId)
    .execute();
  await sql`update audit_entries set details = ${JSON.stringify({ key_id: EMAIL })}::jsonb, path = path || ${`?${EMAIL}`}
    where app_id = ${broken}`.execute(kysely);
}

/** Every table of the database with its rows as JSON, including those of other programs. */
export async function dumpAll(kysely: Kysely<Tables>): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
  `.execute(kysely);
  const dump = new Map<string, Record<string, unknown>[]>();
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: Record<string, unknown> }>`
      select row_to_json(each) as row from ${sql.table(`${schema}.${name}`)} each`.execute(kysely);
    dump.set(
      `${schema}.${name}`,
      rows.map(({ row }) => row),
    );
  }
  return dump;
}

export function names(value: unknown): boolean {
  return JSON.stringify(value ?? null)
    .toLowerCase()
    .includes(CANARY);
}
