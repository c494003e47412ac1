import { generateKeyPairSync } from "node:crypto";
import { createConnection } from "@bridgekit/core/run";
import { readStream } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { INTEGRATION_USERNAME } from "../sandbox/index.ts";
import { salesforce } from "../src/index.ts";
import { CONFIG, connectSalesforce, peopleOf } from "./support/connect-salesforce.ts";
import { execute } from "./support/execute.ts";

const TOKEN = "/services/oauth2/token";

test("an expired session is replaced once for all calls", async () => {
  const { sandbox, connection } = await connectSalesforce();
  await readStream(connection, "profile");
  sandbox.expireSessions();
  const reads = await Promise.all(["profile", "role", "user_license"].map((slug) => readStream(connection, slug)));
  expect(reads.every(({ records, missing }) => records.length > 0 && missing.length === 0)).toBe(true);
  expect(sandbox.requestCount({ path: TOKEN })).toBe(2);
});

test("a query whose session expires between two pages restarts after its last row, without repeating rows", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 450 }, pageSize: 200 });
  // Every response to a query of users except the last ends the session.
  let pages = 0;
  const endSession = (page: any) => {
    if (page?.records?.[0]?.attributes?.type === "User" && ++pages < 3) sandbox.expireSessions();
    return page;
  };
  sandbox.fault(when({ path: /\/query/ }, { kind: "change", change: endSession }));
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records.map(({ id }) => id)).toEqual(
    sandbox.org
      .rows("User")
      .filter((user) => user["UserType"] === "Standard")
      .map(({ Id }) => Id),
  );
});

test("a query that Salesforce never continues ends in its error", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 450 }, pageSize: 200 });
  const body = [{ message: "invalid query locator", errorCode: "INVALID_QUERY_LOCATOR" }];
  sandbox.fault(when({ path: /\/query\// }, { kind: "response", status: 400, body }));
  expect((await readStream(connection, "account")).records).toHaveLength(451);
  const nextRecordsUrl = "/services/data/v64.0/query/01gRO0000000009YA2-200";
  const empty = (page: any) => ({ ...page, records: [], done: false, nextRecordsUrl });
  sandbox.fault(when({ path: /\/query$/ }, { kind: "change", change: empty }));
  await expect(readStream(connection, "profile")).rejects.toThrow("INVALID_QUERY_LOCATOR");
});

test.each([
  { what: "another code", body: [{ message: "INVALID_HEADER_TYPE", errorCode: "INVALID_AUTH_HEADER" }] },
  { what: "a page of a gateway", body: "<html>Unauthorized</html>" },
  { what: "no body", body: undefined },
])("a 401 with $what renews the token once, of a write as well", async ({ body }) => {
  const { sandbox, connection } = await connectSalesforce();
  const refuse = (method: string, path: RegExp) =>
    sandbox.fault(
      when({ method, path, times: 1 }, { kind: "response", status: 401, ...(body !== undefined && { body }) }),
    );
  refuse("GET", /\/query/);
  expect((await readStream(connection, "profile")).records).not.toEqual([]);
  refuse("PATCH", /\/sobjects\//);
  const account = { id: peopleOf(sandbox)[3]!.Id };
  await execute(connection, "delete_account", { account });
  expect(sandbox.org.find("User", account.id)).toMatchObject({ IsActive: false });
  expect(sandbox.requestCount({ path: TOKEN })).toBe(3);
});

test("a session that Salesforce always refuses is PERMISSION_DENIED after one new token", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }];
  sandbox.fault(when({ path: /\/query/ }, { kind: "response", status: 401, body }));
  await expect(readStream(connection, "profile")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(sandbox.requestCount({ path: TOKEN })).toBe(2);
  expect(sandbox.requestCount({ path: /\/query/ })).toBe(2);
});

test("a wrong secret is PERMISSION_DENIED with Salesforce's text, and the next call signs in again", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = { error: "invalid_client", error_description: "invalid client credentials" };
  sandbox.fault(when({ path: TOKEN, times: 1 }, { kind: "response", status: 400, body }));
  await expect(readStream(connection, "profile")).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("invalid_client: invalid client credentials"),
  });
  expect((await readStream(connection, "profile")).records).not.toEqual([]);
});

test("a JWT bearer signs in as its user; another key does not", async () => {
  const [right, wrong] = [makeKeys(), makeKeys()];
  const { sandbox } = await connectSalesforce({ clientApp: { publicKey: right.publicKey } });
  const connect = (privateKey: string) => {
    const signIn = { grant: "jwt_bearer", clientId: "sandbox-client", username: INTEGRATION_USERNAME, privateKey };
    return createConnection(salesforce, { ...CONFIG, signIn }, { fetch: sandbox.fetch });
  };
  expect((await readStream(await connect(right.privateKey), "profile")).records).not.toEqual([]);
  await expect(readStream(await connect(wrong.privateKey), "profile")).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  await expect(connect("no key at all")).rejects.toThrow("is not a private key in PEM");
});

function makeKeys() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
