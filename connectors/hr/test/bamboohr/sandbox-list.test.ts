import { describe, expect, test } from "vitest";
import { call, listAll, openBamboo } from "./support/open-bamboo.ts";

describe("the list of employees", () => {
  test("has everybody once, in the order of ids, page by page", async () => {
    const bamboo = openBamboo();
    const people = await listAll(bamboo, { "page[limit]": "7" });
    expect(people.map(({ employeeId }) => Number(employeeId))).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
    expect(bamboo.requestCount({ path: "/api/v1/employees" })).toBe(9);
  });

  test("has pages shorter than requested before its end", async () => {
    const bamboo = openBamboo({ pageSize: 25 });
    const first = await call(bamboo, "/employees", { query: { "page[limit]": "2500" } });
    expect(first.body.data).toHaveLength(25);
    expect(first.body.meta).toMatchObject({ total: 60, page: { limit: 2500, prevCursor: null } });
    expect(await listAll(bamboo, { "page[limit]": "2500" })).toHaveLength(60);
  });

  test("skips and repeats nobody while people are hired and deleted", async () => {
    const bamboo = openBamboo();
    let page = 0;
    const people = await listAll(bamboo, { "page[limit]": "10" }, () => {
      page++;
      if (page === 2) bamboo.hire({ firstName: "Nova", lastName: "Late", department: "Sales" });
      // Somebody of a page that was read already: those who come after move up.
      if (page === 3) bamboo.remove(4);
    });
    const ids = people.map(({ employeeId }) => employeeId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(61);
    expect(people.at(-1)).toMatchObject({ employeeId: "61", firstName: "Nova", status: "Active" });
  });

  test("refuses a cursor whose employee was deleted or is no longer in the list", async () => {
    const bamboo = openBamboo();
    const query = { "page[limit]": "10", "filter[status]": "active" };
    const { body } = await call(bamboo, "/employees", { query });
    const after = body.meta.page.nextCursor;
    bamboo.terminate(Number(body.data.at(-1).employeeId));
    const second = await call(bamboo, "/employees", { query: { ...query, "page[after]": after } });
    expect([second.status, second.body.error.code]).toEqual([400, "BadPage"]);
  });

  test("goes back with the cursor of the previous page, not with that of the next", async () => {
    const bamboo = openBamboo();
    const query = { "page[limit]": "10" };
    const first = await call(bamboo, "/employees", { query });
    const { nextCursor } = first.body.meta.page;
    const second = await call(bamboo, "/employees", { query: { ...query, "page[after]": nextCursor } });
    const { prevCursor } = second.body.meta.page;
    const back = await call(bamboo, "/employees", { query: { ...query, "page[before]": prevCursor } });
    expect(back.body.data).toEqual(first.body.data);
    const wrong = await call(bamboo, "/employees", { query: { ...query, "page[before]": nextCursor } });
    expect([wrong.status, wrong.body.error.code]).toEqual([400, "BadPage"]);
    const nonsense = await call(bamboo, "/employees", { query: { ...query, "page[after]": "12" } });
    expect([nonsense.status, nonsense.body.error.code]).toEqual([400, "BadPage"]);
  });

  test("links to the next page with all parameters", async () => {
    const bamboo = openBamboo();
    const { body } = await call(bamboo, "/employees", { query: { "page[limit]": "50", fields: "workEmail" } });
    const { pathname, search } = new URL(body["_links"].next.href);
    const next = await call(bamboo, pathname + search);
    expect(next.body.data.map(({ employeeId }: any) => employeeId)).toEqual(
      Array.from({ length: 10 }, (_, index) => String(51 + index)),
    );
    expect(next.body.data[0]).toHaveProperty("workEmail");
    expect(next.body["_links"]).not.toHaveProperty("next");
  });

  test("has the requested fields, and null without a value", async () => {
    const bamboo = openBamboo();
    const [first] = await listAll(bamboo, {
      fields: "workEmail,departmentName,departmentId,divisionName,locationName,employmentStatusName,hireDate,birthDate",
    });
    expect(first).toEqual({
      employeeId: "1",
      firstName: expect.any(String),
      lastName: expect.any(String),
      preferredName: null,
      photoUrl: null,
      jobTitleName: expect.any(String),
      status: "Active",
      workEmail: expect.stringMatching(/@example\.com$/),
      departmentName: expect.any(String),
      departmentId: expect.stringMatching(/^\d+$/),
      divisionName: expect.any(String),
      locationName: expect.any(String),
      employmentStatusName: expect.any(String),
      hireDate: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
      birthDate: null,
      _restrictedFields: [],
    });
  });

  test("is filtered by status, by parts of names and by ids", async () => {
    const bamboo = openBamboo();
    const all = await listAll(bamboo);
    const inactive = await listAll(bamboo, { "filter[status]": "inactive" });
    const active = await listAll(bamboo, { "filter[status]": "active" });
    expect(inactive.map(({ employeeId }) => employeeId)).toEqual(["29", "31", "58"]);
    expect(active.length + inactive.length).toBe(all.length);
    const part = all[0].lastName.slice(0, 3).toUpperCase();
    const named = await listAll(bamboo, { "filter[lastName]": part });
    expect(named.map(({ lastName }) => lastName)).toEqual(
      all.map(({ lastName }) => lastName).filter((name) => name.toUpperCase().includes(part)),
    );
    expect((await listAll(bamboo, { "filter[ids]": "3,5" })).map(({ employeeId }) => employeeId)).toEqual(["3", "5"]);
    const sorted = await listAll(bamboo, { "page[limit]": "9", sort: "-lastName" });
    const names = all.map(({ lastName }) => lastName as string);
    expect(sorted.map(({ lastName }) => lastName)).toEqual(names.toSorted(descending));
  });

  test.each([
    ["page[limit]", "2501"],
    ["page[limit]", "0"],
    ["filter[status]", "gone"],
    ["filter[department]", "Sales"],
    ["sort", "workEmail"],
  ])("refuses %s=%s with an error that has a body", async (name, value) => {
    const bamboo = openBamboo();
    const { status, body, message } = await call(bamboo, "/employees", { query: { [name]: value } });
    expect([status, body.error.code, message]).toEqual([400, "BadRequest", null]);
    expect(body.error.message).not.toBe("");
  });
});

const descending = (left: string, right: string) => (left < right ? 1 : -Number(left > right));

describe("hidden data", () => {
  test("is null and among the restricted fields, for a department also its id", async () => {
    const bamboo = openBamboo({ access: { hiddenFields: ["workEmail", "department", "jobTitle"] } });
    const [first] = await listAll(bamboo, { fields: "workEmail,departmentName,departmentId,divisionName" });
    expect(first).toMatchObject({
      workEmail: null,
      departmentName: null,
      departmentId: null,
      jobTitleName: null,
      divisionName: expect.any(String),
      _restrictedFields: ["jobTitleName", "workEmail", "departmentName", "departmentId"],
    });
  });

  test("is not revealed by a filter or the order", async () => {
    const bamboo = openBamboo({ access: { hiddenFields: ["status", "lastName"] } });
    expect(await listAll(bamboo, { "filter[status]": "inactive" })).toEqual([]);
    expect(await listAll(bamboo, { sort: "lastName" })).toEqual([]);
  });

  test("omits people, which makes pages short", async () => {
    const bamboo = openBamboo({ access: { hiddenEmployeeIds: [1, 2, 3, 4, 5] } });
    const first = await call(bamboo, "/employees", { query: { "page[limit]": "5" } });
    expect(first.body.data).toEqual([]);
    expect(first.body.meta.total).toBe(55);
    expect(await listAll(bamboo, { "page[limit]": "5" })).toHaveLength(55);
  });
});
