import { registerResourceTypes, runSync } from "@bridgekit/core/run";
import { startBridge, type TestBridge } from "@bridgekit/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readStream } from "@bridgekit/testing";
import { connectOdoo } from "./support/connect-odoo.ts";

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await startBridge();
});
afterAll(() => bridge[Symbol.asyncDispose]());

async function countLive(appId: string): Promise<number> {
  let live = 0;
  for await (const { removed_at } of bridge.client.listRecords(appId, "account")) if (removed_at === null) live++;
  return live;
}

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
  // Who am I, with which companies of how many, users elsewhere, and the keys; then a page of users and its employees for each thousand, the empty page that ends the list, and the count
  // that proves it.
  const pages = Math.ceil(records.length / 1000);
  expect(odoo.requestCount()).toBe(5 + 2 * pages + 1 + 1);
});

const listOf = { account: "res.users", department: "hr.department", access_group: "res.groups" };
const everyList = Object.entries(listOf).map(([slug, model]) => ({ slug, model }));

test.each(everyList)("an empty page of $model that contradicts Odoo's count is read again", async ({ slug, model }) => {
  const { odoo, connection } = await connectOdoo();
  const whole = await readStream(connection, slug);
  const before = odoo.requestCount(model, "search_read");
  odoo.fault((call) =>
    call.model === model && call.method === "search_read" && call.count <= before + 2 ? { kind: "empty" } : undefined,
  );
  expect(await readStream(connection, slug)).toEqual(whole);
});

test.each(everyList)("a list of $model that stays empty before its end is an error", async ({ slug, model }) => {
  const { odoo, connection } = await connectOdoo();
  const { records } = await readStream(connection, slug);
  const before = odoo.requestCount(model, "search_count");
  odoo.fault(({ model: called, method }) =>
    called === model && method === "search_read" ? { kind: "empty" } : undefined,
  );
  await expect(readStream(connection, slug)).rejects.toThrow(
    `ended the list of ${model} before its end: after id 0, ${records.length} rows remain unread`,
  );
  // Of users, those in other companies are counted first.
  expect(odoo.requestCount(model, "search_count")).toBe(before + (slug === "account" ? 1 : 0) + 3);
});

test("an empty second page abandons the session and removes nobody", async () => {
  const { odoo, connection } = await connectOdoo({ seed: { employees: 1_100 } });
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const options = { bridge: bridge.client, appId: app.id, connection, retry: quick };
  const { pushed } = await runSync(options);
  const unread = pushed["account"]! - 1000;
  expect(unread).toBeGreaterThan(0);

  const first = odoo.requestCount("res.users", "search_read") + 1;
  odoo.fault(({ model, method, count }) =>
    model === "res.users" && method === "search_read" && count > first ? { kind: "empty" } : undefined,
  );
  await expect(runSync(options)).rejects.toThrow(
    new RegExp(`ended the list of res.users before its end: after id \\d+, ${unread} rows remain unread`),
  );
  expect(await countLive(app.id)).toBe(pushed["account"]);
});

test("a user created during the check of the end of the list is read", async () => {
  const { odoo, connection } = await connectOdoo();
  let created = 0;
  odoo.fault(({ model, method }) => {
    if (model === "res.users" && method === "search_count" && created === 0)
      created = odoo.addUser({ login: "late", name: "Late" });
    return undefined;
  });
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records.at(-1)).toMatchObject({ id: String(created), username: "late" });
});

test("a user who is deleted during the read is no contradiction", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = odoo.internalUsers().at(-1)!;
  odoo.fault(({ model }) => {
    // Between the page of users and its end.
    if (model === "hr.employee" && odoo.users().some((user) => user.id === id)) odoo.removeUser(id);
    return undefined;
  });
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(odoo.internalUsers().length + 1);
});

test("employees that Odoo counts but does not list are an error, not accounts without departments", async () => {
  const { odoo, connection } = await connectOdoo();
  const whole = await readStream(connection, "account");
  const first = odoo.requestCount("hr.employee", "search_read") + 1;
  let isOnce = true;
  odoo.fault(({ model, method, count }) =>
    model === "hr.employee" && method === "search_read" && (count === first || !isOnce) ? { kind: "empty" } : undefined,
  );
  expect(await readStream(connection, "account")).toEqual(whole);
  isOnce = false;
  await expect(readStream(connection, "account")).rejects.toThrow("ended the list of hr.employee before its end");
});

test("users hidden from list and count are reported as missing: the run ends as a delta", async () => {
  const { odoo, connection } = await connectOdoo({ seed: { employees: 50 } });
  odoo.fault(({ model, method }) =>
    model === "res.users" && method.startsWith("search_") ? { kind: "empty", isCountZero: true } : undefined,
  );
  const { missing } = await readStream(connection, "account");
  expect(missing).toEqual([expect.stringContaining("lacks user 2")]);
});

test.each([
  { kind: "login-page" as const, says: "returned no JSON to POST /json/2/hr.employee/search_read but text/html" },
  { kind: "truncate" as const, says: "returned incomplete or broken JSON of" },
  { kind: "reset" as const, says: "could not be reached for POST /json/2/hr.employee/search_read" },
])("fault $kind of Odoo abandons the session, removes nobody and is named", async ({ kind, says }) => {
  const { odoo, connection } = await connectOdoo({}, {});
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const options = { bridge: bridge.client, appId: app.id, connection, retry: quick };
  const { pushed } = await runSync(options);

  odoo.removeUser(12);
  odoo.fault(({ model }) => (model === "hr.employee" ? { kind } : undefined));
  await expect(runSync(options)).rejects.toThrow(`Odoo at http://odoo.example.com ${says}`);
  expect(await countLive(app.id)).toBe(pushed["account"]);
});

test("a user deleted upstream becomes inactive", async () => {
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
