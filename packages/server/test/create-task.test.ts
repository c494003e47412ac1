import { beforeAll, expect, test } from "vitest";
import { accounts } from "./support/api.ts";
import { setUpBridge } from "./support/set-up-bridge.ts";

let app: string;
const { api } = await setUpBridge();
beforeAll(async () => {
  const types = [
    { slug: "account", name: "Employee", type: "account" },
    { slug: "team", name: "Team", type: "group" },
    { slug: "department", name: "Department", type: "group" },
    { slug: "seat", name: "Seat", type: "license" },
  ] as const;
  app = await api.createApp({ types, guard: null });
  await api.sync(app, [["account", accounts(2)]]);
  const [u0, ...rest] = accounts(1);
  await api.sync(app, [
    ["team", [{ id: "g1", name: "Design" }]],
    ["department", [{ id: "d1", name: "Sales" }]],
    ["seat", [{ id: "s1", name: "Pro" }]],
    ["account", [{ ...u0, memberships: { team: [{ id: "stub" }] } }, ...rest]],
  ]);
});

const create = (action: string, payload: object) => api.call("POST", `/apps/${app}/tasks/`, { action, payload });
const add = (slug: string, id: string) =>
  create("update_account", { account: { id: "u0" }, changes: { [slug]: { added: [{ id }] } } });

test("an account is known once it was synced, even if it is inactive now", async () => {
  expect((await create("suspend_account", { account: { id: "u0" } })).status).toBe(201);
  expect(await api.activeIds(app, "account")).toEqual(["u0"]);
  expect((await create("delete_account", { account: { id: "u1" } })).status).toBe(201);
});

test("an account id that no URL can contain gets 422", async () => {
  for (const id of [".", "..", "%2e%2E"]) {
    const { status, body } = await create("create_account", { account: { id } });
    expect([status, body.detail]).toEqual([
      422,
      `payload.account.id: '${id}' is no id: URL parsers remove it from an address`,
    ]);
  }
});

test.each(["update_account", "delete_account", "suspend_account", "unsuspend_account", "reset_password"])(
  "%s of an account that the app does not know gets 422",
  async (action) => {
    const { status, body } = await create(action, { account: { id: "nobody" } });
    expect(status).toBe(422);
    expect(body.detail).toBe("payload.account: unknown account 'nobody'; it was never synced, and no task creates it");
    // A group with this id is not an account.
    expect((await create(action, { account: { id: "g1" } })).status).toBe(422);
  },
);

test("an account that a task creates is known, under the requested and the assigned id, unless the task fails", async () => {
  const { body: created } = await create("create_account", { account: { id: "wish" } });
  expect((await create("suspend_account", { account: { id: "wish" } })).status).toBe(201);
  expect((await create("suspend_account", { account: { id: "4711" } })).status).toBe(422);
  const result = { account: { id: "4711" } };
  await api.call("PATCH", `/apps/${app}/tasks/${created.id}/status/`, { status: "completed", result });
  expect((await create("suspend_account", { account: { id: "4711" } })).status).toBe(201);

  const { body: failed } = await create("create_account", { account: { id: "never" } });
  const error = { code: "TIMEOUT", message: "No response." };
  await api.call("PATCH", `/apps/${app}/tasks/${failed.id}/status/`, { status: "failed", error });
  expect((await create("suspend_account", { account: { id: "never" } })).status).toBe(422);
});

test("groups and licenses are known once they were synced or referred to", async () => {
  for (const [slug, id] of [
    ["team", "g1"],
    ["team", "stub"],
    ["department", "d1"],
    ["seat", "s1"],
  ] as const)
    expect((await add(slug, id)).status, id).toBe(201);
});

test("an unknown group or license gets 422 with its path in the payload", async () => {
  expect((await add("team", "g9")).body.detail).toBe("payload.changes.team.added: unknown group 'g9'");
  expect((await add("seat", "s9")).body.detail).toBe("payload.changes.seat.added: unknown license 's9'");
  const removed = { account: { id: "u0" }, changes: { team: { removed: [{ id: "g1" }, { id: "g9" }] } } };
  expect((await create("update_account", removed)).body.detail).toBe(
    "payload.changes.team.removed: unknown group 'g9'",
  );
  const joins = { account: { id: "new" }, memberships: { team: [{ id: "u0" }] } };
  expect(await create("create_account", joins)).toMatchObject({
    status: 422,
    body: { detail: "payload.memberships.team: unknown group 'u0'" },
  });
});

test("a group under another slug gets 422 with the slugs under which it is known", async () => {
  expect(await add("team", "d1")).toMatchObject({
    status: 422,
    body: { detail: "payload.changes.team.added: 'd1' is no 'team'; it is known as 'department'" },
  });
});

test("what another app knows is not known here, not even to a clone", async () => {
  const { body: clone } = await api.call("POST", "/apps/", { name: "clone", clone_from: app });
  const task = { action: "suspend_account", payload: { account: { id: "u0" } } };
  expect((await api.call("POST", `/apps/${clone.id}/tasks/`, task)).status).toBe(422);
});

test("create_account accepts any id except that of a live account", async () => {
  expect((await create("create_account", { account: { id: "new" } })).status).toBe(201);
  const { status, body } = await create("create_account", { account: { id: "u0" } });
  expect(status).toBe(422);
  expect(body.detail).toContain("payload.account.id: 'u0' is a live account");
  // Removed by the second sync.
  expect((await create("create_account", { account: { id: "u1" } })).status).toBe(201);
  // A group with this id is not an account.
  expect((await create("create_account", { account: { id: "g1" } })).status).toBe(201);
});
