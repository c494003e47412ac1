import { describe, expect, test } from "vitest";
import { accounts } from "./support/api.ts";
import { connect, DATABASES } from "./support/open-bridge.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

const HOUR_MS = 60 * 60 * 1000;

describe.each(DATABASES)("on %s", async (kind) => {
  let time = Date.parse("2026-01-01T00:00:00Z");
  const { bridge, api } = await setUpBridge(kind, { now: () => new Date(time) });

  /** The series of a metric: values by their labels. */
  async function series(name: string): Promise<Record<string, number>> {
    const text = await (await bridge.fetch(new Request("http://bridge.test/metrics"))).text();
    const lines = text.split("\n").filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
    return Object.fromEntries(
      lines.map((line) => [/\{(.*)\}/.exec(line)?.[1] ?? "", Number(line.slice(line.lastIndexOf(" ")))]),
    );
  }

  test("sessions that wait for an administrator are counted until they no longer wait", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(50)]]);
    const { sync_id: held } = await api.sync(app, [["account", []]]);
    expect(await series("bridge_sessions")).toEqual({ 'state="held"': 1, 'state="failed"': 0 });
    await api.call("POST", `/apps/${app}/sync/${held}/discard/`);
    expect(await series("bridge_sessions")).toEqual({ 'state="held"': 0, 'state="failed"': 0 });
  });

  test("the oldest due task has an age, a scheduled one has none", async () => {
    const app = await api.createApp();
    await api.sync(app, [["account", accounts(1)]]);
    const order = { action: "suspend_account", payload: { account: { id: "u0" } } };
    const later = new Date(time + 100 * HOUR_MS).toISOString();
    await api.call("POST", `/apps/${app}/tasks/`, { ...order, execute_after: later });
    expect(await series("bridge_oldest_pending_task_age_seconds")).toEqual({ "": 0 });
    const { body } = await api.call("POST", `/apps/${app}/tasks/`, order);
    time += HOUR_MS;
    expect(await series("bridge_oldest_pending_task_age_seconds")).toEqual({ "": 3600 });
    await api.call("PATCH", `/apps/${app}/tasks/${body.id}/status/`, { status: "completed" });
    expect(await series("bridge_oldest_pending_task_age_seconds")).toEqual({ "": 0 });
  });

  test("the twenty apps that were not synced for longest have a series each, and all others share one", async () => {
    const apps: string[] = [];
    for (let count = 0; count < 25; count++) {
      time += HOUR_MS;
      apps.push(await api.createApp({ types: [{ slug: "account", name: "A", type: "account" }] }));
    }
    time += 1000 * HOUR_MS;
    const before = await series("bridge_app_last_sync_age_seconds");
    expect(Object.keys(before)).toHaveLength(21);
    expect(before['app_id="other"']).toBeLessThanOrEqual(Math.min(...Object.values(before)));
    await api.sync(apps[0]!, [["account", accounts(1)]]);
    expect(Object.keys(before)).toContain(`app_id="${apps[0]}"`);
    const after = await series("bridge_app_last_sync_age_seconds");
    expect(Object.keys(after)).not.toContain(`app_id="${apps[0]}"`);
    expect(Object.keys(after)).toHaveLength(21);
  });

  test("a deletion has no age once its rows are gone, and the retention has completed", async () => {
    await api.call("DELETE", `/apps/${await api.createApp()}/`);
    await bridge.whenDeleted();
    expect(await series("bridge_oldest_deletion_age_seconds")).toEqual({ "": 0 });
    expect((await series("bridge_retention_lag_seconds"))[""]).toBeGreaterThanOrEqual(0);
  });

  if (kind === "postgres")
    test("callers waiting for a connection are counted while the database does not respond", async () => {
      await connect(bridge.database, async (client) => {
        await client.query("begin; lock table resource_types in access exclusive mode");
        const app = await api.createApp({ types: [] });
        const calls = Array.from({ length: 14 }, () => api.call("GET", `/apps/${app}/resource-types/`));
        await expect.poll(async () => (await series("bridge_database_waiting"))[""]).toBeGreaterThanOrEqual(4);
        // As many as one organisation may use at once; the rest waits for its turn.
        expect((await series("bridge_database_connections"))['state="busy"']).toBeGreaterThanOrEqual(5);
        await client.query("commit");
        for (const call of calls) expect((await call).status).toBe(200);
        expect(await series("bridge_database_waiting")).toEqual({ "": 0 });
      });
    });
});
