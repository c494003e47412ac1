import type { TaskAction, TaskPayload } from "@bridgekit/client";
import { expect, test } from "vitest";
import { readStream, shareBridge } from "@bridgekit/testing";
import { API_KEY, connectOdoo } from "./support/connect-odoo.ts";
import { GROUP } from "../../sandbox/index.ts";

const { runTask } = await shareBridge();

/** An ordinary person of the seed. */
function someone(odoo: { users(): { id: number; active: boolean; login: string; name: string }[] }) {
  return odoo.users().find(({ id, active }) => active && id >= 10)!;
}

test("create_account creates the user with memberships and returns the real id", async () => {
  const { odoo, connection } = await connectOdoo();
  const outcome = await runTask(connection, "create_account", {
    account: { id: "wish", email: "pat@example.com", first_name: "Pat", last_name: "Roe" },
    memberships: { access_group: [{ id: String(GROUP.administrator) }], department: [{ id: "1" }] },
  });
  expect(outcome).toMatchObject({ status: "completed" });
  const user = odoo.users().find(({ login }) => login === "pat@example.com")!;
  expect(outcome.result?.account?.id).toBe(String(user.id));
  expect(user).toMatchObject({ name: "Pat Roe", active: true });
  expect(user.group_ids).toContain(GROUP.administrator);
  expect(odoo.employees().find(({ user_id }) => user_id === user.id)).toMatchObject({ department_id: 1 });
  expect(odoo.mails("pat@example.com").invitation).toBe(0);
});

test.each([
  { username: "", email: "pat@example.com" },
  { email: "pat@example.com", display_name: " " },
])("create_account takes an empty text for none: %j", async (account) => {
  const { odoo, connection } = await connectOdoo();
  const outcome = await runTask(connection, "create_account", { account: { id: "x", ...account } });
  expect(outcome.status).toBe("completed");
  expect(odoo.users().at(-1)).toMatchObject({ login: "pat@example.com", name: "pat@example.com" });
});

test.each(["", "null", "{}"])("create_account with the response %j finds the user and completes", async (body) => {
  const { odoo, connection } = await connectOdoo();
  odoo.fault(({ model, method }) =>
    model === "res.users" && method === "create"
      ? { kind: "response", status: 200, body, headers: { "content-type": "application/json" }, isAfterEffect: true }
      : undefined,
  );
  const outcome = await runTask(connection, "create_account", { account: { id: "x", email: "pat@example.com" } });
  expect(outcome).toMatchObject({ status: "completed", result: { account: { id: String(odoo.users().at(-1)!.id) } } });
});

test("reset_password without a notification of a mail fails, since it is unknown whether one was sent", async () => {
  const { odoo, connection } = await connectOdoo();
  odoo.fault(({ method }) =>
    method === "action_reset_password" ? { kind: "response", status: 200, body: {} } : undefined,
  );
  const outcome = await runTask(connection, "reset_password", { account: { id: String(someone(odoo).id) } });
  expect(outcome.error?.message).toContain("with no notice of a mail");
});

test("create_account with a login in use fails with ACCOUNT_ALREADY_EXISTS, also if that user is archived", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id, login } = someone(odoo);
  odoo.archiveUser(id);
  const outcome = await runTask(connection, "create_account", { account: { id: "x", username: login } });
  expect(outcome.error).toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: expect.stringContaining(`already: ${id}`),
  });
});

test.each(["Pat.Roe@Example.com", " pat.roe@example.com "])(
  "create_account for the existing login %j creates no second user",
  async (login) => {
    const { odoo, connection } = await connectOdoo();
    const id = odoo.addUser({ login, name: "Pat Roe" });
    // What the search finds besides is somebody else.
    odoo.addUser({ login: "patXroe@example.com", name: "Other" });
    const outcome = await runTask(connection, "create_account", { account: { id: "x", email: "pat.roe@example.com" } });
    expect(outcome.error).toMatchObject({
      code: "ACCOUNT_ALREADY_EXISTS",
      message: expect.stringContaining(`already: ${id}`),
    });
    expect(odoo.users().filter(({ name }) => name === "Pat Roe")).toHaveLength(1);
  },
);

test("create_account distinguishes logins that match the same pattern", async () => {
  const { odoo, connection } = await connectOdoo();
  odoo.addUser({ login: "patXroe@example.com", name: "Other" });
  const outcome = await runTask(connection, "create_account", { account: { id: "x", email: "pat_roe@example.com" } });
  expect(outcome.status).toBe("completed");
  expect(odoo.users().map(({ login }) => login)).toContain("pat_roe@example.com");
});

test.each([
  {
    gives: "two departments",
    memberships: { department: [{ id: "1" }, { id: "2", name: "Sales" }] },
    says: "one department",
  },
  { gives: "a department that is gone", memberships: { department: [{ id: "999" }] }, says: "has no department 999" },
  { gives: "a group that is gone", memberships: { access_group: [{ id: "999" }] }, says: "has no access group 999" },
] as {
  gives: string;
  memberships: TaskPayload["memberships"] & object;
  says: string;
}[])("create_account that gives $gives fails before anybody is created", async ({ memberships, says }) => {
  const { odoo, connection } = await connectOdoo();
  const account = { id: "x", email: "pat@example.com" };
  const outcome = await runTask(connection, "create_account", { account, memberships });
  expect(outcome.error?.message).toContain(says);
  expect(odoo.users().some(({ login }) => login === "pat@example.com")).toBe(false);
});

test("update_account with a missing group changes nothing, including the department", async () => {
  const { odoo, connection } = await connectOdoo();
  const employee = odoo.employees().find(({ user_id, department_id }) => user_id !== false && department_id !== 3)!;
  const changes = { access_group: { added: [{ id: "999", name: "Gone" }] }, department: { added: [{ id: "3" }] } };
  const outcome = await runTask(connection, "update_account", { account: { id: String(employee.user_id) }, changes });
  expect(outcome.error?.message).toContain('has no access group "Gone" (999)');
  expect(odoo.employees().find(({ id }) => id === employee.id)).toEqual(employee);
});

test("create_account with a lost response finds the user and completes", async () => {
  const { odoo, connection } = await connectOdoo();
  odoo.fault(({ method, count }) =>
    method === "create" && count === 1 ? { kind: "reset", isAfterEffect: true } : undefined,
  );
  const outcome = await runTask(connection, "create_account", { account: { id: "x", email: "new@example.com" } });
  expect(outcome.status).toBe("completed");
  expect(odoo.users().filter(({ login }) => login === "new@example.com")).toHaveLength(1);
});

test("create_account interrupted by a crash adopts its own user, and no other", async () => {
  const { odoo, connection } = await connectOdoo();
  const payload = { account: { id: "x", email: "new@example.com" } };
  await runTask(connection, "create_account", payload);
  expect(await runTask(connection, "create_account", payload, new Date())).toMatchObject({ status: "completed" });

  const earlier = someone(odoo);
  odoo.updateUser(earlier.id, { create_date: "2020-01-01 00:00:00" });
  const other = await runTask(
    connection,
    "create_account",
    { account: { id: "y", username: earlier.login } },
    new Date(),
  );
  expect(other.error?.code).toBe("ACCOUNT_ALREADY_EXISTS");
});

test("update_account adds and removes groups and changes the department", async () => {
  const { odoo, connection } = await connectOdoo();
  const employee = odoo.employees().find(({ user_id, department_id }) => user_id !== false && department_id !== false)!;
  const userId = employee.user_id as number;
  const target = odoo.departments().find(({ id }) => id !== employee.department_id)!.id;
  const id = String(userId);
  const change = (added: number[], removed: number[]) => ({
    added: added.map((group) => ({ id: String(group) })),
    removed: removed.map((group) => ({ id: String(group) })),
  });

  const changes = { access_group: change([GROUP.administrator], []), department: change([target], []) };
  expect(await runTask(connection, "update_account", { account: { id }, changes })).toMatchObject({
    status: "completed",
  });
  expect(odoo.users().find((user) => user.id === userId)?.group_ids).toContain(GROUP.administrator);
  expect(odoo.employees().find((row) => row.id === employee.id)?.department_id).toBe(target);

  const back = { access_group: change([], [GROUP.administrator]), department: change([], [target]) };
  expect(await runTask(connection, "update_account", { account: { id }, changes: back })).toMatchObject({
    status: "completed",
  });
  expect(odoo.users().find((user) => user.id === userId)?.group_ids).not.toContain(GROUP.administrator);
  expect(odoo.employees().find((row) => row.id === employee.id)?.department_id).toBe(false);
});

/** A user with an active employee in department 2 and an archived one in department 4. */
async function connectWithTwoEmployees() {
  const { odoo, connection } = await connectOdoo();
  const userId = odoo.addUser({ login: "two", name: "Two", departmentId: 2 });
  const active = odoo.employees().find(({ user_id }) => user_id === userId)!.id;
  const archived = odoo.employees().find(({ user_id }) => user_id === false)!.id;
  odoo.updateEmployee(archived, { user_id: userId, department_id: 4, active: false });
  const change = (added: number[], removed: number[]) => {
    const toRefs = (ids: number[]) => ids.map((id) => ({ id: String(id), name: `D${id}` }));
    const changes = { department: { added: toRefs(added), removed: toRefs(removed) } };
    return runTask(connection, "update_account", { account: { id: String(userId) }, changes });
  };
  const departmentOf = (id: number) => odoo.employees().find((row) => row.id === id)!.department_id;
  const departments = () => ({ active: departmentOf(active), archived: departmentOf(archived) });
  const synced = async (): Promise<string[]> => {
    const { records } = await readStream(connection, "account");
    const { memberships } = records.find(({ id }) => id === String(userId));
    return memberships.department.map((ref: { id: string }) => ref.id).sort();
  };
  return { odoo, userId, change, departments, synced };
}

test("update_account removes a department from all employees of the user, as the sync reads them", async () => {
  const { change, departments, synced } = await connectWithTwoEmployees();
  expect(await synced()).toEqual(["2", "4"]);
  expect(await change([], [4])).toMatchObject({ status: "completed" });
  expect(departments()).toEqual({ active: 2, archived: false });
  expect(await synced()).toEqual(["2"]);
});

test("update_account moves the active employee and leaves the others unchanged", async () => {
  const { change, departments, synced } = await connectWithTwoEmployees();
  expect(await change([3], [2])).toMatchObject({ status: "completed" });
  expect(departments()).toEqual({ active: 3, archived: 4 });
  expect(await change([5], [3, 4])).toMatchObject({ status: "completed" });
  expect(departments()).toEqual({ active: 5, archived: false });
  expect(await synced()).toEqual(["5"]);
});

test("update_account fails if Odoo accepts a change of departments but does not make it", async () => {
  const { odoo, userId, change } = await connectWithTwoEmployees();
  odoo.fault(({ model, method }) => (model === "hr.employee" && method === "write" ? { kind: "empty" } : undefined));
  expect((await change([3], [4])).error).toEqual({
    code: "INTERNAL_ERROR",
    message:
      `HR system (Odoo) accepted update_account, but account ${userId} lacks department 3, still has department 4. ` +
      "Check there, and correct it by hand if it stays so.",
  });
});

test("a list of employees that is empty by mistake creates no second employee", async () => {
  const { odoo, userId, change, departments } = await connectWithTwoEmployees();
  odoo.fault(({ model, method, count }) =>
    model === "hr.employee" && method === "search_read" && count === 1 ? { kind: "empty" } : undefined,
  );
  expect(await change([3], [])).toMatchObject({ status: "completed" });
  expect(departments()).toEqual({ active: 3, archived: 4 });
  expect(odoo.employees().filter(({ user_id }) => user_id === userId)).toHaveLength(2);
});

test("update_account swaps user types that exclude each other in one write, there and back", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  const account = { id: String(id) };
  const refs = (...groups: number[]) => groups.map((group) => ({ id: String(group) }));
  odoo.updateUser(id, { group_ids: [GROUP.user, GROUP.employeeOfficer] });

  const toPortal = { added: refs(GROUP.portal), removed: refs(GROUP.user, GROUP.employeeOfficer) };
  const there = await runTask(connection, "update_account", { account, changes: { access_group: toPortal } });
  expect(there).toMatchObject({ status: "completed" });
  expect(odoo.users().find((user) => user.id === id)!.group_ids).toEqual([GROUP.portal]);
  expect(odoo.requests.filter(({ path }) => path.endsWith("/res.users/write"))).toHaveLength(1);

  const toUser = { added: refs(GROUP.user), removed: refs(GROUP.portal) };
  const back = await runTask(connection, "update_account", { account, changes: { access_group: toUser } });
  expect(back).toMatchObject({ status: "completed" });
  expect(odoo.users().find((user) => user.id === id)!.group_ids).toEqual([GROUP.user]);
});

test("update_account changes no group if Odoo refuses the user type that results", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  odoo.updateUser(id, { group_ids: [GROUP.user, GROUP.employeeOfficer] });
  // The officers' group implies the internal user.
  const access_group = { added: [{ id: String(GROUP.portal) }], removed: [{ id: String(GROUP.user) }] };
  const outcome = await runTask(connection, "update_account", {
    account: { id: String(id) },
    changes: { access_group },
  });
  expect(outcome.error?.message).toContain("exclusive groups 'Role / User', 'Role / Portal'");
  expect(odoo.users().find((user) => user.id === id)!.group_ids).toEqual([GROUP.user, GROUP.employeeOfficer]);
});

test("update_account fails if the removed group is implied by another", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  odoo.updateUser(id, { group_ids: [GROUP.administrator, 14] });
  const changes = { access_group: { added: [], removed: [{ id: "14", name: "Canned" }] } };
  const outcome = await runTask(connection, "update_account", { account: { id: String(id) }, changes });
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("still has access_group 14 (another group of the user implies it"),
  });
});

test("suspend_account archives the user and unsuspend_account brings it back; doing it twice does no harm", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  const isActive = () => odoo.users().find((user) => user.id === id)!.active;
  const payload = { account: { id: String(id) } };
  for (const [action, expected] of [
    ["suspend_account", false],
    ["unsuspend_account", true],
  ] as const)
    for (const _ of [1, 2]) {
      expect(await runTask(connection, action, payload)).toMatchObject({ status: "completed" });
      expect(isActive()).toBe(expected);
    }
});

test("suspending the API key's own user fails with Odoo's reason", async () => {
  const { connection } = await connectOdoo();
  const outcome = await runTask(connection, "suspend_account", { account: { id: "2" } });
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("currently logged in"),
  });
});

test("delete_account deletes; a user in use is refused, or archived if so configured", async () => {
  const { odoo, connection } = await connectOdoo();
  const [gone, used] = odoo.users().filter(({ id, active }) => active && id >= 10);
  const employeeOf = (userId: number) => odoo.employees().find(({ user_id }) => user_id === userId);
  const left = employeeOf(gone!.id)!;
  expect(await runTask(connection, "delete_account", { account: { id: String(gone!.id) } })).toMatchObject({
    status: "completed",
  });
  expect(odoo.users().some(({ id }) => id === gone!.id)).toBe(false);
  // The employee stays as it is, without the user.
  expect(odoo.employees().find(({ id }) => id === left.id)).toMatchObject({ active: true, user_id: false });

  odoo.protectUser(used!.id);
  const payload = { account: { id: String(used!.id) } };
  expect((await runTask(connection, "delete_account", payload)).error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining('whenDeleteIsRefused to "archive"'),
  });
  const lenient = await connectOdoo({ state: odoo.snapshot() }, { whenDeleteIsRefused: "archive" });
  expect(await runTask(lenient.connection, "delete_account", payload)).toMatchObject({ status: "completed" });
  expect(lenient.odoo.users().find(({ id }) => id === used!.id)?.active).toBe(false);
  expect([employeeOf(used!.id), odoo.requestCount("hr.employee", "write")]).toMatchObject([{ active: true }, 1]);
});

test("a delete that is refused after the employee was detached restores the employee", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = odoo.users().find((user) => odoo.employees().some(({ user_id }) => user_id === user.id))!;
  const before = odoo.employees().map((employee) => employee.user_id);
  odoo.fault(({ method, count }) =>
    method === "unlink" && count === 2
      ? {
          kind: "status",
          status: 422,
          name: "odoo.exceptions.ValidationError",
          message: "In use by 'Sale' (sale.order).",
        }
      : undefined,
  );
  const outcome = await runTask(connection, "delete_account", { account: { id: String(id) } });
  expect(outcome.error?.message).toContain("sale.order");
  expect(odoo.employees().map((employee) => employee.user_id)).toEqual(before);
});

test("a delete interrupted by a crash between detaching and deleting continues", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  const clear = odoo.fault(({ method, count }) => (method === "unlink" && count > 1 ? { kind: "reset" } : undefined));
  const payload = { account: { id: String(id) } };
  expect((await runTask(connection, "delete_account", payload)).status).toBe("failed");
  clear();
  expect(await runTask(connection, "delete_account", payload, new Date())).toMatchObject({ status: "completed" });
  expect(odoo.users().some((user) => user.id === id)).toBe(false);
});

test("delete_account with a lost response, or interrupted by a crash, counts as done", async () => {
  const { odoo, connection } = await connectOdoo();
  const [first, second] = odoo.users().filter(({ id, active }) => active && id >= 10);
  odoo.fault(({ method, count }) =>
    method === "unlink" && count === 1 ? { kind: "reset", isAfterEffect: true } : undefined,
  );
  for (const employee of odoo.employees())
    if (employee.user_id === first!.id) odoo.updateEmployee(employee.id, { user_id: false });
  expect(await runTask(connection, "delete_account", { account: { id: String(first!.id) } })).toMatchObject({
    status: "completed",
  });
  odoo.removeUser(second!.id);
  const payload = { account: { id: String(second!.id) } };
  expect(await runTask(connection, "delete_account", payload, new Date())).toMatchObject({ status: "completed" });
  expect((await runTask(connection, "delete_account", payload)).error?.code).toBe("ACCOUNT_NOT_FOUND");
});

test("reset_password has Odoo send its mail, once, also after a rate limit", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id, login } = someone(odoo);
  odoo.fault(({ method, count }) =>
    method === "action_reset_password" && count === 1
      ? { kind: "status", status: 503, retryAfterSeconds: 0 }
      : undefined,
  );
  expect(await runTask(connection, "reset_password", { account: { id: String(id) } })).toMatchObject({
    status: "completed",
  });
  expect(odoo.mails(login).reset).toBe(1);
});

const everyAction: [TaskAction, TaskPayload["changes"]?][] = [
  ["update_account", { access_group: { added: [{ id: "4" }] } }],
  ["suspend_account"],
  ["unsuspend_account"],
  ["delete_account"],
  ["reset_password"],
];

test.each(everyAction.flatMap(([action, changes]) => ["999999", "ext-123"].map((id) => ({ action, id, changes }))))(
  "$action of the missing account $id fails with ACCOUNT_NOT_FOUND",
  async ({ action, id, changes }) => {
    const { connection } = await connectOdoo();
    const outcome = await runTask(connection, action, { account: { id }, ...(changes && { changes }) });
    expect(outcome.error?.code).toBe("ACCOUNT_NOT_FOUND");
  },
);

test.each([
  { name: "a wrong key", config: { apiKey: "wrong-canary" }, code: "PERMISSION_DENIED" },
  { name: "a key without the right", config: { apiKey: "low-canary" }, code: "PERMISSION_DENIED" },
])("$name fails with $code, and the key is in no message", async ({ config, code }) => {
  const { odoo, connection } = await connectOdoo({ readOnlyApiKey: "low-canary" }, config);
  const { id } = someone(odoo);
  const outcome = await runTask(connection, "suspend_account", { account: { id: String(id) } });
  expect(outcome.error?.code).toBe(code);
  expect(JSON.stringify(outcome)).not.toMatch(/canary|traceback/i);
  expect(JSON.stringify(outcome)).not.toContain(API_KEY);
});

test.each([
  { fault: { kind: "status", status: 429 } as const, code: "RATE_LIMITED" },
  { fault: { kind: "status", status: 500 } as const, code: "INTERNAL_ERROR" },
  {
    fault: { kind: "status", status: 422, name: "odoo.exceptions.UserError", message: "No." } as const,
    code: "INTERNAL_ERROR",
  },
  {
    fault: { kind: "status", status: 404, name: "werkzeug.exceptions.NotFound", message: "no model" } as const,
    code: "INTERNAL_ERROR",
  },
  {
    fault: { kind: "status", status: 403, name: "odoo.exceptions.AccessError", message: "No." } as const,
    code: "PERMISSION_DENIED",
  },
])(
  "Odoo's fault $fault.status $fault.name is reported as $code",
  async ({ fault, code }) => {
    const faulty = await connectOdoo({ seed: { employees: 5 } });
    faulty.odoo.fault(() => fault);
    const outcome = await runTask(faulty.connection, "suspend_account", { account: { id: "10" } });
    expect(outcome.error?.code).toBe(code);
  },
  120_000,
);

test.each([{ kind: "database-down" } as const, { kind: "database-restarted", error: "InterfaceError" } as const])(
  "a write that loses the database ($kind) may have happened: it is not sent twice, and the failure says why",
  async (fault) => {
    const { odoo, connection } = await connectOdoo();
    odoo.fault(({ method }) => (method === "create" ? { ...fault, isAfterEffect: true } : undefined));
    const account = { id: "x", email: "new@example.com" };
    expect(await runTask(connection, "create_account", { account })).toMatchObject({ status: "completed" });
    expect(odoo.users().filter(({ login }) => login === "new@example.com")).toHaveLength(1);
    expect(odoo.requestCount("res.users", "create")).toBe(1);
  },
);

test("a database that is down is retried, and the failure names both causes", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id } = someone(odoo);
  const payload = { account: { id: String(id) } };
  odoo.fault(({ count }) => (count === 1 ? { kind: "database-down" } : undefined));
  expect(await runTask(connection, "suspend_account", payload)).toMatchObject({ status: "completed" });
  odoo.fault(() => ({ kind: "database-down" }));
  const { error } = await runTask(connection, "unsuspend_account", payload);
  expect(error?.message).toMatch(/database server is down, or it has no database with the name in config.database/);
});

test("an account is read back: the result is reported, and a change that Odoo accepts but does not make fails", async () => {
  const { odoo, connection } = await connectOdoo();
  const [first, second] = odoo.users().filter(({ id, active }) => active && id >= 10);
  const account = { id: String(first!.id) };
  expect((await runTask(connection, "suspend_account", { account })).result).toMatchObject({
    verified: {
      exists: true,
      status: "suspended",
    },
  });
  const group = String(GROUP.administrator);
  const changes = { access_group: { added: [{ id: group }] } };
  expect((await runTask(connection, "update_account", { account, changes })).result).toMatchObject({
    verified: {
      refs: { access_group: { added: 1 } },
    },
  });

  odoo.fault(({ method }) => (method === "write" ? { kind: "response", status: 200, body: true } : undefined));
  const ignored = await runTask(connection, "suspend_account", { account: { id: String(second!.id) } });
  expect(ignored.error?.message).toContain("is still active");
});

test("an interrupted reset_password is not repeated, and the failure asks to look", async () => {
  const { odoo, connection } = await connectOdoo();
  const { id, login } = someone(odoo);
  const outcome = await runTask(connection, "reset_password", { account: { id: String(id) } }, new Date());
  expect(outcome.error).toMatchObject({ message: expect.stringContaining("was interrupted; whether") });
  expect(odoo.mails(login).reset).toBe(0);
});
