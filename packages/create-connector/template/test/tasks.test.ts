import { shareBridge } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connect } from "./support/connect.ts";

const { runTask } = await shareBridge();

test("a suspended user is inactive until unsuspended", async () => {
  const { sandbox, connection } = await connect();
  const user = sandbox.state.users[4]!;
  const payload = { account: { id: user.id } };
  await runTask(connection, "suspend_account", payload);
  expect(user.isActive).toBe(false);
  await runTask(connection, "unsuspend_account", payload);
  expect(user.isActive).toBe(true);
});

test("a missing account fails with the product's own message", async () => {
  const { connection } = await connect();
  const payload = { account: { id: "u999" } };
  const { error } = await runTask(connection, "suspend_account", payload);
  expect(error).toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
    message: expect.stringContaining("There is no such user."),
  });
});
