import { expect, test } from "vitest";
import type { BambooSandbox } from "../../sandbox/index.ts";
import { call, createClock, openBamboo } from "./support/open-bamboo.ts";

async function changed(bamboo: BambooSandbox, query: Record<string, string>) {
  const { body } = await call(bamboo, "/employees/changed", { query });
  const entries: [string, any][] = Object.entries(body.employees);
  return { latest: body.latest, actions: Object.fromEntries(entries.map(([id, { action }]) => [id, action])) };
}

function open() {
  const clock = createClock();
  return { clock, bamboo: openBamboo({ now: clock.now }) };
}

const START = "2026-07-01T12:00:00Z";

test("changes since a time are writes, tables, hires and deletions, the last one of each employee", async () => {
  const { bamboo, clock } = open();
  expect(await changed(bamboo, { since: START })).toEqual({ latest: "2026-07-01T12:00:00+00:00", actions: {} });
  clock.advance(10);
  await call(bamboo, "/employees/3", { body: { lastName: "Quill" } });
  clock.advance(10);
  const row = { date: "2026-07-01", employmentStatus: "Terminated" };
  await call(bamboo, "/api/v1_1/employees/4/tables/employmentStatus", { body: row });
  bamboo.hire({ firstName: "Nova", lastName: "Late" });
  bamboo.move(6, { department: "Sales" });
  bamboo.remove(5);
  expect(await changed(bamboo, { since: START })).toEqual({
    latest: "2026-07-01T12:00:20+00:00",
    actions: { 3: "Updated", 4: "Updated", 5: "Deleted", 6: "Updated", 61: "Inserted" },
  });
  const ofType = async (type: string) => (await changed(bamboo, { since: START, type })).actions;
  expect(await ofType("deleted")).toEqual({ 5: "Deleted" });
  expect(await ofType("inserted")).toEqual({ 61: "Inserted" });
  expect(await ofType("updated")).toEqual({ 3: "Updated", 4: "Updated", 6: "Updated" });
  expect((await changed(bamboo, { since: "2026-07-01T14:00:10+02:00" })).actions).not.toHaveProperty("3");
});

test("a change in the given second is excluded", async () => {
  const { bamboo } = open();
  bamboo.update(3, { lastName: "Quill" });
  expect((await changed(bamboo, { since: START })).actions).toEqual({});
  expect((await changed(bamboo, { since: "2026-07-01T11:59:59Z" })).actions).toEqual({ 3: "Updated" });
});

test("since the beginning, everybody was inserted", async () => {
  const { bamboo } = open();
  const { actions } = await changed(bamboo, { since: "2020-01-01T00:00:00Z" });
  expect(new Set(Object.values(actions))).toEqual(new Set(["Inserted"]));
  expect(Object.keys(actions)).toHaveLength(60);
});

test.each<Record<string, string>>([{}, { since: "yesterday" }, { since: START, type: "renamed" }])(
  "%j is refused",
  async (query) => {
    const bamboo = openBamboo({ isClientWrong: true });
    const { status, body, message } = await call(bamboo, "/employees/changed", { query });
    expect([status, body]).toEqual([400, ""]);
    expect(message).toBeTruthy();
  },
);

test("the tables of a changed employee are complete, whatever changed", async () => {
  const { bamboo, clock } = open();
  clock.advance(5);
  bamboo.update(29, { lastName: "Quill" });
  bamboo.remove(30);
  const { body } = await call(bamboo, "/employees/changed/tables/employmentStatus", { query: { since: START } });
  expect(body).toMatchObject({
    table: "employmentStatus",
    employees: { 29: { lastChanged: "2026-07-01T12:00:05+00:00", rows: [{}, { employmentStatus: "Terminated" }] } },
  });
  expect(Object.keys(body.employees)).toEqual(["29"]);
});

test("hidden people are not among the changes", async () => {
  const { bamboo, clock } = open();
  clock.advance(5);
  bamboo.access.hiddenEmployeeIds.add(3);
  bamboo.terminate(3);
  bamboo.terminate(4);
  expect((await changed(bamboo, { since: START })).actions).toEqual({ 4: "Updated" });
});
