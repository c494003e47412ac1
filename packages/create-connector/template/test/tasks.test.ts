import { expect, test } from "vitest";
import { connect, TOKEN } from "./support/connect.ts";
import { runTask } from "./support/run-task.ts";

test.each([
  { action: "suspend_account", isActive: false },
  { action: "unsuspend_account", isActive: true },
] as const)("$action is done, and doing it twice is no harm", async ({ action, isActive }) => {
  const { sandbox, connection } = await connect();
  const user = sandbox.state.users[4]!;
  user.isActive = !isActive;
  for (let time = 1; time <= 2; time++) {
    expect(await runTask(connection, action, { account: { id: user.id } })).toMatchObject({ status: "completed" });
    expect(user.isActive).toBe(isActive);
  }
});

test("an account that is gone is ACCOUNT_NOT_FOUND", async () => {
  const { connection } = await connect();
  const { error } = await runTask(connection, "suspend_account", { account: { id: "u999" } });
  expect(error).toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
    message: expect.stringContaining("There is no such user."),
  });
});

test("a token without the permission is PERMISSION_DENIED", async () => {
  const { sandbox, connection } = await connect();
  sandbox.state.users[0]!.role = "member";
  const { error } = await runTask(connection, "suspend_account", { account: { id: "u5" } });
  expect(error?.code).toBe("PERMISSION_DENIED");
});

test("a wrong token is PERMISSION_DENIED, and in no message", async () => {
  const { connection } = await connect({}, { token: `wrong-${TOKEN}` });
  const { error } = await runTask(connection, "suspend_account", { account: { id: "u5" } });
  expect(error?.code).toBe("PERMISSION_DENIED");
  expect(JSON.stringify(error)).not.toContain(TOKEN);
});
