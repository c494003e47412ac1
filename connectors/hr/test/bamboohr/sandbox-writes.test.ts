import { describe, expect, test } from "vitest";
import type { BambooSandbox } from "../../sandbox/index.ts";
import { call, createClock, openBamboo } from "./support/open-bamboo.ts";

const STATE = "department,division,employmentStatus,status,terminationDate,workEmail,hireDate";

async function read(bamboo: BambooSandbox, id: number | string) {
  return (await call(bamboo, `/employees/${id}`, { query: { fields: STATE } })).body;
}

function departmentOf(bamboo: BambooSandbox, index: number): string {
  return bamboo.company.lists.department[index]!.name;
}

describe("an employee", () => {
  test("is created, is found at the URL in the response, and is in the department from the date of hire", async () => {
    const bamboo = openBamboo();
    const department = departmentOf(bamboo, 2);
    const { status, body, headers } = await call(bamboo, "/employees", {
      body: {
        firstName: "Nova",
        lastName: "Quill",
        workEmail: "nova@example.com",
        department,
        hireDate: "2026-05-01",
        employmentHistoryStatus: "Full-Time",
      },
    });
    expect([status, body]).toEqual([201, ""]);
    expect(headers.get("location")).toBe("https://acme.bamboohr.com/api/v1/employees/61");
    const { pathname } = new URL(headers.get("location")!);
    expect((await call(bamboo, pathname, { query: { fields: STATE } })).body).toMatchObject({
      department,
      status: "Active",
      employmentStatus: "Full-Time",
      hireDate: "2026-05-01",
    });
    expect((await call(bamboo, "/employees/61/tables/jobInfo")).body).toMatchObject([{ date: "2026-05-01" }]);
  });

  test.each([
    [{ firstName: "Nova" }, 400],
    [{ firstName: "Nova", lastName: " " }, 400],
    [{ firstName: "Nova", lastName: "Quill", department: "Alchemy" }, 409],
    [{ firstName: "Nova", lastName: "Quill", department: "Mail Room" }, 409],
    [{ firstName: "Nova", lastName: "Quill", hireDate: "2026-02-30" }, 409],
    [{ firstName: "Nova", lastName: "Quill", shoeSize: "42" }, 409],
  ])("is not created from %j", async (body, expected) => {
    const bamboo = openBamboo({ isClientWrong: true });
    const response = await call(bamboo, "/employees", { body });
    expect([response.status, response.body]).toEqual([expected, ""]);
    expect(response.message).toBeTruthy();
    expect(bamboo.company.employees.size).toBe(60);
  });

  test("is not created or changed with another employee's work email, ignoring case", async () => {
    const bamboo = openBamboo();
    bamboo.update(2, { workEmail: "Mixed.Case@example.com" });
    const workEmail = "mixed.CASE@example.com";
    const created = await call(bamboo, "/employees", { body: { firstName: "Nova", lastName: "Quill", workEmail } });
    expect([created.status, created.message]).toEqual([409, `The work email ${workEmail} is already in use`]);
    expect(await call(bamboo, "/employees/3", { body: { workEmail } })).toMatchObject({ status: 409 });
    expect(await call(bamboo, "/employees/2", { body: { workEmail } })).toMatchObject({ status: 200 });
  });

  test("moves with a row of today that keeps the other values; a second move on that day adds none", async () => {
    const clock = createClock();
    const bamboo = openBamboo({ now: clock.now });
    const [from, first, second] = [await read(bamboo, 1), departmentOf(bamboo, 0), departmentOf(bamboo, 1)];
    for (const department of [first, second])
      expect(await call(bamboo, "/employees/1", { body: { department } })).toMatchObject({ status: 200, body: "" });
    expect(await read(bamboo, 1)).toEqual({ ...from, department: second });
    const { body: rows } = await call(bamboo, "/employees/1/tables/jobInfo");
    expect(rows.map(({ date }: any) => date)).toEqual([from.hireDate, "2026-07-01"]);
    expect(rows[1].jobTitle).toBe(rows[0].jobTitle);
  });

  test("loses a value that is written as empty", async () => {
    const bamboo = openBamboo();
    await call(bamboo, "/employees/1", { body: { workEmail: "", division: "" } });
    expect(await read(bamboo, 1)).toMatchObject({ workEmail: null, division: null });
  });

  test("is inactive by hand until a row of the table changes that", async () => {
    const bamboo = openBamboo({ now: createClock().now });
    await call(bamboo, "/employees/1", { body: { status: "Inactive" } });
    expect(await read(bamboo, 1)).toMatchObject({ status: "Inactive", terminationDate: "0000-00-00" });
    const body = { date: "2026-06-30", employmentStatus: "Part-Time" };
    await call(bamboo, "/api/v1_1/employees/1/tables/employmentStatus", { body });
    expect(await read(bamboo, 1)).toMatchObject({ status: "Active", employmentStatus: "Part-Time" });
  });

  test("can't be written by a key without the right, or that can't see it", async () => {
    const bamboo = openBamboo({ access: { hiddenFields: ["department"], hiddenEmployeeIds: [2] } });
    const department = departmentOf(bamboo, 0);
    expect(await call(bamboo, "/employees/1", { body: { department } })).toMatchObject({ status: 403 });
    const job = { date: "2026-06-30", department };
    expect(await call(bamboo, "/employees/1/tables/jobInfo", { body: job })).toMatchObject({ status: 403 });
    expect(await call(bamboo, "/employees/2", { body: { lastName: "Quill" } })).toMatchObject({ status: 403 });
    bamboo.access.mayWrite = false;
    const body = { firstName: "Nova", lastName: "Quill" };
    expect(await call(bamboo, "/employees", { body })).toMatchObject({ status: 403 });
    expect(await call(bamboo, "/employees/1", { body })).toMatchObject({ status: 403 });
    expect(await call(bamboo, "/employees/999", { body })).toMatchObject({ status: 404 });
    const row = { date: "2026-06-30", employmentStatus: "Terminated" };
    expect(await call(bamboo, "/employees/1/tables/employmentStatus", { body: row })).toMatchObject({ status: 403 });
  });

  test.each(["{", "[]", "<employee/>"])("is refused as %s", async (body) => {
    const bamboo = openBamboo({ isClientWrong: true });
    expect(await call(bamboo, "/employees/1", { body })).toMatchObject({ status: 400, message: "Malformed JSON" });
    const headers = { "content-type": "text/xml" };
    expect(await call(bamboo, "/employees/1", { body, headers })).toMatchObject({ status: 400 });
  });
});

describe("a row of a table", () => {
  test("terminates from its day, and a later row reverts that", async () => {
    const clock = createClock();
    const bamboo = openBamboo({ now: clock.now });
    const path = "/api/v1_1/employees/1/tables/employmentStatus";
    const body = { date: "2026-07-03", employmentStatus: "Terminated", comment: "Moved away" };
    expect(await call(bamboo, path, { body })).toMatchObject({ status: 200, body: "" });
    expect(await read(bamboo, 1)).toMatchObject({ status: "Active", terminationDate: "0000-00-00" });
    clock.advance(2 * 86_400);
    expect(await read(bamboo, 1)).toMatchObject({ status: "Inactive", terminationDate: "2026-07-03" });
    await call(bamboo, path, { body: { date: "2026-07-03", employmentStatus: "Full-Time" } });
    expect(await read(bamboo, 1)).toMatchObject({ status: "Active", terminationDate: "0000-00-00" });
    expect((await call(bamboo, "/employees/1/tables/employmentStatus")).body).toHaveLength(3);
  });

  test("takes effect when its day begins in the company's time zone", async () => {
    const clock = createClock("2026-07-02T20:00:00Z");
    const bamboo = openBamboo({ now: clock.now, timeZone: "Asia/Tokyo" });
    bamboo.terminate(1, "2026-07-03");
    bamboo.terminate(2, "2026-07-04");
    expect([(await read(bamboo, 1)).status, (await read(bamboo, 2)).status]).toEqual(["Inactive", "Active"]);
  });

  test("moves an employee, and clears the values that it lacks", async () => {
    const bamboo = openBamboo({ now: createClock().now });
    const { firstName, lastName } = bamboo.company.employee(3);
    const body = { date: "2026-06-30", department: departmentOf(bamboo, 3), reportsTo: `${firstName} ${lastName}` };
    expect(await call(bamboo, "/employees/1/tables/jobInfo", { body })).toMatchObject({ status: 200 });
    expect(await read(bamboo, 1)).toMatchObject({ department: departmentOf(bamboo, 3), division: null });
  });

  test("is added twice if it is sent twice", async () => {
    const bamboo = openBamboo();
    const body = { date: "2026-06-30", employmentStatus: "Terminated" };
    for (let time = 0; time < 2; time++) await call(bamboo, "/api/v1_1/employees/1/tables/employmentStatus", { body });
    expect((await call(bamboo, "/employees/1/tables/employmentStatus")).body).toHaveLength(3);
  });

  test.each([
    ["employmentStatus", { employmentStatus: "Terminated" }, 400],
    ["employmentStatus", { date: "2026-06-30" }, 400],
    ["employmentStatus", { date: "2026-06-30", employmentStatus: "Vanished" }, 406],
    ["employmentStatus", { date: "June", employmentStatus: "Terminated" }, 406],
    ["employmentStatus", { date: "2026-06-30", department: "Sales" }, 406],
    ["jobInfo", { date: "2026-06-30", department: "Alchemy" }, 406],
    ["jobInfo", { date: "2026-06-30", reportsTo: "Nobody At All" }, 406],
    ["compensation", { date: "2026-06-30" }, 404],
  ])("of %s is not taken with %j", async (table, body, expected) => {
    const bamboo = openBamboo({ isClientWrong: true });
    const before = bamboo.snapshot();
    const response = await call(bamboo, `/api/v1_1/employees/1/tables/${table}`, { body });
    expect([response.status, response.body]).toEqual([expected, ""]);
    expect(response.message).toBeTruthy();
    expect(bamboo.snapshot()).toEqual(before);
  });
});
