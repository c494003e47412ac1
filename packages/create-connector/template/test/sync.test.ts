import { shareBridge } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connect } from "./support/connect.ts";

const bridge = await shareBridge();

test("users are accounts with their teams and status", async () => {
  const { sandbox, connection } = await connect({ users: 12, teams: 3 });
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed", pushed: { team: 3, account: 12 }, missing: [] });
  const accounts = await app.records("account");
  for (const { id, email, name, isActive, teamIds } of sandbox.state.users)
    expect(accounts.find(({ data }) => data.id === id)?.data).toMatchObject({
      email,
      display_name: name,
      status: isActive ? "active" : "suspended",
      memberships: { team: teamIds.map((teamId) => expect.objectContaining({ id: teamId })) },
    });
});

test("every page is read", async () => {
  const { sandbox, connection } = await connect({ users: 250 });
  const app = await bridge.openApp(connection);
  expect((await app.sync()).pushed).toMatchObject({ account: 250 });
  expect(sandbox.requestCount({ path: "/api/users" })).toBe(3);
});

test("a deleted user is removed by the next sync", async () => {
  const { sandbox, connection } = await connect({ users: 12 });
  const app = await bridge.openApp(connection);
  await app.sync();
  const [gone] = sandbox.state.users.splice(5, 1);
  await app.sync();
  const removed = (await app.records("account")).filter(({ removed_at }) => removed_at !== null);
  expect(removed.map(({ data }) => data.id)).toEqual([gone!.id]);
});

test("a token that does not see everybody removes nobody", async () => {
  const { sandbox, connection } = await connect({ users: 12 });
  const app = await bridge.openApp(connection);
  await app.sync();
  sandbox.state.users[0]!.role = "member";
  expect(await app.sync()).toMatchObject({ missing: [expect.stringContaining("is no administrator")] });
  expect((await app.records("account")).filter(({ removed_at }) => removed_at !== null)).toEqual([]);
});

test("check names the user of the token and a missing permission", async () => {
  const { sandbox, connection } = await connect();
  expect((await connection.check()).map(({ isOk }) => isOk)).toEqual([true, true]);
  sandbox.state.users[0]!.role = "member";
  expect((await connection.check())[1]).toMatchObject({ isOk: false, message: expect.stringContaining("make ") });
});
