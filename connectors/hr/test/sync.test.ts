import { registerResourceTypes, runSync } from "@bridgekit/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectOdoo, readStream } from "./support/connect-odoo.ts";
import { startBridge, type TestBridge } from "./support/start-bridge.ts";

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

const quick = { retries: 1, minDelaySeconds: 0.001 };

test("accounts are the internal users, archived ones as suspended, with department and access groups", async () => {
  const { odoo, connection } = await connectOdoo();
  const { records, missing } = await readStream(connection, "account");
  const internal = odoo.internalUsers();
  expect(missing).toEqual([]);
  expect(records.map(({ id }) => id)).toEqual(
    internal.map((user) => String(user.id)).sort((a, b) => Number(a) - Number(b)),
  );

  const archived = internal.find((user) => !user.active && user.id > 10)!;
  expect(records.find(({ id }) => id === String(archived.id))).toMatchObject({
    status: "suspended",
    username: archived.login,
  });

  const employee = odoo.employees().find(({ user_id, department_id }) => user_id !== false && department_id !== false)!;
  const account = records.find(({ id }) => id === String(employee.user_id));
  const user = internal.find(({ id }) => id === employee.user_id)!;
  expect(account.memberships.department).toMatchObject([{ id: String(employee.department_id) }]);
  expect(account.memberships.access_group).toEqual(
    user.group_ids.toSorted((a, b) => a - b).map((id) => ({ id: String(id) })),
  );
});

test("a user without an email is an account with a username only", async () => {
  const { odoo, connection } = await connectOdoo();
  const silent = odoo.internalUsers().find((user) => user.email === false)!;
  const { records } = await readStream(connection, "account");
  const account = records.find(({ id }) => id === String(silent.id));
  expect(account.username).toBe(silent.login);
  expect(account).not.toHaveProperty("email");
});

test("departments and access groups carry their full names", async () => {
  const { odoo, connection } = await connectOdoo();
  const departments = await readStream(connection, "department");
  expect(departments.records).toHaveLength(odoo.departments().length);
  const groups = await readStream(connection, "access_group");
  expect(groups.records.map(({ name }) => name)).toContain("Role / User");
});

test("10,000 employees are read with no call per employee", async () => {
  const { odoo, connection } = await connectOdoo({ seed: { employees: 10_000 } });
  const { records } = await readStream(connection, "account");
  expect(records.length).toBeGreaterThan(9_000);
  // Who am I, a page of users and its employees for each thousand, and the empty page that ends the list.
  expect(odoo.requestCount()).toBeLessThanOrEqual(2 + 2 * 11);
});

test("a page that comes back empty in the middle is not the end: the run ends as a delta", async () => {
  const { odoo, connection } = await connectOdoo({ seed: { employees: 50 } });
  odoo.fault(({ model, method }) =>
    model === "res.users" && method === "search_read" ? { kind: "empty" } : undefined,
  );
  const { missing } = await readStream(connection, "account");
  expect(missing).toEqual([expect.stringContaining("lacks user 2")]);
});

test.each([
  { kind: "html" as const, says: "answered POST /json/2/hr.employee/search_read with text/html" },
  { kind: "cut" as const, says: "answered POST /json/2/hr.employee/search_read with JSON that is cut off" },
  { kind: "drop" as const, says: "could not be reached for POST /json/2/hr.employee/search_read" },
])("an Odoo that answers with fault $kind ends in abandon, removes nobody and is named", async ({ kind, says }) => {
  const { odoo, connection } = await connectOdoo({}, {});
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const options = { bridge: bridge.client, appId: app.id, connection, retry: quick };
  const { pushed } = await runSync(options);

  odoo.removeUser(12);
  odoo.fault(({ model }) => (model === "hr.employee" ? { kind } : undefined));
  await expect(runSync(options)).rejects.toThrow(`Odoo at http://odoo.example.com ${says}`);
  let live = 0;
  for await (const { removed_at } of bridge.client.listRecords(app.id, "account")) if (removed_at === null) live++;
  expect(live).toBe(pushed["account"]);
});

test("a leaver who disappears upstream becomes inactive", async () => {
  const { odoo, connection } = await connectOdoo();
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const options = { bridge: bridge.client, appId: app.id, connection };
  await runSync(options);
  odoo.removeUser(12);
  const { progress } = await runSync(options);
  expect(progress.find(({ slug }) => slug === "account")).toMatchObject({ removed: 1, created: 0 });
  expect((await bridge.client.getRecord(app.id, "account", "12")).status).toBe("inactive");
});
