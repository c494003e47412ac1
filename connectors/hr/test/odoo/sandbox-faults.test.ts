import { describe, expect, test } from "vitest";
import type { Fault } from "../../sandbox/index.ts";
import { openSandbox } from "./call-odoo.ts";

/** A sandbox whose first write goes wrong, and a write to try it with. */
function failing(fault: Fault) {
  const { sandbox, call } = openSandbox();
  const clear = sandbox.fault(({ method, count }) => (method === "write" && count === 1 ? fault : undefined));
  const archive = () => call("res.users/write", { ids: [3], vals: { active: false } });
  const isArchived = () => sandbox.users().find((user) => user.id === 3)?.active === false;
  return { sandbox, call, clear, archive, isArchived };
}

describe("faults", () => {
  test("an error before the call changes nothing, one after it does", async () => {
    const before = failing({ kind: "status", status: 503, retryAfterSeconds: 1 });
    expect([(await before.archive()).status, before.isArchived()]).toEqual([503, false]);
    expect([(await before.archive()).status, before.isArchived()]).toEqual([200, true]);
    const after = failing({ kind: "status", status: 500, isAfterEffect: true });
    expect([(await after.archive()).status, after.isArchived()]).toEqual([500, true]);
  });

  test("a dropped connection rejects like fetch does", async () => {
    const before = failing({ kind: "reset" });
    await expect(before.archive()).rejects.toThrow(TypeError);
    expect(before.isArchived()).toBe(false);
    expect(before.sandbox.requests.at(-1)).toMatchObject({ path: "/json/2/res.users/write", status: 0 });
    const after = failing({ kind: "reset", isAfterEffect: true });
    await expect(after.archive()).rejects.toThrow("fetch failed");
    expect(after.isArchived()).toBe(true);
  });

  test("bodies can be a login page, truncated, empty or late", async () => {
    const { sandbox, call } = openSandbox();
    const kinds: Fault[] = [
      { kind: "login-page" },
      { kind: "truncate" },
      { kind: "empty" },
      { kind: "delay", milliseconds: 5 },
    ];
    const clear = sandbox.fault(({ count }) => kinds[count - 1]);
    const read = () => call("res.groups/search_read", { fields: ["name"] });
    expect((await read()).body).toContain("<title>Login");
    await expect(read()).rejects.toThrow(SyntaxError);
    expect(await read()).toEqual({ status: 200, body: [] });
    expect((await read()).body).toHaveLength(30);
    clear();
  });

  test("withheld rows are still counted, unless the count is set to zero", async () => {
    const { sandbox, call } = openSandbox();
    const count = async () => (await call("res.groups/search_count", { domain: [] })).body;
    const clear = sandbox.fault(() => ({ kind: "empty" }));
    expect(await count()).toBe(30);
    clear();
    sandbox.fault(() => ({ kind: "empty", isCountZero: true }));
    expect(await count()).toBe(0);
  });

  test("an aborted wait ends at once", async () => {
    const { sandbox } = openSandbox();
    sandbox.fault(() => ({ kind: "delay", milliseconds: 60_000 }));
    const signal = AbortSignal.timeout(20);
    const url = "http://odoo/json/2/res.users/context_get";
    await expect(sandbox.fetch(url, { method: "POST", signal })).rejects.toThrow("timeout");
  });

  test("a port serves the same Odoo, including broken connections", async () => {
    const { sandbox } = openSandbox();
    const server = await sandbox.listen();
    const call = () =>
      fetch(`${server.url}/json/2/res.users/context_get`, {
        method: "POST",
        headers: { authorization: "bearer admin-key" },
      });
    try {
      expect(await (await call()).json()).toMatchObject({ uid: 2 });
      const clear = sandbox.fault(() => ({ kind: "reset" }));
      await expect(call()).rejects.toThrow("fetch failed");
      clear();
      expect((await call()).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});
