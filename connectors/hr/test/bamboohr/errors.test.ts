import { when } from "@bridgekit/sandbox";
import { shareBridge } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connectBambooHr } from "./support/connect-bamboohr.ts";

const { runTask } = await shareBridge();

const ROWS = "/api/v1_1/employees/8/tables/employmentStatus";

test.each([
  { status: 400, code: "INTERNAL_ERROR" },
  { status: 401, code: "PERMISSION_DENIED" },
  { status: 403, code: "PERMISSION_DENIED" },
  { status: 404, code: "ACCOUNT_NOT_FOUND" },
  { status: 406, code: "INTERNAL_ERROR" },
  { status: 409, code: "INTERNAL_ERROR" },
  { status: 412, code: "INTERNAL_ERROR" },
])("status $status is $code, with what BambooHR says in its header", async ({ status, code }) => {
  const { bamboo, connection } = await connectBambooHr();
  const headers = { "x-bamboohr-error-message": "No such luck" };
  bamboo.fault(when({ path: ROWS }, { kind: "response", status, headers }));
  const { error } = await runTask(connection, "delete_account", { account: { id: "8" } });
  expect(error?.code).toBe(code);
  expect(error?.message).toContain(
    `BambooHR at https://acme.bamboohr.com returned ${status} to POST ${ROWS}: No such luck`,
  );
});

test.each([
  { status: 401, says: "the API key is refused; is it a key of this company that still exists?" },
  { status: 403, says: "no permission; the key has the rights of its user" },
  { status: 404, says: "there is no such employee" },
])("status $status without a text says what to do", async ({ status, says }) => {
  const { bamboo, connection } = await connectBambooHr();
  bamboo.fault(when({ path: "/api/v1/employees/8" }, { kind: "response", status }));
  const { error } = await runTask(connection, "delete_account", { account: { id: "8" } });
  expect(error?.message).toContain(says);
});

test("a refusal in the body is reported with the body's text", async () => {
  const { bamboo, connection } = await connectBambooHr();
  const body = { error: { code: "BadRequest", message: "page[limit] is too much" } };
  bamboo.fault(when({ method: "GET", path: "/api/v1/employees" }, { kind: "response", status: 400, body }));
  await expect(connection.check()).rejects.toThrow("page[limit] is too much");
});

test("a persistent limit ends as RATE_LIMITED, also with status 200", async () => {
  const { bamboo, connection } = await connectBambooHr();
  bamboo.fault(when({ path: ROWS }, { kind: "response", status: 200, body: { error: { code: 429 } } }));
  const { error } = await runTask(connection, "delete_account", { account: { id: "8" } });
  expect(error?.code).toBe("RATE_LIMITED");
});
