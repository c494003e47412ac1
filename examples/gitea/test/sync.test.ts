import { shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connect } from "./support/connect.ts";

const bridge = await shareBridge();

test("users are accounts with their teams and status", async () => {
  const { sandbox, connection } = await connect({ users: 120 });
  const { users, teams } = sandbox.state;
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed", pushed: { team: 4, account: 120 }, missing: [] });
  const accounts = await app.records("account");
  for (const { id, login, email, active, prohibit_login } of users) {
    const teamIds = teams.filter(({ memberIds }) => memberIds.has(id)).map((team) => ({ id: String(team.id) }));
    const account = accounts.find(({ data }) => data.id === String(id))!;
    expect(account.data).toMatchObject({ username: login, email });
    expect(account.data.memberships?.["team"] ?? []).toMatchObject(teamIds);
    expect(account.status).toBe(prohibit_login ? "suspended" : active ? "active" : "inactive");
  }
});

test("a user in a team but not in the list of users makes the sync partial", async () => {
  const { sandbox, connection } = await connect();
  const app = await bridge.openApp(connection);
  await app.sync();
  const hide = (users: { id: number }[]) => users.filter(({ id }) => id !== 3);
  sandbox.fault(when({ path: "/api/v1/admin/users" }, { kind: "change", change: hide }));
  expect(await app.sync()).toMatchObject({
    missing: expect.arrayContaining([expect.stringContaining("lacks 1 known users")]),
  });
  expect((await app.records("account")).filter(({ removed_at }) => removed_at !== null)).toEqual([]);
});

test("a renamed user stays the same account", async () => {
  const { sandbox, connection } = await connect();
  const app = await bridge.openApp(connection);
  await app.sync();
  sandbox.state.users[4]!.login = "renamed";
  await app.sync();
  expect((await app.records("account")).find(({ data }) => data.id === "5")).toMatchObject({
    data: { username: "renamed" },
    removed_at: null,
  });
});

test("check names the user of the token and a missing permission", async () => {
  const { sandbox, connection } = await connect();
  expect((await connection.check()).map(({ isOk }) => isOk)).toEqual([true, true]);
  sandbox.state.users[0]!.is_admin = false;
  expect((await connection.check())[1]).toMatchObject({ isOk: false, message: expect.stringContaining("make ") });
});
