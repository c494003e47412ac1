import { generateKeyPairSync } from "node:crypto";
import { createConnection } from "@bridgekit/core";
import { readStream } from "@bridgekit/testing";
import { when } from "@bridgekit/testing/sandbox";
import { expect, test } from "vitest";
import { INTEGRATION_USERNAME } from "../sandbox/index.ts";
import { salesforce } from "../src/index.ts";
import { CONFIG, connectSalesforce } from "./support/connect-salesforce.ts";

const TOKEN = "/services/oauth2/token";

test("a session that has ended is replaced once, for all calls that find it ended", async () => {
  const { sandbox, connection } = await connectSalesforce();
  await readStream(connection, "profile");
  sandbox.expireSessions();
  const reads = await Promise.all(["profile", "role", "user_license"].map((slug) => readStream(connection, slug)));
  expect(reads.every(({ records, missing }) => records.length > 0 && missing.length === 0)).toBe(true);
  expect(sandbox.requestCount({ path: TOKEN })).toBe(2);
});

test("a session that Salesforce never takes is PERMISSION_DENIED after one new token", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }];
  sandbox.fault(when({ path: /\/query/ }, { kind: "answer", status: 401, body }));
  await expect(readStream(connection, "profile")).rejects.toMatchObject({ code: "PERMISSION_DENIED" });
  expect(sandbox.requestCount({ path: TOKEN })).toBe(2);
  expect(sandbox.requestCount({ path: /\/query/ })).toBe(2);
});

test("a wrong secret is PERMISSION_DENIED with Salesforce's text, and the next call signs in anew", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = { error: "invalid_client", error_description: "invalid client credentials" };
  sandbox.fault(when({ path: TOKEN, times: 1 }, { kind: "answer", status: 400, body }));
  await expect(readStream(connection, "profile")).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("invalid_client: invalid client credentials"),
  });
  expect((await readStream(connection, "profile")).records).not.toEqual([]);
});

test("a JWT bearer signs in as the user whom it names; another key does not", async () => {
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
  await expect(connect("no key at all")).rejects.toThrow("config.signIn.privateKey is no private key");
});

function makeKeys() {
  return generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
