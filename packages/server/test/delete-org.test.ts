import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { DeletionWorker } from "../src/deletion/deletion-worker.ts";
import { orderDeletion } from "../src/deletion/order-deletion.ts";
import { openDatabase } from "../src/database/open-database.ts";
import type { Tables } from "../src/database/schema.ts";
import { BrowserSessions } from "../src/sign-in/browser-sessions.ts";
import { createLinkToken } from "../src/sign-in/sign-in-links.ts";
import { keepWorkers } from "../src/workers/fleet-rows.ts";
import { type Bridge, createBridge, type DatabaseOptions, openAdministration } from "../src/index.ts";
import { type Api, createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge, silent } from "./support/open-bridge.ts";
import { signIn } from "./support/sign-in.ts";
import { dumpAll, EMAIL, names, others, person, placePerson } from "./support/people.ts";

async function onTables<T>(database: DatabaseOptions, use: (kysely: Kysely<Tables>) => Promise<T>): Promise<T> {
  const opened = await openDatabase(database, () => {});
  return use(opened.kysely).finally(() => opened.close());
}

/** The rows of the Bridge's tables. Jobs of pg-boss contain the id of an app, and pg-boss deletes them by itself. */
async function dump(kysely: Kysely<Tables>) {
  return new Map([...(await dumpAll(kysely))].filter(([table]) => table.startsWith("public.")));
}

describe.each(DATABASES)("an organisation on %s", (kind) => {
  test("gets no rows from a call that was on its way when it was deleted", async () => {
    const { database, drop } = await createDatabase(kind);
    await onTables(database, async (kysely) => {
      const before = await dump(kysely);
      const now = new Date();
      const [orgId, id] = [randomUUID(), randomUUID()];
      const sessions = new BrowserSessions(kysely, () => now, {});
      for (const write of [
        () => keepWorkers(kysely, { orgId, id }, [], { reach: null, now }),
        () => sessions.create({ id, org_id: orgId }, undefined),
        () => createLinkToken(kysely, { orgId, org: "gone", name: "Cora", role: "admin" }, now),
      ])
        await expect(write()).rejects.toThrow("The organisation was deleted.");
      expect(await dump(kysely)).toEqual(before);
    });
    await drop();
  });

  test("is deleted with every row, in steps that a restart continues, without touching others", async () => {
    const { database, drop } = await createDatabase(kind);
    const serve = async <T>(use: (bridge: Bridge) => Promise<T>): Promise<T> => {
      await using bridge = await createBridge({ database, logger: silent, rateLimit: null });
      return await use(bridge);
    };
    const stranger = await serve(async (bridge) => {
      const theirs = await createApi(bridge);
      await theirs.sync(await theirs.createApp(), [["account", others(3)]]);
      await bridge.whenIndexed();
      await bridge.whenDeleted();
      return theirs.slug;
    });
    const untouched = await onTables(database, dump);
    const slug = await serve(async (bridge) => {
      const api = await createApi(bridge);
      const { held } = await placePerson(api);
      await api.call("POST", "/erasures/", { email: "nobody@example.com" });
      // A group whose first app is gone already, and a clone.
      const first = await api.createApp();
      await api.call("POST", "/apps/", { name: "clone", clone_from: first });
      await api.call("DELETE", `/apps/${first}/`);
      await api.sync(held, [["account", [...others(90), person()]]]);
      await api.call("PUT", "/budget/", { removals_per_hour: null, revocations_per_hour: 1 });
      const runner = { worker: "m1", next_run_at: null, paused_at: null, parked_at: null, failures: 0 };
      await api.call("POST", "/runners/", { apps: [{ app_id: held, ...runner }], fleet: { id: held, workers: [] } });
      const revocation = { action: "suspend_account", payload: { account: { id: "u1" } } };
      await api.call("POST", `/apps/${held}/tasks/`, revocation);
      await signIn(bridge, { org: api.slug, name: "Cora", role: "admin" });
      await bridge.createSignInLink({ org: api.slug, name: "Cora", role: "admin" });
      await bridge.whenIndexed();
      await bridge.whenDeleted();
      return api.slug;
    });
    await onTables(database, async (kysely) => {
      // More than a step deletes.
      await sql`insert into events (org_id, sequence, app_id, data, created_at)
        select id, event_sequence + number, gen_random_uuid(), '{}', now() from orgs, generate_series(1, 1200) number
        where slug = ${slug}`.execute(kysely);
      expect(emptyTables(await dump(kysely))).toEqual(["public.created_places", "public.deletions"]);
    });

    await using administration = await openAdministration(database);
    await administration.deleteOrg(slug);
    await expect(administration.deleteOrg(slug)).rejects.toThrow(`There is no organisation "${slug}".`);
    await administration[Symbol.asyncDispose]();
    await onTables(database, async (kysely) => {
      const worker = new DeletionWorker(kysely, silent);
      // Stops after the current step.
      await worker.close();
      const left = await dump(kysely);
      expect(left.get("public.deletions")?.length).toBeGreaterThan(0);
      expect(names([...left])).toBe(true);
    });
    await serve((bridge) => bridge.whenDeleted());

    await onTables(database, async (kysely) => expect(await dump(kysely)).toEqual(untouched));
    await serve(async (bridge) => {
      const again = await createApi(bridge, { org: stranger });
      expect((await again.call("GET", "/apps/")).body.count).toBe(1);
      await bridge.createOrg(slug);
      const anew = await createApi(bridge, { org: slug });
      expect((await anew.call("GET", "/apps/")).body.count).toBe(0);
    });
    await drop();
  });

  test("ends its streams and long polls at once, and its keys are unknown", async () => {
    await using bridge = await openBridge(kind);
    const api = await createApi(bridge);
    const app = await api.createApp();
    const stream = await listen(bridge, api);
    const listening = await api.call("GET", "/apps/");
    expect(listening.status).toBe(200);
    const polls = ["claim/", "?status=pending"].map((path) =>
      api.send(path === "claim/" ? "POST" : "GET", `/apps/${app}/tasks/${path}`, {
        headers: { prefer: "wait=60", "content-type": "application/json" },
        ...(path === "claim/" && { body: JSON.stringify({ runner: "r" }) }),
      }),
    );
    const open = async () => /bridge_event_listeners (\d+)/.exec(await metrics(bridge))?.[1];
    await expect.poll(open).toBe("3");

    await bridge.deleteOrg(api.slug);
    const refused = [403, 403];
    expect((await Promise.all(polls)).map(({ status }) => status)).toEqual(refused);
    expect((await stream.next()).done).toBe(true);
    await expect.poll(open).toBe("0");
    expect((await api.call("GET", "/apps/")).status).toBe(401);
    expect((await api.call("POST", "/apps/", { name: "x" })).status).toBe(401);
    await bridge.whenDeleted();
  });
});

test.each(["app", "org"] as const)("a call during a deletion leaves nothing behind: %s", async (kind) => {
  await using bridge = await openBridge("postgres");
  const api = await createApi(bridge);
  const source = await api.createApp();
  const { database } = bridge;
  const opened = await openDatabase(database, () => {});
  try {
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
    const org = await opened.kysely.selectFrom("orgs").select("id").executeTakeFirstOrThrow();
    // Delays the deletion when it orders that of an app, and at its end, when it has locked everything.
    const holding = opened.kysely.transaction().execute(async (transaction) => {
      await orderDeletion(transaction, kind, [kind === "app" ? source : org.id]);
      hold();
      await mayEnd;
      throw new Error("undone");
    });
    await isHeld;
    const deleting = bridge.deleteOrg(api.slug);
    const waiting = async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(opened.kysely);
      return rows.length;
    };
    await expect.poll(waiting).toBe(1);
    const calls = [
      api.call("POST", "/apps/", { name: "late" }),
      api.call("POST", "/apps/", { name: "clone", clone_from: source }),
      api.call("POST", `/apps/${source}/sync/`),
      api.call("POST", "/keys/", { name: "late", role: "admin" }),
      api.call("POST", "/erasures/", { email: EMAIL }),
    ];
    await expect.poll(waiting).toBeGreaterThan(1);
    end();
    await expect(holding).rejects.toThrow("undone");
    await deleting;
    // Some come before the organisation is gone, and are deleted with it.
    const statuses = (await Promise.all(calls)).map(({ status }) => status);
    for (const status of statuses) expect(kind === "app" ? [201, 401, 404] : [401, 404]).toContain(status);
    await bridge.whenDeleted();
    const left = [...(await dump(opened.kysely))].filter(([, rows]) => rows.length > 0).map(([table]) => table);
    expect(left.filter((table) => !/bridge_migration/.test(table))).toEqual([]);
  } finally {
    await opened.close();
  }
});

function emptyTables(tables: ReadonlyMap<string, readonly unknown[]>): string[] {
  return [...tables]
    .filter(([, rows]) => rows.length === 0)
    .map(([table]) => table)
    .toSorted();
}

async function metrics(bridge: Bridge): Promise<string> {
  return (await bridge.fetch(new Request("http://bridge.test/metrics"))).text();
}

/** An open stream of events; yields its blocks. */
async function listen(bridge: Bridge, { base, key }: Api): Promise<AsyncIterator<Uint8Array>> {
  const headers = { authorization: `Api-Key ${key}` };
  const response = await bridge.fetch(new Request(`${base}/events/`, { headers }));
  const blocks = response.body![Symbol.asyncIterator]();
  await blocks.next();
  return blocks;
}
