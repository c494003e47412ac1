import { describe, expect, test } from "vitest";
import { createOdooSandbox, GROUP, type Fault, type OdooSandbox } from "../../sandbox/index.ts";
import { callAs } from "./call-odoo.ts";
import { exchanges, multiCompanyOdoo, type Exchange } from "./multi-company.ts";

const open = (options = {}) =>
  createOdooSandbox({ state: multiCompanyOdoo(), apiKey: "admin", readOnlyApiKey: "low", ...options });

/** What stands for any request needs more than the request to come about. */
const arranged: Record<string, (exchange: Exchange) => OdooSandbox> = {
  "psycopg2.InterfaceError": () => failing({ kind: "database-restarted", error: "InterfaceError" }),
  "psycopg2.OperationalError": () => failing({ kind: "database-restarted", error: "OperationalError" }),
  "database server down": () => failing({ kind: "database-down" }),
  "without Contact / Creation": () => {
    const sandbox = open();
    sandbox.updateUser(2, { group_ids: [GROUP.accessRights, GROUP.employeeOfficer] });
    return sandbox;
  },
};

function failing(fault: Fault): OdooSandbox {
  const sandbox = open();
  sandbox.fault(() => fault);
  return sandbox;
}

describe("the sandbox responds like the recorded Odoo 19 of three companies", () => {
  const shared = open();

  // In the recorded order: later requests depend on what earlier ones did.
  test.each(exchanges)("$label", async (exchange) => {
    const { label, request, response: recorded } = exchange;
    const arrange = Object.entries(arranged).find(([part]) => label.includes(part))?.[1];
    const { status, type, body } = await callAs(arrange?.(exchange) ?? shared, request.key ?? "admin", request);
    expect({ status, type, body }).toEqual({ status: recorded.status, type: recorded.type, body: recorded.body });
  });
});

test("an unknown database is what a database server that is down is", async () => {
  const down = exchanges.find(({ label }) => label.startsWith("database server down"))!.response;
  const sandbox = open({ database: "production" });
  const request = { path: "/json/2/res.users/context_get", headers: { "x-odoo-database": "staging" } };
  expect(await callAs(sandbox, "admin", request)).toMatchObject({ status: 404, type: down.type, body: down.body });
});

test("without Contact Creation a user can neither be deleted nor have the password reset, though has_access says so", async () => {
  const sandbox = arranged["without Contact / Creation"]!(exchanges[0]!);
  const call = async (path: string, body: object) =>
    (await callAs(sandbox, "admin", { path: `/json/2/${path}`, body })).body;
  expect(await call("res.users/has_access", { operation: "create" })).toBe(true);
  expect(await call("res.partner/has_access", { operation: "create" })).toBe(false);
  for (const method of ["unlink", "action_reset_password"])
    expect(await call(`res.users/${method}`, { ids: [12] })).toMatchObject({
      name: "odoo.exceptions.AccessError",
      message: expect.stringContaining("You are not allowed to modify 'Contact' (res.partner) records."),
    });
});

test("a user with Access Rights counts all companies, other users their own", async () => {
  const sandbox = open();
  const count = async (key: string) =>
    (await callAs(sandbox, key, { path: "/json/2/res.company/search_count", body: { domain: [] } })).body;
  expect([await count("admin"), await count("low")]).toEqual([3, 1]);
});

test("an expired key is refused like a wrong one", async () => {
  const sandbox = open({ apiKeyEndsAt: new Date("2026-01-01T00:00:00Z"), now: () => new Date("2026-01-02T00:00:00Z") });
  expect(await callAs(sandbox, "admin", { path: "/json/2/res.users/context_get" })).toMatchObject({ status: 401 });
});

test("what Odoo has but the stand-in does not model is reported as not offered", async () => {
  const sandbox = open();
  for (const path of ["hr.job/search_read", "res.users/copy", "res.partner/search_read"])
    expect(await callAs(sandbox, "admin", { path: `/json/2/${path}`, body: { ids: [2] } })).toMatchObject({
      status: 501,
      body: { message: expect.stringContaining("is not offered by this stand-in") },
    });
});
