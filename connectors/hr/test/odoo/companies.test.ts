import { createConnection, registerResourceTypes, runSync } from "@bridgekit/core/run";
import { quickRetry, readStream, shareBridge } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { GROUP, type OdooSandbox } from "../../sandbox/index.ts";
import { hr } from "../../src/index.ts";
import { multiCompanyOdoo } from "./multi-company.ts";
import { API_KEY, connectOdoo } from "./support/connect-odoo.ts";

const bridge = await shareBridge();
const { runTask } = bridge;

/** The key's user is in the first two of three companies; "third" works in the third. */
const connectToThree = () => connectOdoo({ state: multiCompanyOdoo() });
const seeAll = (odoo: OdooSandbox) => odoo.updateUser(2, { company_ids: [1, 2, 3] });

const change = (added: number[], removed: number[] = []) => ({
  department: {
    added: added.map((id) => ({ id: String(id) })),
    removed: removed.map((id) => ({ id: String(id) })),
  },
});
const departmentsOf = (odoo: OdooSandbox, userId: number) =>
  odoo
    .employees()
    .filter(({ user_id }) => user_id === userId)
    .map(({ company_id, department_id }) => [company_id, department_id]);

test("departments and employees of a company that is hidden later stay as the Bridge has them", async () => {
  const { odoo, connection } = await connectToThree();
  seeAll(odoo);
  const app = await bridge.client.createApp({ name: "HR" });
  await registerResourceTypes(bridge.client, app.id, connection.connector);
  const options = { bridge: bridge.client, appId: app.id, connection, retry: quickRetry };
  await runSync(options);

  odoo.updateUser(2, { company_ids: [1] });
  odoo.updateEmployee(2, { department_id: 3 });
  const { missing } = await runSync(options);
  expect(missing.join()).toContain("of companies to which user 2 of the API key does not belong");
  const record = (slug: string, id: string) => bridge.client.getRecord(app.id, slug, id);
  expect(await record("department", "7")).toMatchObject({ removed_at: null });
  expect(await record("account", "17")).toMatchObject({ data: { memberships: { department: [{ id: "7" }] } } });
  // Somebody whose employee is in sight is read as ever.
  expect(await record("account", "6")).toMatchObject({ data: { memberships: { department: [{ id: "3" }] } } });
});

test("only those who may have a hidden employee have unknown departments", async () => {
  const { odoo, connection } = await connectToThree();
  const unknown = async () => {
    const { records } = await readStream(connection, "account");
    return records.filter(({ unknown_refs }) => unknown_refs?.includes("department")).map(({ id }) => id);
  };
  // OdooBot, low and p6 have no employee in sight, and 17 works elsewhere.
  expect(await unknown()).toEqual(["1", "5", "12", "17"]);
  seeAll(odoo);
  expect(await unknown()).toEqual([]);
});

test("a key that counts no companies notices by the users that some are hidden, and then knows of nobody", async () => {
  const { odoo } = await connectOdoo({ state: multiCompanyOdoo(), readOnlyApiKey: "low-key" });
  const config = { url: "http://odoo.example.com", apiKey: "low-key" };
  const connection = await createConnection(hr({ system: "odoo" }), config, { fetch: odoo.fetch, retry: quickRetry });
  const { missing } = await readStream(connection, "department");
  expect(missing).toEqual([expect.stringContaining("to which user 5 of the API key does not belong")]);
  const { records } = await readStream(connection, "account");
  expect(records.every(({ unknown_refs }) => unknown_refs?.includes("department"))).toBe(true);
});

test("nobody is hired who may have a hidden employee", async () => {
  const { odoo, connection } = await connectToThree();
  const task = () => runTask(connection, "update_account", { account: { id: "17" }, changes: change([2]) });
  expect((await task()).error).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("may have one that is hidden"),
  });
  expect(departmentsOf(odoo, 17)).toEqual([[3, 7]]);
});

test("a user that is created is hired into the company of the department, hidden companies or not", async () => {
  const { odoo, connection } = await connectToThree();
  const payload = { account: { id: "x", email: "new@example.com" }, memberships: { department: [{ id: "6" }] } };
  const { result, status } = await runTask(connection, "create_account", payload);
  expect(status).toBe("completed");
  expect(departmentsOf(odoo, Number(result!.account!.id))).toEqual([[2, 6]]);
});

test("a user with employees in two companies is moved in the company of the department", async () => {
  const { odoo, connection } = await connectToThree();
  const update = (changes: ReturnType<typeof change>) =>
    runTask(connection, "update_account", { account: { id: "16" }, changes });
  expect(await update(change([3], [2]))).toMatchObject({ status: "completed" });
  expect(departmentsOf(odoo, 16)).toEqual([
    [1, 3],
    [2, 6],
  ]);

  const other = odoo.addDepartment({ name: "Second Sales", companyId: 2 });
  expect(await update(change([other], [6]))).toMatchObject({ status: "completed" });
  expect(departmentsOf(odoo, 16)).toEqual([
    [1, 3],
    [2, other],
  ]);

  // A department of all companies goes to the employee who loses another.
  const shared = odoo.addDepartment({ name: "Board", companyId: false });
  expect(await update(change([shared], [other]))).toMatchObject({ status: "completed" });
  expect(departmentsOf(odoo, 16)).toEqual([
    [1, 3],
    [2, shared],
  ]);
});

test("a user without an employee in the company of the department is hired there", async () => {
  const { odoo, connection } = await connectToThree();
  seeAll(odoo);
  const task = { account: { id: "6" }, changes: change([6]) };
  expect(await runTask(connection, "update_account", task)).toMatchObject({ status: "completed" });
  expect(departmentsOf(odoo, 6)).toEqual([
    [1, 2],
    [2, 6],
  ]);
});

test("a user whose employee is hidden can't be deleted, and the failure says so", async () => {
  const { odoo, connection } = await connectToThree();
  const outcome = await runTask(connection, "delete_account", { account: { id: "17" } });
  expect(outcome.error?.message).toContain("The employee is in a company that the API key's user does not see");
  expect(odoo.users().some(({ id }) => id === 17)).toBe(true);
});

test("check asks for the right to contacts, all companies and a key that lasts, and is content with a key that has them", async () => {
  const now = Date.now();
  const failing = async (options: object, edit: (odoo: OdooSandbox) => void) => {
    const { odoo, connection } = await connectOdoo({ state: multiCompanyOdoo(), ...options });
    edit(odoo);
    const results = await connection.check();
    return results.filter(({ isOk }) => !isOk).map(({ name, message }) => `${name}: ${message}`);
  };
  expect(await failing({ apiKeyEndsAt: new Date(now + 60 * 86_400_000) }, seeAll)).toEqual([]);
  const poor = await failing({ apiKeyEndsAt: new Date(now + 3.5 * 86_400_000) }, (odoo) =>
    odoo.updateUser(2, { group_ids: [GROUP.accessRights, GROUP.employeeOfficer] }),
  );
  expect(poor).toEqual([
    expect.stringMatching(
      /^expiry of the API key: the API key of user 2 expires in 3 days, on \d{4}-\d\d-\d\d; create a new one/,
    ),
    'create res.partner: needed for create_account; give user 2 the group "Contact / Creation"',
    'write res.partner: needed for delete_account, reset_password; give user 2 the group "Contact / Creation"',
    expect.stringContaining(
      "companies: Odoo at http://odoo.example.com hides the departments and employees of companies",
    ),
  ]);
});

test("a sync warns before the key ends, and runs", async () => {
  const warnings: string[] = [];
  const ignore = () => {};
  const logger = { debug: ignore, info: ignore, error: ignore, warn: (_: object, text: string) => warnings.push(text) };
  const { odoo } = await connectOdoo({ apiKeyEndsAt: new Date(Date.now() + 5.5 * 86_400_000) });
  const config = { url: "http://odoo.example.com", apiKey: API_KEY };
  const connection = await createConnection(hr({ system: "odoo" }), config, { fetch: odoo.fetch, logger });
  const { missing } = await readStream(connection, "account");
  expect({ missing, warnings }).toEqual({ missing: [], warnings: [expect.stringContaining("expires in 5 days")] });
});

test("a field of an unexpected kind costs neither its account nor the others", async () => {
  const { odoo, connection } = await connectOdoo();
  const whole = await readStream(connection, "account");
  const { id } = odoo.internalUsers().find((user) => odoo.employees().some(({ user_id }) => user_id === user.id))!;
  const odd = await connectOdoo({ state: odoo.snapshot() }, {}, (rows) =>
    rows.map((row) => (row.id === id && "group_ids" in row ? { ...row, email: 5, group_ids: "none" } : row)),
  );
  const { records, missing } = await readStream(odd.connection, "account");
  expect(missing).toEqual([`email of user ${id} is a number where a text is expected`]);
  const account = records.find((record) => record.id === String(id));
  expect(account).toMatchObject({ unknown_refs: ["access_group"], memberships: { access_group: [] } });
  expect(account).not.toHaveProperty("email");
  const others = (all: any[]) => all.filter((record) => record.id !== String(id));
  expect(others(records)).toEqual(others(whole.records));
});
