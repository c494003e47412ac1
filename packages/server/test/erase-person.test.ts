import { createHmac } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import type { components } from "@bridgekit/client";
import { MIGRATION_TABLES } from "../src/database/migrate.ts";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { type Bridge, createBridge, writeBackup } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { connect, createDatabase, DATABASES, openBridge, silent } from "./support/open-bridge.ts";
import { dumpAll, EMAIL, names, others, person, placeLeftovers, placePerson } from "./support/people.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

type Schemas = components["schemas"];
type Placed = Awaited<ReturnType<typeof placePerson>>;

/**
 * Columns of text that never name a person of a system, and why. Any other must contain the canary before the erasure.
 */
const NEVER: Readonly<Record<string, string>> = {
  "api_keys.id": "made by the Bridge",
  "api_keys.name": "chosen by an administrator",
  "api_keys.role": "a word of the contract",
  "api_keys.old_secret_hash": "made by the Bridge",
  "api_keys.secret_hash": "made by the Bridge",
  "api_keys.app_ids": "made by the Bridge",
  "app_runners.ordered": "a word of ours",
  "app_runners.report": "a machine, numbers and times",
  "apps.capabilities": "written by the author of the connector",
  "apps.name": "chosen by an administrator",
  "apps.configuration_status": "a word of the contract",
  "apps.removal_guard": "numbers",
  "audit_entries.key_id": "made by the Bridge",
  "audit_entries.key_name": "chosen by an administrator",
  "audit_entries.operation": "a word of the contract",
  "audit_entries.request_id": "48 letters and digits, for a trace id",
  "browser_sessions.hash": "made by the Bridge",
  "browser_sessions.sealed_refresh_token": "sealed with the secret in the cookie of an administrator",
  "budget_uses.kind": "a word of ours",
  "created_places.ordinals": "numbers",
  "deletions.kind": "a word of ours",
  "erasures.counts": "numbers",
  "erasures.digest": "keyed with what the caller alone has",
  "erasures.key_id": "made by the Bridge",
  "fleets.ordered": "words of ours, and names of processes",
  "fleets.workers": "machines, numbers and times",
  "events.data": "ids of the Bridge and words of the contract",
  "idempotent_responses.response": "sealed with the secret of the caller",
  "idempotent_responses.idempotency_digest": "a digest of what the caller invented",
  "idempotent_responses.key_id": "made by the Bridge",
  "idempotent_responses.made_id": "made by the Bridge",
  "idempotent_responses.operation": "a word of the contract",
  "idempotent_responses.request_digest": "emptied with its response",
  "orgs.name": "chosen by an administrator",
  "orgs.slug": "chosen by an administrator",
  "record_changes.change": "a word of the contract",
  "record_changes.slug": "chosen by a connector",
  "record_changes.unknown_refs": "slugs",
  "record_counts.slug": "chosen by a connector",
  "record_ref_progress.slug": "chosen by a connector",
  "record_refs.account_slug": "chosen by a connector",
  "record_refs.slug": "chosen by a connector",
  "record_terms.slug": "chosen by a connector",
  "records.slug": "chosen by a connector",
  "resource_types.name": "chosen by a connector",
  "resource_types.slug": "chosen by a connector",
  "resource_types.type": "a word of the contract",
  "sync_pages.continued": "true or false",
  "sync_pages.digest": "of up to a hundred digests of whole records",
  "sync_pages.record_digests": "taken out with the record",
  "sync_pages.ref_ids": "ids of groups and licenses",
  "sync_pages.ref_slugs": "slugs",
  "sync_pages.slug": "chosen by a connector",
  "sync_pages.unknown_refs": "slugs",
  "sync_sessions.judgement": "slugs and numbers",
  "sync_sessions.kept": "ids of records that a held session is not to remove; the erasure takes them out",
  "sync_sessions.confirmed_by": "made by the Bridge",
  "sync_sessions.counts": "numbers by slug",
  "sync_sessions.discarded_by": "made by the Bridge",
  "sync_sessions.reconciliation": "a word of ours",
  "sync_sessions.started_by": "made by the Bridge",
  "sync_sessions.status": "a word of the contract",
  "sign_in_tokens.hash": "made by the Bridge",
  "sign_in_tokens.kind": "a word of ours",
  "sign_in_tokens.sealed": "sealed with the secret in a link or a cookie",
  "task_history.event": "a word of the contract",
  "task_history.key_id": "made by the Bridge",
  "task_history.runner": "names a runner, and goes with the task",
  "tasks.action": "a word of the contract",
  "tasks.begun_by": "names a runner, and goes with the task",
  "tasks.claimed_by": "names a runner, and goes with the task",
  "tasks.outcome": "a word of the contract",
  "users.email": "of who signs in to the console; deleteUser erases them",
  "users.issuer": "the address of the identity provider",
  "users.name": "of who signs in to the console; deleteUser erases them",
  "users.role": "a word of the contract",
  "users.subject_digest": "of who signs in to the console; deleteUser erases them",
};

const EVERY_COUNT = { records: 2, changes: 3, staged: 4, tasks: 3, members: 6, responses: 1, mentions: 20 };

describe.each(DATABASES)("on %s", (kind) => {
  test("an address is erased from every table, whatever the state of its rows, and everything else continues", async () => {
    const { database, drop } = await createDatabase(kind);
    const serve = async <T>(use: (bridge: Bridge) => Promise<T>): Promise<T> => {
      await using bridge = await createBridge({ database, logger: silent, rateLimit: null });
      return await use(bridge);
    };
    const onTables = async <T>(use: (kysely: Kysely<Tables>) => Promise<T>): Promise<T> => {
      const opened = await openDatabase(database, () => {});
      return use(opened.kysely).finally(() => opened.close());
    };
    const { api, apps } = await serve(async (bridge) => {
      const placed = await createApi(bridge);
      const found = { api: placed, apps: await placePerson(placed) };
      await bridge.whenIndexed();
      await bridge.whenDeleted();
      return found;
    });
    await onTables(async (kysely) => {
      await placeLeftovers(kysely, apps);
      expect(await untested(kysely)).toEqual([]);
    });

    const receipt = await serve(async (bridge) => {
      const admin = await createApi(bridge, { org: api.slug });
      const before = await admin.call("POST", "/erasures/preview/", { email: EMAIL });
      expect(before).toMatchObject({ status: 200, body: { counts: EVERY_COUNT, open_tasks: [], due_sessions: [] } });
      expect(before.body.accounts).toHaveLength(6);
      const erased = await admin.call("POST", "/erasures/", { email: EMAIL.toUpperCase() });
      expect(erased).toMatchObject({ status: 201, body: { counts: EVERY_COUNT, accounts: 6, active_accounts: 1 } });
      return erased.body;
    });

    await onTables(async (kysely) => {
      const dump = await dumpAll(kysely);
      expect([...dump].filter(([, rows]) => names(rows)).map(([table, rows]) => [table, rows.filter(names)])).toEqual(
        [],
      );
    });
    const backup = await Array.fromAsync(writeBackup(database));
    expect(backup.length).toBeGreaterThan(100);
    expect(backup.filter(names)).toEqual([]);

    await serve(async (bridge) => {
      const admin = await createApi(bridge, { org: api.slug });
      const { digest_key: digestKey, ...kept } = receipt;
      const proof = createHmac("sha256", digestKey).update(EMAIL.toLowerCase()).digest("hex");
      expect(receipt.digest).toBe(proof);
      expect((await admin.call("GET", "/erasures/")).body).toEqual({ erasures: [kept], next: null });
      await goesOn(bridge, admin, apps);
      const repeated = await sendAgain(bridge, api, apps.held);
      expect(repeated).toMatchObject({ status: 409, body: { detail: expect.stringContaining("erased") } });
    });
    await drop();
  });

  describe("an erasure", async () => {
    const { bridge, api } = await setUpBridge(kind);

    const erase = (body: object) => api.call("POST", "/erasures/", body);
    const preview = (body: object) => api.call("POST", "/erasures/preview/", body);

    test("of one account leaves the same person in another app, and another account of the app", async () => {
      const [one, two] = [await api.createApp(), await api.createApp()];
      for (const app of [one, two]) await api.sync(app, [["account", [person(), ...others(2)]]]);
      const body = { app_id: one, slug: "account", id: person().id };
      expect(await erase(body)).toMatchObject({
        status: 201,
        body: { accounts: 1, app_id: one, counts: { records: 1 } },
      });
      expect(await api.activeIds(one, "account")).toEqual(["u0", "u1"]);
      expect(await api.activeIds(two, "account")).toContain(person().id);
      expect(await erase(body)).toMatchObject({ status: 201, body: { active_accounts: 0, counts: { records: 0 } } });
    });

    test("of one account takes it out of what receipts say was wrong", async () => {
      const app = await api.createApp();
      const { sync_id: syncId } = await api.sync(app, [["account", [person(), ...others(1)]]]);
      const fault = { slug: "account", field: "email", reason: "must be a string", count: 3 };
      const group = { slug: "team", field: "name", reason: "must be a string", count: 1, ids: [person().id] };
      const receipt = {
        status: "completed",
        mode: "full",
        started_at: "2026-01-01T00:00:00.000Z",
        ended_at: "2026-01-01T00:00:04.000Z",
        usage: { calls: 1, retries: 0, rate_limited: 0, wait_seconds: 0 },
        types: {},
        missing: [],
        bad_records: [{ ...fault, ids: [person().id, "u0"] }, fault],
        bad_fields: [group, { ...fault, ids: [person().id] }],
        versions: {},
      };
      expect((await api.call("PUT", `/apps/${app}/sync/${syncId}/receipt/`, receipt)).status).toBe(204);
      expect((await erase({ app_id: app, slug: "account", id: person().id })).status).toBe(201);
      expect((await api.session(app, syncId)).receipt).toEqual({
        ...receipt,
        bad_records: [{ ...fault, ids: ["u0"] }, fault],
        bad_fields: [group, { ...fault, ids: [] }],
      });
    });

    test("lasts until the person's system syncs them again", async () => {
      const app = await api.createApp();
      const email = "back@example.com";
      await api.sync(app, [["account", [{ id: "back", email }, ...others(2)]]]);
      expect((await erase({ email })).body).toMatchObject({ accounts: 1, active_accounts: 1 });
      const again = await api.sync(app, [["account", [{ id: "back", email }, ...others(2)]]]);
      expect(again.progress[0]).toMatchObject({ created: 1, updated: 0, removed: 0 });
      expect(await api.activeIds(app, "account")).toContain("back");
    });

    test("waits for open tasks about the person, and for those that contain the address", async () => {
      const app = await api.createApp();
      const email = "busy@example.com";
      await api.sync(app, [["account", [{ id: "busy", email }, ...others(2)]]]);
      const create = async (payload: object) =>
        (await api.call("POST", `/apps/${app}/tasks/`, { action: "suspend_account", payload })).body.id as string;
      const about = await create({ account: { id: "busy" } });
      const naming = await create({ account: { id: "u1" }, forward_to: email });
      const claimed = await api.call("POST", `/apps/${app}/tasks/claim/`, { runner: "r", limit: 5 });
      expect(claimed.body.tasks).toHaveLength(2);

      const open = [about, naming].map((task_id) => ({ app_id: app, task_id, action: "suspend_account" }));
      expect((await preview({ email })).body).toMatchObject({ open_tasks: open, counts: { records: 1, tasks: 1 } });
      for (const task of [about, naming]) {
        const refused = await erase({ email });
        expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining(task) } });
        expect(refused.body.detail).not.toContain("busy");
        expect((await api.call("DELETE", `/apps/${app}/tasks/${task}/`)).status).toBe(204);
      }
      expect((await erase({ email })).body.counts).toMatchObject({ records: 1, tasks: 1, mentions: 1 });
      expect((await api.call("GET", `/apps/${app}/tasks/${about}/`)).status).toBe(404);
      expect((await api.call("GET", `/apps/${app}/tasks/${naming}/`)).body.payload.forward_to).toBe("[erased]");
    });

    test("finds an account that only a task names, under both of its ids", async () => {
      const app = await api.createApp();
      const email = "new@example.com";
      const payload = { account: { id: "wish", email } };
      const { body: task } = await api.call("POST", `/apps/${app}/tasks/`, { action: "create_account", payload });
      const result = { account: { id: "real" } };
      await api.call("PATCH", `/apps/${app}/tasks/${task.id}/status/`, { status: "completed", result });
      await api.sync(app, [["account", [{ id: "real", username: "renamed" }, ...others(2)]]]);
      const { accounts } = (await preview({ email })).body;
      expect(accounts.map(({ id }: { id: string }) => id)).toEqual(["real", "wish"]);
      expect((await erase({ email })).body.counts).toMatchObject({ records: 1, tasks: 1 });
    });

    test("leaves similar addresses", async () => {
      const app = await api.createApp();
      const alike = ["joann@example.com", "ann@example.com.au", "ann@example.community", "x.ann@example.com"];
      await api.sync(app, [
        ["account", alike.map((email, index) => ({ id: `a${index}`, email, note: `<${email}>, (ann@example.com).` }))],
      ]);
      // Reconciled pages contain it as well, until they are dropped.
      await bridge.whenDeleted();
      expect((await erase({ email: "ann@example.com" })).body).toMatchObject({ accounts: 0, counts: { mentions: 4 } });
      const records = await api.data(app, "account");
      expect(records.map(({ email, note }) => [email, note])).toEqual(
        alike.map((email) => [email, `<${email}>, ([erased]).`]),
      );
      const found = await Promise.all(alike.map((email) => api.call("GET", `/people/?email=${email}`)));
      expect(found.map(({ body }) => body.accounts.length)).toEqual([1, 1, 1, 1]);
    });

    test.each(["ΝΙΚΟΣ@example.com", "İDİL@example.com", "ÑANDÚ@example.com", "100%_ẞ@example.com"])(
      "finds %s in every case, as an account and in the records of others",
      async (email) => {
        const app = await api.createApp();
        const small = Array.from(email, (character) => (character === "İ" ? character : character.toLowerCase())).join(
          "",
        );
        const records = [
          { id: "own", email },
          { id: "small", username: small },
          { id: "other", username: "other", note: `Ask <${small}> or ${email}.` },
          { id: "alike", email: `x${email}` },
        ];
        await api.sync(app, [["account", records]]);
        await bridge.whenDeleted();
        expect((await erase({ email })).body).toMatchObject({ accounts: 2, counts: { records: 2, mentions: 1 } });
        expect(await api.data(app, "account")).toEqual([
          { id: "alike", email: `x${email}` },
          { id: "other", username: "other", note: "Ask <[erased]> or [erased]." },
        ]);
      },
    );

    test("touches no other organisation, and refuses what is not an account", async () => {
      const email = "everywhere@example.com";
      const stranger = await createApi(bridge);
      const theirs = await stranger.createApp();
      await stranger.sync(theirs, [["account", [{ id: "e", email, manager: email }]]]);
      const mine = await api.createApp();
      await api.sync(mine, [["account", [{ id: "e", email }]]]);
      expect((await erase({ email })).body.counts).toMatchObject({ records: 1, mentions: 0 });
      expect((await stranger.data(theirs, "account"))[0]).toMatchObject({ email, manager: email });

      expect((await erase({ app_id: theirs, slug: "account", id: "e" })).status).toBe(404);
      expect((await erase({ app_id: mine, slug: "team", id: "e" })).status).toBe(422);
      for (const body of [{}, { email: "no address" }, { email, id: "e" }, { app_id: mine, id: "e" }])
        expect((await erase(body)).status, JSON.stringify(body)).toBe(400);
    });

    test("is in the audit trail with its receipt and without the person", async () => {
      const { body } = await erase({ email: "audited@example.com" });
      const { entries } = (await api.call("GET", "/audit/?limit=1")).body;
      expect(entries[0]).toMatchObject({ operation: "erasePerson", status: 201, details: { erasure_id: body.id } });
      expect(JSON.stringify(entries[0])).not.toContain("audited");
    });
  });
});

test("an erasure that stops halfway is in the audit trail, and the same call erases the rest", async () => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const apps = [await api.createApp({ guard: null }), await api.createApp({ guard: null })].toSorted();
  const [first = "", second = ""] = apps;
  const email = "halfway@example.com";
  for (const app of apps) await api.sync(app, [["account", [{ id: "h", email }]]]);
  await connect(bridge.database, async (client) => {
    await client.query(`create function deny() returns trigger language plpgsql as $$
      begin raise insufficient_privilege; end $$;
      create trigger deny before update on records for each row when (new.app_id = '${second}') execute function deny()`);
    const due = await api.start(second);
    await api.push(second, due, "account", [{ id: "h", email, display_name: "H" }]);
    await api.complete(second, due);

    const stopped = await api.call("POST", "/erasures/", { email });
    expect(stopped).toMatchObject({ status: 503, body: { detail: expect.stringContaining(`The session ${due} of`) } });
    expect(stopped.body.detail).toContain("the same call erases the rest");
    expect(await api.activeIds(first, "account")).toEqual([]);
    const { entries } = (await api.call("GET", "/audit/?limit=1")).body;
    expect(entries).toMatchObject([{ operation: "erasePerson", status: 503 }]);
    await client.query("drop function deny() cascade");
  });
  await bridge.whenReconciled();
  expect(await api.call("POST", "/erasures/", { email })).toMatchObject({
    status: 201,
    body: { counts: { records: 1 } },
  });
  expect(await api.activeIds(second, "account")).toEqual([]);
});

/**
 * The columns that may hold text, are not listed as naming nobody, and do not contain the canary: the test proves
 * nothing about them.
 */
async function untested(kysely: Kysely<Tables>): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying')
      and not table_name = any(${[...MIGRATION_TABLES]}::text[])
    order by 1, 2
  `.execute(kysely);
  const dump = await dumpAll(kysely);
  const isTested = ({ table, column }: { table: string; column: string }) =>
    `${table}.${column}` in NEVER !== (dump.get(`public.${table}`) ?? []).some((row) => names(row[column]));
  return columns.filter((column) => !isTested(column)).map(({ table, column }) => `${table}.${column}`);
}

/** Open, held and failed sessions continue without the person, and so does the index of members. */
async function goesOn(bridge: Bridge, api: Api, { held, heldId, open, openId, removed, broken, brokenId }: Placed) {
  const { changes } = (await api.call("GET", `/apps/${held}/sync/${heldId}/changes/?change=updated`)).body;
  expect(changes.map(({ id, after }: Schemas["Change"]) => [id, after?.data.id, after?.data["title"]])).toEqual([
    ["r1", "r1", undefined],
    ["u0", "u0", "Clerk"],
  ]);
  for (const [app, id] of [
    [held, heldId],
    [broken, brokenId],
  ] as const)
    expect((await api.call("POST", `/apps/${app}/sync/${id}/confirm/`)).status).toBe(202);
  expect((await api.push(open, openId, "account", others(1, 7))).status).toBe(200);
  expect((await api.complete(open, openId)).status).toBe(202);
  await bridge.whenReconciled();
  await bridge.whenIndexed();
  expect(await api.activeIds(held, "account")).toEqual(["n1", "r1", "u0"]);
  expect(await api.activeIds(open, "account")).toEqual(["r2", "u0", "u7"]);
  expect(await api.activeIds(broken, "account")).toEqual(["u0", "u1"]);
  expect(await api.activeIds(removed, "account")).toEqual(["u0", "u1"]);
  const members = async (app: string, group: string) =>
    (await api.call("GET", `/apps/${app}/records/account/?member_of=team:${group}`)).body.records.map(
      ({ data }: { data: { id: string } }) => data.id,
    );
  expect([await members(held, "g9"), await members(open, "g1"), await members(removed, "g1")]).toEqual([
    ["r1"],
    ["r2"],
    [],
  ]);
  expect((await api.data(open, "account"))[0]).toMatchObject({
    manager: { email: "[erased]" },
  });
}

/** The call that created a task about the person, with its key. */
function sendAgain(bridge: Bridge, { base, key }: Api, app: string) {
  const headers = { authorization: `Api-Key ${key}`, "content-type": "application/json", "idempotency-key": "once" };
  const body = JSON.stringify({ action: "suspend_account", payload: { account: person() } });
  const request = new Request(`${base}/apps/${app}/tasks/`, { method: "POST", headers, body });
  return bridge.fetch(request).then(async (response) => ({ status: response.status, body: await response.json() }));
}
