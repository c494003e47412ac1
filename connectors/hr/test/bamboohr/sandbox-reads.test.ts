import { describe, expect, test } from "vitest";
import { call, createClock, openBamboo } from "./support/open-bamboo.ts";

const FIELDS = ["displayName", "department", "status", "employmentHistoryStatus", "terminationDate", "hireDate"];

function report(fields: readonly string[] = FIELDS, filters: object = {}) {
  return { method: "POST", query: { format: "json" }, body: { title: "People", filters, fields } } as const;
}

describe("a custom report", () => {
  test("has everybody, also people who left, with 0000-00-00 for an unknown day", async () => {
    const bamboo = openBamboo();
    const { body } = await call(bamboo, "/reports/custom", report());
    expect(body.title).toBe("People");
    expect(body.fields.map(({ id }: any) => id)).toEqual(FIELDS);
    expect(body.employees).toHaveLength(60);
    const [first, left, undated] = [1, 29, 37].map((id) => body.employees.find((one: any) => one.id === String(id)));
    expect(first).toEqual({
      id: "1",
      displayName: expect.any(String),
      department: expect.any(String),
      status: "Active",
      employmentHistoryStatus: expect.stringMatching(/^(?:Full-Time|Part-Time|Contractor)$/),
      terminationDate: "0000-00-00",
      hireDate: expect.stringMatching(/^20\d\d-/),
    });
    expect(left).toMatchObject({
      status: "Inactive",
      employmentHistoryStatus: "Terminated",
      terminationDate: "2026-03-31",
    });
    expect(undated.hireDate).toBe("0000-00-00");
  });

  test("has the values of today, or future ones with onlyCurrent=false", async () => {
    const bamboo = openBamboo();
    const today = await call(bamboo, "/reports/custom", report(FIELDS, { employeeIds: [41, 53] }));
    expect(today.body.employees).toMatchObject([
      { id: "41", status: "Active", employmentHistoryStatus: null, department: null, hireDate: "2099-01-01" },
      { id: "53", status: "Active", terminationDate: "0000-00-00" },
    ]);
    const query = { format: "json", onlyCurrent: "false" };
    const later = await call(bamboo, "/reports/custom", { ...report(FIELDS, { employeeIds: [41, 53] }), query });
    expect(later.body.employees).toMatchObject([
      { id: "41", employmentHistoryStatus: expect.any(String), department: expect.any(String) },
      { id: "53", employmentHistoryStatus: "Terminated", terminationDate: "2099-12-31" },
    ]);
  });

  test("silently omits unknown and hidden fields", async () => {
    const bamboo = openBamboo({ access: { hiddenFields: ["department"], hiddenEmployeeIds: [1] } });
    const names = ["department", "departmentId", "shoeSize", "workEmail"];
    const { status, body } = await call(bamboo, "/reports/custom", report(names));
    expect([status, body.employees.length]).toEqual([200, 59]);
    expect(body.fields).toEqual([{ id: "workEmail", type: "email", name: "Work Email" }]);
    expect(Object.keys(body.employees[0])).toEqual(["id", "workEmail"]);
  });

  test("has only employees who changed at a time or after it", async () => {
    const clock = createClock();
    const bamboo = openBamboo({ now: clock.now });
    clock.advance(5);
    bamboo.update(7, { lastName: "Quill" });
    const value = "2026-07-01T12:00:05Z";
    const { body } = await call(bamboo, "/reports/custom", report(FIELDS, { lastChanged: { value } }));
    expect(body.employees.map(({ id }: any) => id)).toEqual(["7"]);
  });

  test("is refused for another format, and for JSON with another content type", async () => {
    const bamboo = openBamboo();
    const body = { fields: FIELDS };
    const csv = await call(bamboo, "/reports/custom", { query: { format: "csv" }, body });
    expect([csv.status, csv.message]).toEqual([404, "Report format not found"]);
    const headers = { "content-type": "application/json; charset=UTF-8" };
    const charset = await call(bamboo, "/reports/custom", { query: { format: "json" }, body, headers });
    expect([charset.status, charset.message]).toEqual([400, "Malformed XML"]);
    const fields = Array.from({ length: 401 }, (_, index) => `custom${index}`);
    const many = await call(bamboo, "/reports/custom", report(fields));
    expect([many.status, many.body]).toEqual([400, ""]);
  });
});

describe("one employee", () => {
  test("has the requested fields by either name, and the name by default", async () => {
    const bamboo = openBamboo();
    expect(Object.keys((await call(bamboo, "/employees/7")).body)).toEqual(["id", "firstName", "lastName"]);
    const fields = "department,departmentId,jobTitleName,supervisorEId,reportsToId,terminationDate,workEmail,nothing";
    const { body } = await call(bamboo, "/employees/19", { query: { fields } });
    expect(body).toEqual({
      id: "19",
      department: expect.any(String),
      departmentId: expect.stringMatching(/^\d+$/),
      jobTitleName: expect.any(String),
      supervisorEId: "2",
      reportsToId: "2",
      terminationDate: "0000-00-00",
      workEmail: null,
    });
  });

  test("is missing, hidden, or shown without hidden fields", async () => {
    const bamboo = openBamboo({ access: { hiddenFields: ["workEmail"], hiddenEmployeeIds: [2] } });
    for (const id of ["999", "0", "me"])
      expect(await call(bamboo, `/employees/${id}`)).toMatchObject({
        status: 404,
        body: "",
        message: "Employee not found",
      });
    expect(await call(bamboo, "/employees/2")).toMatchObject({ status: 403, body: "" });
    const { body } = await call(bamboo, "/employees/3", { query: { fields: "lastName,workEmail" } });
    expect(body).not.toHaveProperty("workEmail");
  });
});

describe("the directory", () => {
  test("has active employees who have started", async () => {
    const bamboo = openBamboo();
    const { body } = await call(bamboo, "/employees/directory");
    const ids = body.employees.map(({ id }: any) => Number(id));
    expect(ids).toHaveLength(56);
    for (const id of [29, 31, 41, 58]) expect(ids).not.toContain(id);
    const later = await call(bamboo, "/employees/directory", { query: { onlyCurrent: "false" } });
    expect(later.body.employees.map(({ id }: any) => id)).toContain("41");
  });

  test("is forbidden if it is not shared, and not found if it is empty", async () => {
    const closed = openBamboo({ access: { isDirectoryShared: false } });
    expect(await call(closed, "/employees/directory")).toMatchObject({ status: 403, body: "" });
    const empty = openBamboo({ seed: { employees: 0 } });
    expect(await call(empty, "/employees/directory")).toMatchObject({ status: 404, body: "" });
  });
});

describe("a table", () => {
  test("has the rows of one employee or of all", async () => {
    const bamboo = openBamboo();
    const one = await call(bamboo, "/employees/29/tables/employmentStatus");
    expect(one.body).toMatchObject([
      { employeeId: "29", comment: null },
      { employeeId: "29", date: "2026-03-31", employmentStatus: "Terminated", comment: "Resigned" },
    ]);
    const all = await call(bamboo, "/employees/all/tables/employmentStatus");
    expect(new Set(all.body.map(({ employeeId }: any) => employeeId)).size).toBe(60);
    const jobs = await call(bamboo, "/employees/5/tables/jobInfo");
    expect(jobs.body.at(-1)).toEqual({
      id: expect.any(String),
      employeeId: "5",
      date: "2026-02-01",
      jobTitle: expect.any(String),
      department: expect.any(String),
      division: expect.any(String),
      location: expect.any(String),
      reportsTo: expect.any(String),
    });
  });

  test("omits hidden fields and hidden people", async () => {
    const access = { hiddenFields: ["employmentHistoryStatus", "supervisor"], hiddenEmployeeIds: [1] };
    const bamboo = openBamboo({ access });
    const { body } = await call(bamboo, "/employees/all/tables/employmentStatus");
    expect(body.some(({ employeeId }: any) => employeeId === "1")).toBe(false);
    expect(Object.keys(body[0])).toEqual(["id", "employeeId", "date"]);
    const [job] = (await call(bamboo, "/employees/2/tables/jobInfo")).body;
    expect(job).not.toHaveProperty("reportsTo");
    expect(await call(bamboo, "/employees/1/tables/jobInfo")).toMatchObject({ status: 404 });
    expect(await call(bamboo, "/employees/2/tables/compensation")).toMatchObject({ status: 404 });
  });
});

describe("metadata of the company", () => {
  test("has lists with their options, including archived ones", async () => {
    const bamboo = openBamboo({ access: { maySeeUsers: false } });
    const { body } = await call(bamboo, "/meta/lists");
    expect(body.map(({ alias }: any) => alias)).toEqual([
      "department",
      "employmentHistoryStatus",
      "jobTitle",
      "location",
      "division",
    ]);
    expect(body[0]).toMatchObject({ fieldId: "4", name: "Department", manageable: "yes", multiple: "no" });
    expect(body[0].options).toHaveLength(13);
    expect(body[0].options.at(-1)).toMatchObject({ name: "Mail Room", archived: "yes" });
    expect(await call(bamboo, "/meta/users")).toMatchObject({ status: 403, body: "" });
    bamboo.access.maySeeLists = false;
    expect(await call(bamboo, "/meta/lists")).toMatchObject({ status: 403, body: "" });
  });

  test("has logins by id, all or of one status", async () => {
    const bamboo = openBamboo();
    const { body } = await call(bamboo, "/meta/users");
    const users: any[] = Object.values(body);
    expect(users.map(({ id }) => String(id))).toEqual(Object.keys(body));
    expect(users.filter(({ employeeId }) => employeeId === 0)).toMatchObject([{ email: "bridge@example.com" }]);
    // The home address if there is no work email; that of the login if there is neither.
    expect(users.find(({ employeeId }) => employeeId === 57)?.email).toMatch(/^home\./);
    const disabled = await call(bamboo, "/meta/users", { query: { status: "disabled" } });
    expect(Object.values<any>(disabled.body).map(({ employeeId }) => employeeId)).toEqual([29, 58]);
    const both = await call(bamboo, "/meta/users", { query: { status: "enabled,disabled" } });
    expect(both.body).toEqual(body);
    expect(users.some((user) => !("lastLogin" in user))).toBe(true);
  });

  test("has the fields", async () => {
    const bamboo = openBamboo();
    const { body } = await call(bamboo, "/meta/fields");
    expect(body).toContainEqual({ id: 4, name: "Department", type: "list", alias: "department" });
    expect(new Set(body.map(({ id }: any) => id)).size).toBe(body.length);
  });
});
