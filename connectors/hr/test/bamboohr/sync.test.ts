import { registerResourceTypes, runSync } from "@bridgekit/core/run";
import { startBridge, type TestBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { tooManyRequests, tooManyRequestsInBody } from "../../sandbox/index.ts";
import { readStream, readStreams } from "@bridgekit/testing";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const LIST = { method: "GET", path: "/api/v1/employees" };
const TABLE = "/api/v1/employees/all/tables/employmentStatus";
const REPORT = "/api/v1/reports/custom";
/** What BambooHR says to a key that may not list. */
const refuseList = when(LIST, { kind: "response", status: 401 });

const byId = (records: any[], id: number) => records.find((record) => record.id === String(id));

describe("departments, divisions and locations", () => {
  test("are the options of their lists, including archived ones, by stable ids", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.renameOption("department", "Sales", "Revenue");
    const { records, missing } = await readStream(connection, "department");
    expect(missing).toEqual([]);
    expect(records).toHaveLength(13);
    expect(records[0]).toEqual({ id: "18000", name: "Revenue" });
    expect(records.at(-1)).toEqual({ id: "18012", name: "Mail Room", description: "Archived in BambooHR." });
    for (const slug of ["division", "location"])
      expect((await readStream(connection, slug)).records.length).toBeGreaterThan(3);
  });

  test("are missing, not empty, if the key can't see the list", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(
      when(
        { path: "/api/v1/meta/lists" },
        { kind: "change", change: (lists) => lists.filter(({ alias }: any) => alias !== "division") },
      ),
    );
    expect((await readStream(connection, "department")).missing).toEqual([]);
    const { records, missing } = await readStream(connection, "division");
    expect(records).toEqual([]);
    expect(missing).toEqual([expect.stringContaining('does not return the list "division"')]);
  });
});

describe("employees", () => {
  test("are accounts by id, with work email, names and the ids of their groups", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.update(8, { preferredName: "Ed" });
    bamboo.move(8, { department: "Legal", division: "Products", location: "Osaka" });
    const { records, missing } = await readStream(connection, "account");
    expect(missing).toEqual([]);
    expect(records).toHaveLength(60);
    const { firstName, lastName, workEmail } = bamboo.company.employee(8);
    const idOf = (list: "department" | "division" | "location", name: string) =>
      String(bamboo.company.optionNamed(list, name)!.id);
    expect(byId(records, 8)).toEqual({
      id: "8",
      username: workEmail,
      email: workEmail,
      first_name: firstName,
      last_name: lastName,
      display_name: `Ed ${lastName}`,
      status: "active",
      memberships: {
        department: [{ id: idOf("department", "Legal") }],
        division: [{ id: idOf("division", "Products") }],
        location: [{ id: idOf("location", "Osaka") }],
      },
    });
  });

  test("without a work email have their id as username, and no email", async () => {
    const { connection } = await connectBambooHr();
    const { records } = await readStream(connection, "account");
    expect(byId(records, 19)).toMatchObject({ id: "19", username: "19" });
    expect(byId(records, 19)).not.toHaveProperty("email");
  });

  test("without a department have none", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const id = bamboo.hire({ firstName: "No", lastName: "Where" });
    const { records } = await readStream(connection, "account");
    expect(byId(records, id).memberships).toEqual({ department: [], division: [], location: [] });
  });

  test("with an archived department keep it", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.move(8, { department: "Legal" });
    bamboo.archiveOption("department", "Legal");
    const listed = byId((await readStream(connection, "account")).records, 8);
    bamboo.fault(refuseList);
    expect(byId((await readStream(connection, "account")).records, 8)).toEqual(listed);
    expect(listed.memberships.department).toEqual([{ id: "18006" }]);
  });

  test("10,000 are read in 13 calls, from a report in 5: none is for a single employee", async () => {
    const { bamboo, connection } = await connectBambooHr({ seed: { employees: 10_000 }, descriptions: [] });
    const readRun = async () => {
      const before = bamboo.requestCount();
      const slugs = Object.keys(connection.connector.resourceTypes);
      const streams = await readStreams(connection, slugs);
      return { calls: bamboo.requestCount() - before, accounts: streams.at(-1)!.records.length };
    };
    expect(await readRun()).toEqual({ calls: 10 + 3, accounts: 10_000 });
    bamboo.fault(refuseList);
    // One of them is the list that is refused.
    expect(await readRun()).toEqual({ calls: 2 + 3, accounts: 10_000 });
  });
});

describe("the status", () => {
  test.each([
    { name: "no row", rows: [], status: "active" },
    { name: "a termination of today", rows: [["Terminated", 0]], status: "inactive" },
    { name: "a termination that is to come", rows: [["Terminated", 30]], status: "active" },
    { name: "a termination long ago", rows: [["Terminated", -300]], status: "inactive" },
    {
      name: "a comeback",
      rows: [
        ["Terminated", -30],
        ["Full-Time", -2],
      ],
      status: "active",
    },
    {
      name: "a comeback that was written down first",
      rows: [
        ["Full-Time", -2],
        ["Terminated", -30],
      ],
      status: "active",
    },
    {
      name: "a comeback that is to come",
      rows: [
        ["Terminated", -30],
        ["Full-Time", 5],
      ],
      status: "inactive",
    },
    {
      name: "two rows of a day, of which the later one counts",
      rows: [
        ["Full-Time", -2],
        ["Terminated", -2],
      ],
      status: "inactive",
    },
    {
      name: "a leave",
      rows: [
        ["Full-Time", -300],
        ["Furloughed", -1],
      ],
      status: "active",
    },
  ] as { name: string; rows: [string, number][]; status: string }[])(
    "of somebody with $name is $status",
    async ({ rows, status }) => {
      const { bamboo, connection } = await connectBambooHr();
      const id = bamboo.company.addEmployee({ firstName: "Ada", lastName: "Low" }).id;
      for (const [name, days] of rows) bamboo.employ(id, day(days), name);
      expect(byId((await readStream(connection, "account")).records, id).status).toBe(status);
    },
  );

  test("is inactive by the table before BambooHR updates the status", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.terminate(8);
    bamboo.update(8, { status: "Active" });
    expect(byId((await readStream(connection, "account")).records, 8).status).toBe("inactive");
  });

  test("is inactive if BambooHR says so, whatever the table says", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.update(8, { status: "Inactive" });
    expect(byId((await readStream(connection, "account")).records, 8).status).toBe("inactive");
  });

  test("with a termination dated 0000-00-00 is BambooHR's", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const { id } = bamboo.company.addEmployee({ firstName: "Ada", lastName: "Low" });
    bamboo.terminate(id, "0000-00-00");
    expect(byId((await readStream(connection, "account")).records, id).status).toBe("inactive");
    bamboo.update(id, { status: "Active" });
    expect(byId((await readStream(connection, "account")).records, id).status).toBe("active");
  });

  test("does not depend on the order of rows", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.terminate(8);
    bamboo.employ(8);
    bamboo.fault(when({ path: TABLE }, { kind: "change", change: (rows: any[]) => rows.toReversed() }));
    expect(byId((await readStream(connection, "account")).records, 8).status).toBe("active");
  });

  test("uses the configured name of the termination", async () => {
    const { bamboo, connection } = await connectBambooHr({}, { terminatedStatus: "Ausgetreten" });
    bamboo.employ(8, day(-1), "Ausgetreten");
    expect(byId((await readStream(connection, "account")).records, 8).status).toBe("inactive");
  });

  test("is not that of the login", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const { id } = bamboo.company.users.find(({ employeeId }) => employeeId === 8)!;
    bamboo.setUserStatus(id, "disabled");
    expect(byId((await readStream(connection, "account")).records, 8).status).toBe("active");
  });
});

/** So many days from now. */
function day(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

describe.each([
  { way: "the list", refuse: false },
  { way: "the report", refuse: true },
])("by $way", ({ refuse }) => {
  const connect = async (hiddenFields: string[] = []) => {
    const connected = await connectBambooHr({ access: { hiddenFields } });
    if (refuse) connected.bamboo.fault(refuseList);
    return connected;
  };

  test.each(["workEmail", "status"])("a hidden %s is reported as missing, and nobody loses it", async (field) => {
    const { connection } = await connect([field]);
    const { records, missing } = await readStream(connection, "account");
    expect(records).toEqual([]);
    expect(missing).toEqual([expect.stringContaining(`hides or does not explain ${field} of 60 employees`)]);
  });

  test("hidden employment statuses are missing for employees who are not inactive otherwise", async () => {
    const { connection } = await connect(["employmentHistoryStatus"]);
    const { records, missing } = await readStream(connection, "account");
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set(["inactive"]));
    const others = 60 - records.length;
    expect(missing).toEqual([expect.stringContaining(`explain employmentStatus of ${others} employees`)]);
  });

  test.each(["department", "division", "location"])("a hidden %s stays as the Bridge has it", async (field) => {
    const whole = (await readStream((await connect()).connection, "account")).records;
    const { connection } = await connect([field]);
    const { records, missing } = await readStream(connection, "account");
    expect(missing).toEqual([]);
    for (const record of whole) {
      record.memberships[field] = [];
      record.unknown_refs = [field];
    }
    expect(records).toEqual(whole);
  });

  test("a hidden name is omitted and logged, and costs nothing else", async () => {
    const whole = (await readStream((await connect()).connection, "account")).records;
    const { connection } = await connect(["firstName"]);
    const warnings: string[] = [];
    const logger = { ...connection.logger, warn: (_: object, text: string) => void warnings.push(text) };
    const { records, missing } = await readStream({ ...connection, logger }, "account");
    expect(missing).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("hides firstName of 60 employees")]);
    for (const record of whole) {
      delete record.first_name;
      delete record.display_name;
    }
    expect(records).toEqual(whole);
  });

  test("fields that accounts do not use may be hidden", async () => {
    const { connection } = await connect(["jobTitle", "homeEmail", "hireDate"]);
    const { records, missing } = await readStream(connection, "account");
    expect(missing).toEqual([]);
    expect(records).toHaveLength(60);
  });

  test("an employee hidden from the key is reported as missing", async () => {
    const { bamboo, connection } = await connect();
    bamboo.access.hiddenEmployeeIds.add(8);
    const { records, missing } = await readStream(connection, "account");
    expect(records).toHaveLength(59);
    expect(missing).toEqual([
      expect.stringContaining("does not list 1 employees who have a login or an employment status"),
    ]);
  });

  test("a deleted employee with a remaining login is not reported as missing", async () => {
    const { bamboo, connection } = await connect();
    bamboo.remove(8);
    const { records, missing } = await readStream(connection, "account");
    expect([records.length, missing]).toEqual([59, []]);
  });
});

describe("a key that may not read the list", () => {
  test.each([401, 403])("reads the same from a report after a %i", async (status) => {
    const { bamboo, connection } = await connectBambooHr();
    const listed = await readStream(connection, "account");
    bamboo.fault(when(LIST, { kind: "response", status }));
    expect(await readStream(connection, "account")).toEqual(listed);
    expect(bamboo.requestCount({ path: REPORT })).toBe(1);
  });

  test("nor a report fails with BambooHR's text", async () => {
    const { connection } = await connectBambooHr({}, { apiKey: "wrong" });
    await expect(readStream(connection, "account")).rejects.toThrow("API key not provided or invalid");
  });

  test("reports a value that its report omits as missing, whatever the names of its fields", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const change = (report: any) => {
      for (const [index, field] of report.fields.entries()) field.id = String(index);
      for (const employee of report.employees) if (employee.id === "8") delete employee.workEmail;
      return report;
    };
    bamboo.fault(refuseList);
    bamboo.fault(when({ path: REPORT }, { kind: "change", change }));
    const { records, missing } = await readStream(connection, "account");
    expect(records).toHaveLength(59);
    expect(missing).toEqual([expect.stringContaining("workEmail of 1 employees")]);
  });

  test("can't read a department whose name two options have", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.move(8, { department: "Legal" });
    bamboo.company.addOption("department", "Legal");
    bamboo.fault(refuseList);
    const { records, missing } = await readStream(connection, "account");
    expect(missing).toEqual([]);
    expect(byId(records, 8)).toMatchObject({ unknown_refs: ["department"], memberships: { department: [] } });
  });
});

describe("a list that can't be trusted", () => {
  const page = (change: (body: any) => void) => ({
    kind: "change" as const,
    change(body: any) {
      change(body);
      return body;
    },
  });

  test("because its total does not match is partial", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(
      when(
        LIST,
        page((body) => (body.meta.total = 61)),
      ),
    );
    const { missing } = await readStream(connection, "account");
    expect(missing).toEqual([expect.stringContaining("says that it has 61 items, and 60 came")]);
  });

  test("because it repeats a page is an error", async () => {
    const { bamboo, connection } = await connectBambooHr({ pageSize: 20 });
    let first: string | undefined;
    bamboo.fault(
      when(
        LIST,
        page((body) => (body.meta.page.nextCursor = first ??= body.meta.page.nextCursor)),
      ),
    );
    await expect(readStream(connection, "account")).rejects.toThrow("names a next page again");
  });

  test("because it lacks the next page's cursor is an error", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(
      when(
        LIST,
        page((body) => delete body.meta.page),
      ),
    );
    await expect(readStream(connection, "account")).rejects.toThrow("with something other than a page of employees");
  });

  test("because the employee at the edge of a page was deleted is read once more, without repeating anybody", async () => {
    const { bamboo, connection } = await connectBambooHr({ pageSize: 20 });
    let pages = 0;
    bamboo.fault(({ path }) => {
      if (path === LIST.path && ++pages === 2) bamboo.remove(20);
      return undefined;
    });
    const { records, missing } = await readStream(connection, "account");
    expect(missing).toEqual([]);
    expect(records).toHaveLength(60);
    expect(new Set(records.map(({ id }) => id)).size).toBe(60);
  });

  test("because somebody is deleted meanwhile is read once more", async () => {
    const { bamboo, connection } = await connectBambooHr({ pageSize: 20 });
    let pages = 0;
    bamboo.fault(({ path }) => {
      if (path === LIST.path && ++pages === 2) bamboo.remove(50);
      return undefined;
    });
    const { records, missing } = await readStream(connection, "account");
    expect([records.length, missing]).toEqual([59, []]);
  });

  test("because of a value of an unexpected type loses only that value, and is partial", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const whole = await readStream(connection, "account");
    bamboo.fault(
      when(
        LIST,
        page((body) => Object.assign(body.data[7], { preferredName: { text: "Ed" }, departmentId: ["1"] })),
      ),
    );
    const { records, missing } = await readStream(connection, "account");
    const id = records[7].id;
    expect(missing).toEqual([expect.stringContaining("neither texts nor numbers in preferredName, department of 1")]);
    expect(records[7]).toMatchObject({ unknown_refs: ["department"], email: whole.records[7].email });
    const others = (all: any[]) => all.filter((record) => record.id !== id);
    expect(others(records)).toEqual(others(whole.records));
  });

  test.each([null, ""])("because a field is %j instead of another empty value reads the same", async (empty) => {
    const { bamboo, connection } = await connectBambooHr();
    const clear = bamboo.fault(
      when(
        LIST,
        page((body) => Object.assign(body.data[7], { preferredName: null, workEmail: null, departmentId: null })),
      ),
    );
    const whole = await readStream(connection, "account");
    clear();
    bamboo.fault(
      when(
        LIST,
        page((body) => Object.assign(body.data[7], { preferredName: empty, workEmail: empty, departmentId: empty })),
      ),
    );
    expect(await readStream(connection, "account")).toEqual(whole);
  });

  test("because the employment statuses lack an employee who has one is partial", async () => {
    const { bamboo, connection } = await connectBambooHr();
    const lack = (rows: any[]) => rows.filter(({ employeeId }) => employeeId !== "8");
    bamboo.fault(when({ path: TABLE }, { kind: "change", change: lack }));
    const { records, missing } = await readStream(connection, "account");
    expect(byId(records, 8)).toBeUndefined();
    expect(missing).toEqual([expect.stringContaining("employmentStatus of 1 employees")]);
  });

  test("because a login page came is an error", async () => {
    const { bamboo, connection } = await connectBambooHr();
    bamboo.fault(when(LIST, { kind: "login-page" }));
    await expect(readStream(connection, "account")).rejects.toThrow(
      "BambooHR at https://acme.bamboohr.com returned no JSON to GET /api/v1/employees but text/html",
    );
  });
});

test.each([
  { name: "429", fault: tooManyRequests({ retryAfterSeconds: 0 }) },
  { name: "503 with Retry-After", fault: tooManyRequests({ retryAfterSeconds: 0, status: 503 }) },
  { name: "200 with the error 429 in it", fault: tooManyRequestsInBody },
])("a limit by $name is waited for, at each call", async ({ fault }) => {
  const { bamboo, connection } = await connectBambooHr();
  const whole = await readStream(connection, "account");
  for (const path of [LIST.path, TABLE, "/api/v1/meta/users"]) bamboo.fault(when({ path, times: 1 }, fault));
  expect(await readStream(connection, "account")).toEqual(whole);
});

test("another error in a response with status 200 fails with its text", async () => {
  const { bamboo, connection } = await connectBambooHr();
  bamboo.fault(when(LIST, { kind: "response", status: 200, body: { error: { code: 500, message: "Try later" } } }));
  await expect(readStream(connection, "account")).rejects.toThrow("with an error in it: 500 Try later");
});

describe("a sync", () => {
  let bridge: TestBridge;
  beforeAll(async () => {
    bridge = await startBridge();
  });
  afterAll(() => bridge[Symbol.asyncDispose]());

  async function openApp() {
    const { bamboo, connection } = await connectBambooHr();
    const { id: appId } = await bridge.client.createApp({ name: "BambooHR" });
    await registerResourceTypes(bridge.client, appId, connection.connector);
    const sync = () =>
      runSync({ bridge: bridge.client, appId, connection, retry: { retries: 1, minDelaySeconds: 0.001 } });
    const read = (id: number) => bridge.client.getRecord(appId, "account", String(id));
    return { bamboo, connection, sync, read };
  }

  test("with a hidden email leaves everybody the one that the Bridge has", async () => {
    const { bamboo, sync, read } = await openApp();
    expect((await sync()).status).toBe("completed");
    const before = await read(8);
    bamboo.access.hiddenFields.add("workEmail");
    bamboo.remove(9);
    expect((await sync()).status).toBe("abandoned");
    expect(await read(8)).toEqual(before);
    expect((await read(9)).removed_at).toBeNull();
  });

  test("makes those inactive who were deleted", async () => {
    const { bamboo, sync, read } = await openApp();
    await sync();
    bamboo.remove(9);
    expect((await sync()).status).toBe("completed");
    expect((await read(9)).removed_at).not.toBeNull();
  });
});
