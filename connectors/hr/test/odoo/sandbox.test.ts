import { describe, expect, test } from "vitest";
import { BASE_GROUPS, GROUP, seedOdoo } from "../../sandbox/index.ts";
import { openSandbox, openWithUser } from "./call-odoo.ts";
import { rowsOf } from "./recorded-odoo.ts";

const ALL = { active_test: false };

describe("reading", () => {
  test("pages by id add up to the count, without overlap", async () => {
    const { call } = openSandbox({ seed: { employees: 100 } });
    const domain = [["share", "=", false]];
    const seen: number[] = [];
    for (let last = 0; ; last = seen.at(-1)!) {
      const { body } = await call("res.users/search_read", {
        domain: [...domain, ["id", ">", last]],
        fields: ["login"],
        order: "id",
        limit: 7,
        context: ALL,
      });
      if (body.length === 0) break;
      seen.push(...body.map((row: { id: number }) => row.id));
    }
    const { body: count } = await call("res.users/search_count", { domain, context: ALL });
    expect(new Set(seen).size).toBe(count);
    expect(seen).toEqual([...seen].sort((left, right) => left - right));
  });

  test("pages by offset have one order", async () => {
    const { call } = openSandbox();
    const ids = async (offset: number, limit?: number) =>
      (await call("hr.employee/search", { domain: [], order: "name desc,id", offset, limit, context: ALL })).body;
    expect([...(await ids(0, 10)), ...(await ids(10, 10)), ...(await ids(20))]).toEqual(await ids(0));
  });

  test("archived records are hidden unless the context or the domain includes them", async () => {
    const { sandbox, call, id } = await openWithUser();
    sandbox.archiveUser(id);
    const find = async (domain: unknown[], context = {}) =>
      (await call("res.users/search", { domain: [["id", "=", id], ...domain], context })).body;
    expect(await find([])).toEqual([]);
    expect(await find([], ALL)).toEqual([id]);
    expect(await find([["active", "=", false]])).toEqual([id]);
    expect((await call("res.users/read", { ids: [id], fields: ["active"] })).body).toEqual([{ id, active: false }]);
  });

  test("domains support prefix operators, lists, texts and empty values", async () => {
    const { call, id } = await openWithUser();
    const logins = async (domain: unknown[]) =>
      (await call("res.users/search_read", { domain, fields: ["login"], order: "id" })).body.map(
        (row: { login: string }) => row.login,
      );
    expect(await logins(["|", ["login", "=", "pat"], ["login", "=", "admin"]])).toEqual(["admin", "pat"]);
    expect(await logins(["&", ["id", ">=", id], "!", ["login", "!=", "pat"]])).toEqual(["pat"]);
    expect(await logins([["email", "=ilike", "PAT@example.com"]])).toEqual(["pat"]);
    expect(await logins([["email", "=", false]])).toContain("low");
    expect(await logins([["all_group_ids", "in", [GROUP.administrator]]])).toEqual(["admin"]);
    expect(await logins([["share", "=", true]])).toEqual(["portal"]);
    expect(await logins([["id", "in", [id, 99_999]]])).toEqual(["pat"]);
  });

  test("employees are found by their users, also those without one", async () => {
    const { call } = openSandbox({ seed: { employees: 40 } });
    const { body: all } = await call("hr.employee/search_read", { fields: ["user_id"], context: ALL });
    const userIds = all.flatMap((row: { user_id: [number] | false }) => (row.user_id ? [row.user_id[0]] : []));
    const count = async (domain: unknown[]) => (await call("hr.employee/search_count", { domain, context: ALL })).body;
    expect(await count([["user_id", "in", userIds]])).toBe(userIds.length);
    expect(await count([["user_id", "=", false]])).toBe(40 - userIds.length);
  });

  test("a user shows no archived employee unless the context includes it", async () => {
    const { sandbox, call, id } = await openWithUser();
    const { body } = await call("hr.employee/create", { vals_list: [{ user_id: id, department_id: 2 }] });
    sandbox.updateEmployee(body[0], { active: false });
    const employee = async (context: object) =>
      (await call("res.users/read", { ids: [id], fields: ["employee_id"], context })).body[0].employee_id;
    expect(await employee({})).toBe(false);
    expect(await employee(ALL)).toEqual([body[0], "Pat Roe"]);
  });

  test("a field that does not exist is an error, not an empty value", async () => {
    const { call } = openSandbox();
    for (const named of [{ fields: ["groups_id"] }, { domain: [["groups_id", "=", 1]] }, { order: "groups_id" }]) {
      const { status, body } = await call("res.users/search_read", named);
      expect([status, body.name]).toEqual([500, "builtins.ValueError"]);
      expect(body.debug).toContain("Traceback");
    }
  });
});

describe("access", () => {
  test("has_access matches what a key may do", async () => {
    const { call } = openSandbox();
    const may = async (model: string, operation: string, key: string) =>
      (await call(`${model}/has_access`, { operation }, key)).body;
    expect(await may("res.users", "write", "admin-key")).toBe(true);
    expect(await may("res.users", "read", "low-key")).toBe(true);
    expect(await may("res.users", "write", "low-key")).toBe(false);
    expect(await may("hr.employee", "read", "low-key")).toBe(false);
    for (const path of ["hr.employee/search_read", "res.users/unlink"]) {
      const fields = path.endsWith("search_read") ? { fields: ["departure_date"] } : {};
      const response = await call(path, fields, "low-key");
      expect(response).toMatchObject({ status: 403, body: { name: "odoo.exceptions.AccessError" } });
    }
  });

  test("no key, a wrong key and the key of an archived user are refused", async () => {
    const { sandbox, call } = openSandbox();
    const anonymous = await sandbox.fetch("http://odoo/json/2/res.users/context_get", { method: "POST" });
    expect(anonymous.status).toBe(401);
    expect((await call("res.users/context_get", {}, "low-key")).body.uid).toBe(3);
    sandbox.archiveUser(3);
    expect((await call("res.users/context_get", {}, "low-key")).status).toBe(401);
  });

  test("another database, another content type and an incomplete call are refused as by Odoo", async () => {
    const { sandbox, call } = openSandbox({ database: "production" });
    const post = (headers: Record<string, string>, body = "{}") =>
      sandbox.fetch("http://odoo/json/2/res.users/context_get", {
        method: "POST",
        headers: { authorization: "bearer admin-key", "content-type": "application/json", ...headers },
        body,
      });
    expect((await post({ "x-odoo-database": "production" })).status).toBe(200);
    const other = await post({ "x-odoo-database": "staging" });
    expect([other.status, other.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect((await post({ "content-type": "text/plain" })).status).toBe(415);
    expect((await post({}, "{")).status).toBe(400);

    const message = async (path: string, named: object) => (await call(path, { ...named })).body.message;
    expect(await message("res.users/search_read", { ids: [1] })).toBe("cannot call res.users.search_read with ids");
    expect(await message("res.users/unlink", { ids: [5], force: true })).toContain(
      "unexpected keyword argument 'force'",
    );
    expect(await message("res.users/conjure", {})).toBe("The method 'res.users.conjure' does not exist");
    expect((await call("res.users/_write", {})).status).toBe(403);
  });
});

describe("state", () => {
  test("a restored snapshot continues exactly where it was taken", async () => {
    const { sandbox, call, id } = await openWithUser();
    await call("res.users/unlink", { ids: [id] });
    sandbox.protectUser(10);
    const state = JSON.parse(JSON.stringify(sandbox.snapshot()));
    const { sandbox: restored, call: callRestored } = openSandbox({ state });
    expect(restored.snapshot()).toEqual(sandbox.snapshot());

    const next = await callRestored("res.users/create", { vals_list: [{ login: "new", name: "New" }] });
    expect(next.body).toEqual([id + 1]);
    expect(restored.snapshot()).not.toEqual(state);
    expect(sandbox.snapshot()).toEqual(state);
  });

  test("the log counts every call and contains no key", async () => {
    const { sandbox, call } = openSandbox();
    await call("res.users/context_get");
    await call("res.users/context_get", {}, "wrong-key");
    await call("hr.employee/search_count", { domain: [] });
    expect(sandbox.requests.map((request) => request.status)).toEqual([200, 401, 200]);
    expect([sandbox.requestCount(), sandbox.requestCount("res.users", "context_get")]).toEqual([3, 2]);
    expect(JSON.stringify(sandbox.requests)).not.toContain("key");
  });

  test("edits in Odoo's own screens show up in the next call", async () => {
    const { sandbox, call } = openSandbox();
    const id = sandbox.addUser({ login: "zoe", name: "Zoe", email: "zoe@example.com", departmentId: 2 });
    const read = async () => (await call("res.users/read", { ids: [id], fields: ["employee_id"] })).body;
    expect((await read())[0].employee_id[1]).toBe("Zoe");
    sandbox.removeUser(id);
    expect(await read()).toEqual([]);
    expect(() => sandbox.removeUser(id)).toThrow(RangeError);
  });

  test("the built-in groups are the recorded ones", () => {
    const { sandbox } = openSandbox();
    const shown = rowsOf("list-groups").map(({ id, name, comment, implied_ids }) => ({
      id,
      name,
      comment,
      implied_ids,
    }));
    expect(BASE_GROUPS.map(({ id, name, comment, implied_ids }) => ({ id, name, comment, implied_ids }))).toEqual(
      shown,
    );
    expect(sandbox.groups()).toHaveLength(30);
  });
});

describe("seeding", () => {
  test("the same options generate the same company, another region another one", () => {
    const options = { employees: 200, region: "EU", departments: 20 };
    expect(seedOdoo(options)).toEqual(seedOdoo(options));
    expect(seedOdoo({ ...options, region: "US" }).employees).not.toEqual(seedOdoo(options).employees);
  });

  test("a company has all the cases that are difficult for a connector", () => {
    const { users, employees } = seedOdoo({ employees: 200, region: "eu" });
    const linked = new Set(employees.map((employee) => employee.user_id));
    expect(users.some((user) => user.id > 4 && !user.active)).toBe(true);
    expect(users.some((user) => user.id > 4 && !linked.has(user.id))).toBe(true);
    expect(employees.some((employee) => employee.user_id === false)).toBe(true);
    expect(users.some((user) => user.id > 4 && user.email === false)).toBe(true);
    expect(users.slice(0, 2).map((user) => user.login)).toEqual(["__system__", "admin"]);
    expect(new Set(users.map((user) => user.login)).size).toBe(users.length);
    expect(users.every((user) => !user.email || user.email.endsWith("example.com"))).toBe(true);
  });
});
