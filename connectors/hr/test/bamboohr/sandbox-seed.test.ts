import { expect, test } from "vitest";
import { createBambooSandbox, seedBamboo } from "../../sandbox/index.ts";
import { call, openBamboo } from "./support/open-bamboo.ts";

test("the same options generate the same company, and another region has other people", () => {
  const options = { employees: 200, region: "APAC" };
  expect(seedBamboo(options)).toEqual(seedBamboo(options));
  const [here, there] = [seedBamboo(options), seedBamboo({ ...options, region: "EU" })];
  expect(here.employees.map(({ lastName }) => lastName)).not.toEqual(there.employees.map(({ lastName }) => lastName));
});

test("all people have addresses at or below example.com, and no two share a work email", () => {
  const { employees, users } = seedBamboo({ employees: 1000, region: "APAC" });
  const addresses = employees.flatMap(({ workEmail, homeEmail }) => [workEmail ?? [], homeEmail ?? []].flat());
  for (const address of [...addresses, ...users.map(({ email }) => email)])
    expect(address).toMatch(/@apac\.example\.com$/);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("there are the requested numbers of departments, divisions and locations, one of each archived", () => {
  const { lists } = seedBamboo({ employees: 10, departments: 30, divisions: 1, locations: 6 });
  expect([lists.department, lists.division, lists.location].map((options) => options.length)).toEqual([31, 2, 7]);
  expect(new Set(lists.department.map(({ name }) => name)).size).toBe(31);
});

test("a sandbox continues from the snapshot of another, and assigns no id twice", () => {
  const first = openBamboo();
  const hired = first.hire({ firstName: "Nova", lastName: "Late", department: "Stargazing" });
  first.remove(hired);
  const second = createBambooSandbox({ state: first.snapshot() });
  expect(second.snapshot()).toEqual(first.snapshot());
  expect(second.hire({ firstName: "Vera", lastName: "Next" })).toBe(hired + 1);
  expect(first.company.employees.has(hired + 1)).toBe(false);
});

test("an option renamed upstream is renamed for everybody who has it, and an archived one can't be assigned", async () => {
  const bamboo = openBamboo();
  const fields = { query: { fields: "department,departmentId" } };
  const before = (await call(bamboo, "/employees/1", fields)).body;
  bamboo.renameOption("department", before.department, "Stargazing");
  expect((await call(bamboo, "/employees/1", fields)).body).toEqual({ ...before, department: "Stargazing" });
  bamboo.archiveOption("department", "Stargazing");
  const body = { department: "Stargazing" };
  expect(await call(bamboo, "/employees/2", { body })).toMatchObject({ status: 409 });
  expect(() => bamboo.archiveOption("department", "Nowhere")).toThrow('no department "Nowhere"');
});

test("a login is disabled upstream", async () => {
  const bamboo = openBamboo();
  const [user] = bamboo.company.users;
  bamboo.setUserStatus(user!.id, "disabled");
  const { body } = await call(bamboo, "/meta/users", { query: { status: "disabled" } });
  expect(Object.keys(body)).toContain(String(user!.id));
});

test("a field without a permission can't be hidden separately", () => {
  expect(() => createBambooSandbox({ access: { hiddenFields: ["departmentId"] } })).toThrow('hide "departmentId"');
});
