import type { TaskAction } from "@bridgekit/core";
import type { TaskPayload } from "@bridgekit/core/run";
import { shareBridge } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connect } from "./support/connect.ts";

const bridge = await shareBridge();

async function open() {
  const { sandbox, connection } = await connect();
  const run = (action: TaskAction, payload: TaskPayload) => bridge.runTask(connection, action, payload);
  return { state: sandbox.state, run };
}

test("a suspended user may not sign in until unsuspended", async () => {
  const { state, run } = await open();
  const user = state.users[4]!;
  await run("suspend_account", { account: { id: "5" } });
  expect(user.prohibit_login).toBe(true);
  await run("unsuspend_account", { account: { id: "5" } });
  expect(user.prohibit_login).toBe(false);
});

test("suspending keeps the authentication source of a user", async () => {
  const { state, run } = await open();
  Object.assign(state.users[4]!, { login_name: "cn=five", source_id: 2 });
  await run("suspend_account", { account: { id: "5" } });
  expect(state.users[4]).toMatchObject({ login_name: "cn=five", source_id: 2 });
});

test("a missing team and a missing account fail with different codes", async () => {
  const { run } = await open();
  const changes = { team: { added: [{ id: "77" }] } };
  expect((await run("update_account", { account: { id: "5" }, changes })).error?.code).toBe("INTERNAL_ERROR");
  expect((await run("update_account", { account: { id: "999" }, changes })).error?.code).toBe("ACCOUNT_NOT_FOUND");
});
