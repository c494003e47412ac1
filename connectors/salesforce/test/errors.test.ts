import { isUpstreamError } from "@bridgekit/core";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectSalesforce, peopleOf } from "./support/connect-salesforce.ts";
import { execute } from "./support/execute.ts";

const ROWS: readonly [number, string, string][] = [
  [400, "DUPLICATE_USERNAME", "ACCOUNT_ALREADY_EXISTS"],
  [400, "PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT", "ACCOUNT_ALREADY_EXISTS"],
  [400, "LICENSE_LIMIT_EXCEEDED", "LICENSE_EXHAUSTED"],
  [400, "INSUFFICIENT_ACCESS_OR_READONLY", "PERMISSION_DENIED"],
  [403, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", "PERMISSION_DENIED"],
  [403, "INSUFFICIENT_ACCESS", "PERMISSION_DENIED"],
  [403, "API_CURRENTLY_DISABLED", "PERMISSION_DENIED"],
  [403, "API_DISABLED_FOR_ORG", "PERMISSION_DENIED"],
  [401, "INVALID_SESSION_ID", "PERMISSION_DENIED"],
  [404, "NOT_FOUND", "ACCOUNT_NOT_FOUND"],
  [404, "ENTITY_IS_DELETED", "ACCOUNT_NOT_FOUND"],
  [400, "INVALID_CROSS_REFERENCE_KEY", "ACCOUNT_NOT_FOUND"],
  [400, "MALFORMED_ID", "ACCOUNT_NOT_FOUND"],
  [403, "REQUEST_LIMIT_EXCEEDED", "RATE_LIMITED"],
  [503, "SERVER_UNAVAILABLE", "RATE_LIMITED"],
  [500, "QUERY_TIMEOUT", "TIMEOUT"],
  [400, "QUERY_TIMEOUT", "TIMEOUT"],
  [400, "UNABLE_TO_LOCK_ROW", "INTERNAL_ERROR"],
  [400, "ENTITY_IS_LOCKED", "INTERNAL_ERROR"],
  [400, "REQUIRED_FIELD_MISSING", "INTERNAL_ERROR"],
  [400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "INTERNAL_ERROR"],
  [400, "FIELD_INTEGRITY_EXCEPTION", "INTERNAL_ERROR"],
  [400, "INVALID_FIELD", "INTERNAL_ERROR"],
];

test.each(ROWS)("%i %s is %s, in a list and alone, with Salesforce's text", async (status, errorCode, code) => {
  const error = { message: `It is<br>${errorCode}.`, errorCode };
  for (const body of [[error], error]) {
    const { sandbox, connection } = await connectSalesforce();
    sandbox.fault(when({ method: "PATCH" }, { kind: "response", status, body }));
    const account = { id: peopleOf(sandbox)[3]!.Id };
    const thrown = await execute(connection, "delete_account", { account }).catch((reason: unknown) => reason);
    if (!isUpstreamError(thrown)) throw thrown;
    expect(thrown.code).toBe(code);
    expect(thrown.message).toContain(`${errorCode}: It is ${errorCode}.`);
  }
});

test("another missing id is not a missing account", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = [
    { message: "invalid cross reference id", errorCode: "INVALID_CROSS_REFERENCE_KEY", fields: ["ProfileId"] },
  ];
  sandbox.fault(when({ method: "PATCH" }, { kind: "response", status: 400, body }));
  const account = { id: peopleOf(sandbox)[3]!.Id };
  await expect(execute(connection, "delete_account", { account })).rejects.toMatchObject({ code: "INTERNAL_ERROR" });
});

test.each(["UNABLE_TO_LOCK_ROW", "ENTITY_IS_LOCKED", "REQUEST_LIMIT_EXCEEDED"])("%s is retried", async (errorCode) => {
  const { sandbox, connection } = await connectSalesforce();
  const body = [{ message: "later", errorCode }];
  sandbox.fault(when({ method: "PATCH", times: 2 }, { kind: "response", status: 400, body }));
  const { Id } = peopleOf(sandbox)[3]!;
  await execute(connection, "delete_account", { account: { id: Id } });
  expect(sandbox.org.find("User", Id)!["IsActive"]).toBe(false);
});
