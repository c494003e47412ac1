import type { TaskPayload } from "@bridgekit/client";
import { when } from "@bridgekit/sandbox";
import { shareBridge } from "@bridgekit/testing";
import { describe, expect, test } from "vitest";
import type { BambooSandbox } from "../../sandbox/index.ts";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const { runTask } = await shareBridge();

const EMPLOYEES = "/api/v1/employees";
const ID = "8";

const jobOf = ({ company }: BambooSandbox, id: number) => company.jobInfo.rowOf(id, company.today());
const statusesOf = ({ company }: BambooSandbox, id: number) =>
  company.employmentStatus
    .rowsOf(id)
    .map(({ date, employmentStatus }) => [date, company.option("employmentHistoryStatus", employmentStatus)?.name]);
const optionOf = ({ company }: BambooSandbox, list: "department" | "division" | "location", name: string) => {
  const { id } = company.optionNamed(list, name)!;
  return { id: String(id), name };
};
const named = ({ company }: BambooSandbox, email: string) =>
  [...company.employees.values()].filter(({ workEmail }) => workEmail === email);

const toHeaders = (location: string | undefined): Record<string, string> => (location ? { location } : {});

const ada = { id: "wished", email: "ada.low@example.com", first_name: "Ada", last_name: "Low" };

describe("create_account", () => {
  test("adds the employee with department, division and location in one write, and returns the id", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const outcome = await runTask(connection, "create_account", {
      account: ada,
      memberships: {
        department: [optionOf(bamboo, "department", "Legal")],
        division: [optionOf(bamboo, "division", "Products")],
        location: [optionOf(bamboo, "location", "Osaka")],
      },
    });
    expect(outcome).toMatchObject({
      status: "completed",
      result: { account: { id: "61" }, verified: { refs: { department: { added: 1 }, location: { added: 1 } } } },
    });
    expect(bamboo.company.employee(61)).toMatchObject({ firstName: "Ada", lastName: "Low", workEmail: ada.email });
    expect(jobOf(bamboo, 61)).toMatchObject({ department: 18006, division: 18013 });
    expect(bamboo.requestCount({ method: "POST" })).toBe(1);
  });

  test.each(["https://acme.bamboohr.com/employees/employee.php?id=61&page=2113", "/api/v1/employees/61", undefined])(
    "reads the id from the Location %s",
    async (location) => {
      const { bamboo, connection } = await connectBambooHr();
      const fault = {
        kind: "response" as const,
        status: 201,
        isAfterEffect: true,
        headers: toHeaders(location),
      };
      bamboo.fault(when({ method: "POST", path: EMPLOYEES }, fault));
      const outcome = await runTask(connection, "create_account", { account: ada });
      expect(outcome).toMatchObject({ status: "completed", result: { account: { id: "61" } } });
    },
  );

  test("for an existing work email names the employee, ignoring case and blanks", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.update(31, { workEmail: " Ada.Low@example.com " });
    const account = { ...ada, email: "ada.LOW@example.com" };
    expect((await runTask(connection, "create_account", { account })).error).toEqual({
      code: "ACCOUNT_ALREADY_EXISTS",
      message: "HR system (BambooHR) has an account for ada.LOW@example.com already: 31, inactive.",
    });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test("that is refused because somebody else was quicker says so", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(({ method, path }) => {
      if (method === "POST" && path === EMPLOYEES)
        bamboo.hire({ firstName: "Ada", lastName: "Low", workEmail: ada.email });
      return undefined;
    });
    const { error } = await runTask(connection, "create_account", { account: ada });
    expect(error?.code).toBe("ACCOUNT_ALREADY_EXISTS");
    expect(named(bamboo, ada.email)).toHaveLength(1);
  });

  test("that is refused for a value fails with BambooHR's text", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const headers = { "x-bamboohr-error-message": "The email is not valid" };
    bamboo.fault(when({ method: "POST", path: EMPLOYEES }, { kind: "response", status: 409, headers }));
    expect((await runTask(connection, "create_account", { account: ada })).error).toEqual({
      code: "INTERNAL_ERROR",
      message: "BambooHR at https://acme.bamboohr.com returned 409 to POST /api/v1/employees: The email is not valid",
    });
  });

  test("interrupted by a crash adopts its own employee, and no earlier one", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.hire({ firstName: "Ada", lastName: "Low", workEmail: ada.email });
    const cutOff = await runTask(connection, "create_account", { account: ada }, new Date());
    expect(cutOff).toMatchObject({ status: "completed", result: { account: { id: "61" } } });
    const older = { ...ada, email: bamboo.company.employee(8).workEmail! };
    expect((await runTask(connection, "create_account", { account: older }, new Date())).error?.code).toBe(
      "ACCOUNT_ALREADY_EXISTS",
    );
  });

  test.each([
    { lack: { email: undefined }, says: "does not name email" },
    { lack: { first_name: undefined }, says: "does not name first_name" },
    { lack: { last_name: "" }, says: "does not name last_name" },
  ])("fails without $lack", async ({ lack, says }) => {
    const { bamboo, connection } = await connectBambooHr();
    const account = Object.fromEntries(
      Object.entries({ ...ada, username: "ada", ...lack }).filter(([, value]) => value),
    );
    const { error } = await runTask(connection, "create_account", { account: account as typeof ada });
    expect(error).toMatchObject({ code: "INTERNAL_ERROR", message: expect.stringContaining(says) });
    expect(bamboo.requestCount()).toBe(0);
  });

  test("fails if work emails are hidden, since duplicates would go unnoticed", async () => {
    const { bamboo, connection } = await connectBambooHr({ access: { hiddenFields: ["workEmail"] } });
    const { error } = await runTask(connection, "create_account", { account: ada });
    expect(error).toMatchObject({
      code: "PERMISSION_DENIED",
      message: expect.stringContaining("hides the work email"),
    });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test("works for a key to which the list is refused", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(when({ method: "GET", path: EMPLOYEES }, { kind: "response", status: 403 }));
    expect(await runTask(connection, "create_account", { account: ada })).toMatchObject({ status: "completed" });
    const { error } = await runTask(connection, "create_account", { account: ada });
    expect(error?.code).toBe("ACCOUNT_ALREADY_EXISTS");
  });
});

describe("update_account", () => {
  const connect = async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.move(8, { department: "Sales", division: "Products", location: "Osaka" }, "2026-01-01");
    const update = (changes: NonNullable<TaskPayload["changes"]>) =>
      runTask(connection, "update_account", { account: { id: ID }, changes });
    return { bamboo, connection, update };
  };

  test("replaces a department, clears a division and leaves the location, in one write", async () => {
    const { bamboo, update } = await connect();
    const outcome = await update({
      department: {
        added: [optionOf(bamboo, "department", "Legal")],
        removed: [optionOf(bamboo, "department", "Sales")],
      },
      division: { removed: [optionOf(bamboo, "division", "Products")] },
    });
    expect(outcome).toMatchObject({
      status: "completed",
      result: { verified: { refs: { department: { added: 1, removed: 0 }, division: { removed: 0 } } } },
    });
    expect(jobOf(bamboo, 8)).toMatchObject({ department: 18006, division: null, location: 18019 });
    expect(bamboo.requestCount({ method: "POST" })).toBe(1);
  });

  test("takes an empty text for no department", async () => {
    const { bamboo, update } = await connect();
    const change = (employee: any) => ({ ...employee, departmentId: "" });
    bamboo.fault(when({ method: "GET", path: `${EMPLOYEES}/8` }, { kind: "change", change }));
    expect(await update({ department: { removed: [optionOf(bamboo, "department", "Sales")] } })).toMatchObject({
      status: "completed",
      result: { verified: { refs: { department: { removed: 0 } } } },
    });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test("writes nothing where everything is so already", async () => {
    const { bamboo, update } = await connect();
    const changes = {
      department: {
        added: [optionOf(bamboo, "department", "Sales")],
        removed: [optionOf(bamboo, "department", "Legal")],
      },
    };
    expect(await update(changes)).toMatchObject({ status: "completed" });
    expect(await update({ division: { removed: [optionOf(bamboo, "division", "Services")] } })).toMatchObject({
      status: "completed",
    });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test.each([
    {
      name: "two departments",
      change: { department: { added: [{ id: "18000" }, { id: "18001" }] } },
      says: "An account has one department in HR system (BambooHR), and the task gives 2",
    },
    {
      name: "a department that there is not",
      change: { department: { added: [{ id: "7" }] } },
      says: 'has no department with the id "7"',
    },
    {
      name: "an archived department",
      change: { department: { added: [{ id: "18012" }] } },
      says: 'The department "Mail Room" (18012) is archived',
    },
  ])("fails for $name, and changes nothing", async ({ change, says }) => {
    const { bamboo, update } = await connect();
    expect((await update(change)).error).toMatchObject({
      code: "INTERNAL_ERROR",
      message: expect.stringContaining(says),
    });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test("fails for what only another system of the clone group has, and changes nothing", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const { client, logger, connector } = connection;
    const context = { client, logger, signal: new AbortController().signal, taskId: "1", interruptedAt: undefined };
    const payload = { account: { id: ID }, changes: { access_group: { added: [{ id: "1" }] } } };
    await expect(connector.tasks.update_account!(context, payload)).rejects.toThrow(
      'can\'t change "access_group" of an account; it changes department, division, location.',
    );
    expect(bamboo.requestCount()).toBe(0);
  });

  test("fails where two departments have the name by which BambooHR takes them", async () => {
    const { bamboo, update } = await connect();
    const { id } = bamboo.company.addOption("department", "Legal");
    const { error } = await update({ department: { added: [{ id: String(id) }] } });
    expect(error?.message).toContain('has 2 options "Legal" for department');
  });

  test("fails if the department is hidden from the key, instead of overwriting it", async () => {
    const { bamboo, update } = await connect();
    bamboo.access.hiddenFields.add("department");
    const { error } = await update({ department: { removed: [{ id: "18000" }] } });
    expect(error).toMatchObject({
      code: "PERMISSION_DENIED",
      message: expect.stringContaining("does not show the department"),
    });
  });

  test("fails if BambooHR accepts the change but does not make it", async () => {
    const { bamboo, update } = await connect();
    bamboo.fault(when({ method: "POST", path: `${EMPLOYEES}/8` }, { kind: "response", status: 200 }));
    const { error } = await update({ department: { added: [optionOf(bamboo, "department", "Legal")] } });
    expect(error?.message).toContain("but account 8 lacks department 18006");
  });
});

describe("delete_account", () => {
  const remove = (connection: Parameters<typeof runTask>[0], id = ID) =>
    runTask(connection, "delete_account", { account: { id } });

  test("terminates as of today, and once only", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const before = statusesOf(bamboo, 8);
    for (const _ of [1, 2])
      expect(await remove(connection)).toMatchObject({
        status: "completed",
        result: { verified: { exists: true, status: "inactive" } },
      });
    expect(statusesOf(bamboo, 8)).toEqual([...before, [bamboo.company.today(), "Terminated"]]);
  });

  test("ends somebody at once who was to leave later", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.terminate(8, "2099-01-01");
    expect(await remove(connection)).toMatchObject({ status: "completed" });
    expect(statusesOf(bamboo, 8)).toContainEqual([bamboo.company.today(), "Terminated"]);
  });

  test("dates the termination in the company's time zone", async () => {
    const utc = new Date().toISOString().slice(0, 10);
    const dayIn = (timeZone: string) => new Date().toLocaleDateString("sv-SE", { timeZone });
    // At every moment it is another day in one of them.
    const timeZone = ["Pacific/Kiritimati", "Pacific/Pago_Pago"].find((zone) => dayIn(zone) !== utc)!;
    const { bamboo, connection } = await connectBambooHr({ timeZone }, { timeZone });
    expect(await remove(connection)).toMatchObject({ status: "completed" });
    expect(bamboo.company.today()).not.toBe(utc);
    expect(statusesOf(bamboo, 8).at(-1)).toEqual([bamboo.company.today(), "Terminated"]);
  });

  test("of employee 0, the owner of the key, is of nobody", async () => {
    const { bamboo, connection } = await connectBambooHr();
    expect((await remove(connection, "0")).error?.code).toBe("ACCOUNT_NOT_FOUND");
    expect(bamboo.requestCount()).toBe(0);
  });

  test("of somebody who is inactive already writes nothing", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.update(8, { status: "Inactive" });
    expect(await remove(connection)).toMatchObject({ status: "completed" });
    expect(bamboo.requestCount({ method: "POST" })).toBe(0);
  });

  test("whose response was lost does not terminate twice", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const before = statusesOf(bamboo, 8).length;
    bamboo.fault(when({ method: "POST", times: 1 }, { kind: "reset", isAfterEffect: true }));
    expect(await remove(connection)).toMatchObject({ status: "completed" });
    expect(statusesOf(bamboo, 8)).toHaveLength(before + 1);
  });

  test("with an employment status that BambooHR does not have says what to set", async () => {
    const { connection } = await connectBambooHr({}, { terminatedStatus: "Gone" });
    expect((await remove(connection)).error).toMatchObject({
      code: "INTERNAL_ERROR",
      message: expect.stringContaining('Is "Gone" an employment status there? If not, set terminatedStatus.'),
    });
  });

  test("fails if the key cannot see employment statuses", async () => {
    const { connection } = await connectBambooHr({ access: { hiddenFields: ["employmentHistoryStatus"] } });
    expect((await remove(connection)).error?.code).toBe("PERMISSION_DENIED");
  });
});

test.each([
  { action: "suspend_account" as const, says: "BambooHR's API cannot enable or disable a login" },
  { action: "unsuspend_account" as const, says: "BambooHR's API cannot enable or disable a login" },
  { action: "reset_password" as const, says: "people reset their own password on its login page" },
])("$action is refused with what to do instead, and nothing is called", async ({ action, says }) => {
  const { bamboo, connection } = await connectBambooHr();
  const { error } = await runTask(connection, action, { account: { id: ID } });
  expect(error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining(`The connector for HR system (BambooHR) does not offer ${action}`),
  });
  expect(error?.message).toContain(says);
  expect(bamboo.requestCount()).toBe(0);
});

test.each([
  { name: "a wrong key", config: { apiKey: "wrong-canary" }, says: "API key not provided or invalid" },
  { name: "a key that may not write", config: {}, says: "permission" },
])("$name fails with PERMISSION_DENIED and BambooHR's text, and is never shown", async ({ config, says }) => {
  const { connection } = await connectBambooHr({ access: { mayWrite: false } }, config);
  const outcome = await runTask(connection, "delete_account", { account: { id: ID } });
  expect(outcome.error).toMatchObject({ code: "PERMISSION_DENIED", message: expect.stringContaining(says) });
  expect(JSON.stringify(outcome)).not.toContain("canary");
});

test("an employee who is hidden from the key is PERMISSION_DENIED, and not missing", async () => {
  const { connection } = await connectBambooHr({ access: { hiddenEmployeeIds: [8] } });
  const { error } = await runTask(connection, "delete_account", { account: { id: ID } });
  expect(error).toMatchObject({ code: "PERMISSION_DENIED", message: expect.stringContaining("to see this employee") });
});
