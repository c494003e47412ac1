import { expect, test } from "vitest";
import { createBambooSandbox, seedBamboo } from "../../sandbox/index.ts";
import { call, openBamboo } from "./support/open-bamboo.ts";

test("the same options make the same company, and another region has other people", () => {
  const options = { employees: 200, region: "APAC" };
  expect(seedBamboo(options)).toEqual(seedBamboo(options));
  const [here, there] = [seedBamboo(options), seedBamboo({ ...options, region: "EU" })];
  expect(here.employees.map(({ lastName }) => lastName)).not.toEqual(there.employees.map(({ lastName }) => lastName));
});

test("all people live at example.com or below it, and no two have the same address at work", () => {
  const { employees, users } = seedBamboo({ employees: 1000, region: "APAC" });
  const addresses = employees.flatMap(({ workEmail, homeEmail }) => [workEmail ?? [], homeEmail ?? []].flat());
  for (const address of [...addresses, ...users.map(({ email }) => email)])
    expect(address).toMatch(/@apac\.example\.com$/);
  expect(new Set(addresses).size).toBe(addresses.length);
});

test("there are as many departments, divisions and locations as asked for, with one archived of each", () => {
  const { lists } = seedBamboo({ employees: 10, departments: 30, divisions: 1, locations: 6 });
  expect([lists.department, lists.division, lists.location].map((options) => options.length)).toEqual([31, 2, 7]);
  expect(new Set(lists.department.map(({ name }) => name)).size).toBe(31);
});

test("a sandbox goes on from the snapshot of another, and hands out no id a second time", () => {
  const first = openBamboo();
  const hired = first.hire({ firstName: "Nova", lastName: "Late", department: "Stargazing" });
  first.remove(hired);
  const second = createBambooSandbox({ state: first.snapshot() });
  expect(second.snapshot()).toEqual(first.snapshot());
  expect(second.hire({ firstName: "Vera", lastName: "Next" })).toBe(hired + 1);
  expect(first.company.employees.has(hired + 1)).toBe(false);
});

test("an option renamed upstream is renamed at everybody who has it, and an archived one can't be given any more", async () => {
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

test("a login is switched off upstream", async () => {
  const bamboo = openBamboo();
  const [user] = bamboo.company.users;
  bamboo.setUserStatus(user!.id, "disabled");
  const { body } = await call(bamboo, "/meta/users", { query: { status: "disabled" } });
  expect(Object.keys(body)).toContain(String(user!.id));
});

test("a field that has no permission of its own can't be hidden by itself", () => {
  expect(() => createBambooSandbox({ access: { hiddenFields: ["departmentId"] } })).toThrow('hide "departmentId"');
});
