import { readFileSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { OBJECTS } from "../sandbox/objects.ts";
import { createSalesforceSandbox, type SalesforceSandbox } from "../sandbox/index.ts";
import { toId18 } from "../src/salesforce-ids.ts";
import { peopleOf } from "./support/connect-salesforce.ts";

const described = JSON.parse(
  readFileSync(new URL("vendor-specs/salesforce-describe-v50.json", import.meta.url), "utf8"),
) as Record<string, any>;

const ROOT = "http://acme.example.com/services/data/v64.0";

/** Calls the sandbox as its integration user. */
async function signIn(sandbox: SalesforceSandbox) {
  const form = {
    grant_type: "client_credentials",
    client_id: "sandbox-client",
    client_secret: "secret-salesforce-sandbox",
  };
  const response = await sandbox.fetch("http://acme.example.com/services/oauth2/token", {
    method: "POST",
    body: new URLSearchParams(form),
  });
  const { access_token } = (await response.json()) as { access_token: string };
  const authorization = `Bearer ${access_token}`;
  return async (
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: any; headers: Headers }> => {
    const url = path.startsWith("/services") ? `http://acme.example.com${path}` : ROOT + path;
    const init = { method, headers: { authorization }, ...(body && { body: JSON.stringify(body) }) };
    const response = await sandbox.fetch(url, init);
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text), headers: response.headers };
  };
}

const query = (soql: string) => `/query?q=${encodeURIComponent(soql)}`;
const newUser = (sandbox: SalesforceSandbox) => ({
  Username: "jane@acme.example.com",
  Email: "jane@example.com",
  LastName: "Doe",
  Alias: "jdoe",
  TimeZoneSidKey: "America/Los_Angeles",
  LocaleSidKey: "en_US",
  EmailEncodingKey: "UTF-8",
  LanguageLocaleKey: "en_US",
  ProfileId: sandbox.org.rows("Profile")[1]!.Id,
});

test.each(Object.keys(described))("%s is what a real org describes, as far as its fields are kept", (name) => {
  const { fields, ...object } = described[name];
  const definition = OBJECTS.get(name.toLowerCase())!;
  expect(definition).toMatchObject({
    keyPrefix: object.keyPrefix,
    label: object.label,
    isCreateable: object.createable,
    isUpdateable: object.updateable,
    isDeletable: object.deletable,
  });
  for (const field of definition.fields.values()) {
    const real = fields.find((candidate: any) => candidate.name === field.name);
    expect({ ...field, relationshipName: field.relationshipName ?? null }).toEqual({
      name: real.name,
      type: real.type,
      length: real.length,
      isNillable: real.nillable,
      isCreateable: real.createable,
      isUpdateable: real.updateable,
      isDefaulted: real.defaultedOnCreate,
      referenceTo: real.referenceTo ?? [],
      relationshipName: real.relationshipName ?? null,
    });
  }
  // Required fields of a new row must be described here; flags default to false.
  const isRequired = (field: any) =>
    field.createable && !field.nillable && !field.defaultedOnCreate && field.type !== "boolean";
  const kept = [...definition.fields.values()].map((field) => field.name);
  for (const field of fields.filter(isRequired)) if (name !== "UserRole") expect(kept).toContain(field.name);
});

test("ids of 15 characters get Salesforce's three-character suffix", () => {
  expect(toId18("00D000000000062")).toBe("00D000000000062EAA");
  expect(toId18("001A0000006Vm9r")).toBe("001A0000006Vm9rIAC");
});

test("a query returns pages with a link to the next one", async () => {
  const call = await signIn(createSalesforceSandbox({ seed: { people: 250 }, pageSize: 200 }));
  const first = await call("GET", query("SELECT Id, Profile.Name FROM User WHERE UserType = 'Standard' ORDER BY Id"));
  expect(first.body).toMatchObject({ totalSize: 251, done: false });
  expect(first.body.records).toHaveLength(200);
  expect(first.body.records[0]).toMatchObject({ attributes: { type: "User" }, Profile: { Name: "Integration" } });
  const second = await call("GET", first.body.nextRecordsUrl);
  expect(second.body).toMatchObject({ totalSize: 251, done: true });
  expect(second.body.records).toHaveLength(51);
  expect(second.headers.get("sforce-limit-info")).toBe("api-usage=2/100000");
});

test.each([
  ["SELECT Id FROM User WHERE IsActive = true AND (FirstName != null OR LastName LIKE 'Int%') LIMIT 3", 3],
  ["SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = false AND Type IN ('Regular','Standard','Session')", 25],
  ["SELECT Id FROM PermissionSet WHERE Type NOT IN ('Profile')", 36],
  ["SELECT Id FROM Group WHERE NOT Type = 'Regular'", 39],
  ["SELECT COUNT() FROM Profile", 39],
  ["SELECT Id FROM User WHERE Username = 'it\\'s@example.com'", 0],
])("%s finds %i rows", async (soql, count) => {
  const call = await signIn(createSalesforceSandbox({ seed: { people: 10 } }));
  expect((await call("GET", query(soql))).body).toMatchObject({ totalSize: count, done: true });
});

test.each([
  ["SELECT Id FROM", "MALFORMED_QUERY"],
  ["SELECT Id FROM User WHERE Username = 'open", "MALFORMED_QUERY"],
  ["SELECT Id FROM User WHERE IsActive = true AND Alias = 'a' OR Alias = 'b'", "MALFORMED_QUERY"],
  ["SELECT Nothing__c FROM User", "INVALID_FIELD"],
  ["SELECT Nothing__r.Name FROM User", "INVALID_FIELD"],
  ["SELECT Id FROM Nothing__c", "INVALID_TYPE"],
  ["SELECT Id FROM User WHERE Id = 'nobody'", "INVALID_QUERY_FILTER_OPERATOR"],
])("%s is refused as %s", async (soql, errorCode) => {
  const call = await signIn(createSalesforceSandbox());
  const { status, body } = await call("GET", query(soql));
  expect(status).toBe(400);
  expect(body).toEqual([expect.objectContaining({ errorCode, message: expect.any(String) })]);
});

test("a user is created, read, changed by an id of 15 characters, and not deleted", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const created = await call("POST", "/sobjects/User", newUser(sandbox));
  expect(created).toMatchObject({ status: 201, body: { success: true, errors: [] } });
  const { id } = created.body;
  expect((await call("PATCH", `/sobjects/User/${id.slice(0, 15)}`, { Title: "Chief" })).status).toBe(204);
  expect((await call("GET", `/sobjects/User/${id}`)).body).toMatchObject({
    Name: "Doe",
    Title: "Chief",
    IsActive: true,
  });
  expect((await call("DELETE", `/sobjects/User/${id}`)).status).toBe(405);
  expect(sandbox.org.loginOf(id)).toMatchObject({ IsFrozen: false });
});

test.each([
  ["REQUIRED_FIELD_MISSING", { Alias: undefined }, ["Alias"]],
  ["STRING_TOO_LONG", { Alias: "much too long" }, ["Alias"]],
  ["INVALID_EMAIL_ADDRESS", { Username: "jane" }, ["Username"]],
  ["DUPLICATE_USERNAME", { Username: "TAKEN@other.example.com" }, ["Username"]],
  ["INVALID_CROSS_REFERENCE_KEY", { ProfileId: "00egR0000000000" }, ["ProfileId"]],
  ["INVALID_FIELD_FOR_INSERT_UPDATE", { UserType: "Guest" }, ["UserType"]],
])("a user that may not be is refused as %s", async (errorCode, change, fields) => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const { status, body } = await call("POST", "/sobjects/User", { ...newUser(sandbox), ...change });
  expect({ status, body }).toMatchObject({ status: 400, body: [{ errorCode, fields }] });
});

test("seats run out, and become free when somebody is deactivated", async () => {
  const sandbox = createSalesforceSandbox();
  const license = sandbox.org.rows("UserLicense")[0]!;
  license["TotalLicenses"] = license["UsedLicenses"];
  const call = await signIn(sandbox);
  const refused = await call("POST", "/sobjects/User", newUser(sandbox));
  expect(refused.body).toMatchObject([{ errorCode: "LICENSE_LIMIT_EXCEEDED" }]);
  const active = peopleOf(sandbox).find((user) => user["IsActive"])!;
  await call("PATCH", `/sobjects/User/${active.Id}`, { IsActive: false });
  expect((await call("POST", "/sobjects/User", newUser(sandbox))).status).toBe(201);
});

test("many records succeed or fail separately, or all or none", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const [first, second] = peopleOf(sandbox);
  const set = sandbox.org.rows("PermissionSet").find((row) => row["Name"] === "Set_25")!;
  const record = (AssigneeId: string) => ({
    attributes: { type: "PermissionSetAssignment" },
    AssigneeId,
    PermissionSetId: set.Id,
  });
  const records = [first!.Id, first!.Id, second!.Id].map(record);
  const before = sandbox.org.rows("PermissionSetAssignment").length;
  const none = await call("POST", "/composite/sobjects", { allOrNone: true, records });
  expect(none.body.every(({ success }: any) => !success)).toBe(true);
  expect(sandbox.org.rows("PermissionSetAssignment")).toHaveLength(before);

  const { body } = await call("POST", "/composite/sobjects", { allOrNone: false, records });
  expect(body.map(({ success }: any) => success)).toEqual([true, false, true]);
  expect(body[1].errors).toMatchObject([{ statusCode: "DUPLICATE_VALUE" }]);
  const ids = [body[0].id, body[2].id].join(",");
  const removed = await call("DELETE", `/composite/sobjects?ids=${ids}&allOrNone=false`);
  expect(removed.body).toMatchObject([{ success: true }, { success: true }]);
  expect((await call("DELETE", `/sobjects/PermissionSetAssignment/${body[0].id}`)).body).toMatchObject([
    { errorCode: "ENTITY_IS_DELETED" },
  ]);
});

test("a password is set, reset and never shown again; a frozen user can't sign in with it", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const user = peopleOf(sandbox).find(({ Id, IsActive }) => IsActive && !sandbox.org.isFrozen(Id))!;
  const path = `/sobjects/User/${user.Id}/password`;
  expect((await call("POST", path, { NewPassword: "short" })).body).toMatchObject([
    { errorCode: "INVALID_NEW_PASSWORD" },
  ]);
  expect((await call("DELETE", path)).body).toEqual({ NewPassword: expect.any(String) });
  expect((await call("POST", path, { NewPassword: "long enough" })).status).toBe(204);
  expect((await call("GET", path)).body).toEqual({ isExpired: false });
  const signInAsUser = async () => {
    const client = { client_id: "sandbox-client", client_secret: "secret-salesforce-sandbox" };
    const form = { grant_type: "password", ...client, username: String(user["Username"]), password: "long enough" };
    const body = new URLSearchParams(form);
    return (await sandbox.fetch("http://acme.example.com/services/oauth2/token", { method: "POST", body })).status;
  };
  expect(await signInAsUser()).toBe(200);
  await call("PATCH", `/sobjects/UserLogin/${sandbox.org.loginOf(user.Id)!.Id}`, { IsFrozen: true });
  expect(await signInAsUser()).toBe(400);
});

test("daily calls are reported and run out", async () => {
  const call = await signIn(createSalesforceSandbox({ usage: { used: 98, max: 100 } }));
  expect((await call("GET", "/limits")).body).toMatchObject({ DailyApiRequests: { Max: 100, Remaining: 1 } });
  await call("GET", "/limits");
  expect(await call("GET", "/limits")).toMatchObject({ status: 403, body: [{ errorCode: "REQUEST_LIMIT_EXCEEDED" }] });
});

test("what the stand-in does not model is reported as not offered, not by an error of Salesforce", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const calls: [method: string, path: string, body?: object][] = [
    ["GET", "/analytics/reports"],
    ["GET", query("SELECT Id FROM BotDefinition")],
    ["GET", query("SELECT ReceivesInfoEmails FROM User")],
    ["GET", query("SELECT Manager.Contact.Name FROM User")],
    ["GET", query("SELECT Id, (SELECT Id FROM PermissionSetAssignments) FROM User")],
    ["GET", query("SELECT MAX(CreatedDate) FROM User")],
    ["GET", query("SELECT Id FROM User GROUP BY Id")],
    ["POST", "/sobjects/User", { ...newUser(sandbox), ReceivesInfoEmails: true }],
    ["GET", "/sobjects/User/Alias/jdoe"],
  ];
  for (const [method, path, body] of calls) {
    const response = await call(method, path, body);
    expect({ path, status: response.status }).toEqual({ path, status: 501 });
    expect(response.headers.get("x-stand-in")).toBe("not-offered");
    expect(response.body).toEqual([
      { errorCode: "NOT_OFFERED_BY_THIS_STAND_IN", message: expect.stringContaining("not offered by this stand-in") },
    ]);
  }
});

test("everything that the version's root lists exists", async () => {
  const call = await signIn(createSalesforceSandbox());
  const { body } = await call("GET", "/");
  for (const [name, path] of Object.entries<string>(body))
    expect({
      name,
      status: (await call("GET", name.startsWith("query") ? `${path}?q=SELECT+Id+FROM+Profile` : path)).status,
    }).toEqual({ name, status: 200 });
});

test("an org describes itself, and users have phones and addresses", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const { body } = await call("GET", query("SELECT Id, Name, OrganizationType, IsSandbox FROM Organization"));
  expect(body.records).toMatchObject([{ Name: "Acme", IsSandbox: false }]);
  const { Id } = peopleOf(sandbox)[0]!;
  await call("PATCH", `/sobjects/User/${Id}`, { Phone: "+49 30 1234", City: "Berlin" });
  const fields = "Phone,City,LastModifiedDate,SystemModstamp";
  const { body: user } = await call("GET", `/sobjects/User/${Id}?fields=${fields}`);
  expect(user).toMatchObject({ Phone: "+49 30 1234", City: "Berlin", LastModifiedDate: user.SystemModstamp });
});

test("a row is created, and changed, at one time", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const { Id } = peopleOf(sandbox)[0]!;
  let milliseconds = Date.parse("2026-03-01T08:00:00Z");
  class RunningClock extends Date {
    constructor(time: number = milliseconds++) {
      super(time);
    }
  }
  vi.stubGlobal("Date", RunningClock);
  onTestFinished(() => void vi.unstubAllGlobals());
  const created = await call("POST", "/sobjects/User", newUser(sandbox));
  await call("PATCH", `/sobjects/User/${Id}`, { City: "Berlin" });
  const read = async (id: string) =>
    (await call("GET", `/sobjects/User/${id}?fields=CreatedDate,LastModifiedDate,SystemModstamp`)).body;
  const fresh = await read(created.body.id);
  expect(fresh).toMatchObject({ LastModifiedDate: fresh.CreatedDate, SystemModstamp: fresh.CreatedDate });
  const changed = await read(Id);
  expect(changed).toMatchObject({ LastModifiedDate: changed.SystemModstamp });
});

test("requests of one call may refer to each other, and succeed all or none", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const set = sandbox.org.rows("PermissionSet").find((row) => row["Name"] === "Set_25")!;
  const assign = (PermissionSetId: string) => ({
    method: "POST",
    url: "/services/data/v64.0/sobjects/PermissionSetAssignment",
    referenceId: "assigned",
    body: { AssigneeId: "@{user.id}", PermissionSetId },
  });
  const create = {
    method: "POST",
    url: "/services/data/v64.0/sobjects/User",
    referenceId: "user",
    body: newUser(sandbox),
  };
  const failing = { allOrNone: true, compositeRequest: [create, assign("0PSgR0000000000")] };
  const failed = await call("POST", "/composite", failing);
  expect(failed.body.compositeResponse.map((entry: any) => entry.httpStatusCode)).toEqual([400, 400]);
  expect(sandbox.org.userNamed("jane@acme.example.com")).toBeUndefined();

  const { body, headers } = await call("POST", "/composite", { compositeRequest: [create, assign(set.Id)] });
  expect(body.compositeResponse).toMatchObject([
    { referenceId: "user", httpStatusCode: 201, body: { success: true } },
    { referenceId: "assigned", httpStatusCode: 201 },
  ]);
  const { Id } = sandbox.org.userNamed("jane@acme.example.com")!;
  expect(sandbox.org.rows("PermissionSetAssignment").at(-1)).toMatchObject({ AssigneeId: Id, PermissionSetId: set.Id });
  expect(headers.get("sforce-limit-info")).toBe("api-usage=2/100000");
});

test("a batch continues after a failure unless it should halt, and a tree is created completely or not at all", async () => {
  const sandbox = createSalesforceSandbox();
  const call = await signIn(sandbox);
  const batchRequests = [
    { method: "GET", url: "v64.0/sobjects/Nothing__c" },
    { method: "GET", url: "v64.0/limits" },
  ];
  const codes = async (haltOnError: boolean) =>
    (await call("POST", "/composite/batch", { haltOnError, batchRequests })).body.results.map(
      ({ statusCode }: any) => statusCode,
    );
  expect(await codes(false)).toEqual([400, 200]);
  expect(await codes(true)).toEqual([400, 412]);

  const group = (referenceId: string, Name?: string) => ({
    attributes: { type: "Group", referenceId },
    ...(Name && { Name }),
    Type: "Regular",
  });
  const before = sandbox.org.rows("Group").length;
  const refused = await call("POST", "/composite/tree/Group", { records: [group("a", "A"), group("b")] });
  expect(refused).toMatchObject({
    status: 400,
    body: { hasErrors: true, results: [{ referenceId: "b", errors: [{ statusCode: "REQUIRED_FIELD_MISSING" }] }] },
  });
  expect(sandbox.org.rows("Group")).toHaveLength(before);
  const made = await call("POST", "/composite/tree/Group", { records: [group("a", "A"), group("b", "B")] });
  expect(made).toMatchObject({ status: 201, body: { hasErrors: false, results: [{ referenceId: "a" }, {}] } });
  expect(sandbox.org.rows("Group")).toHaveLength(before + 2);
});

test("rows are found and upserted by an external id, and changes and deletions are listed", async () => {
  const sandbox = createSalesforceSandbox({ externalIds: { User: ["Badge__c"] } });
  const call = await signIn(sandbox);
  const start = new Date(Date.now() - 60_000).toISOString();
  const path = "/sobjects/User/Badge__c/B-1";
  const created = await call("PATCH", path, newUser(sandbox));
  expect(created).toMatchObject({ status: 201, body: { success: true, created: true } });
  expect(await call("PATCH", path, { Title: "Chief" })).toMatchObject({ status: 200, body: { created: false } });
  expect((await call("GET", path)).body).toMatchObject({ Id: created.body.id, Title: "Chief", Badge__c: "B-1" });
  expect((await call("GET", "/sobjects/User/Other__c/1")).body).toMatchObject([{ errorCode: "NOT_FOUND" }]);

  const row = sandbox.org.rows("GroupMember")[0]!;
  await call("DELETE", `/sobjects/GroupMember/${row.Id}`);
  const span = `start=${start}&end=${new Date(Date.now() + 60_000).toISOString()}`;
  expect((await call("GET", `/sobjects/User/updated?${span}`)).body.ids).toEqual([created.body.id]);
  expect((await call("GET", `/sobjects/GroupMember/deleted?${span}`)).body.deletedRecords).toMatchObject([
    { id: row.Id },
  ]);
});

test("client credentials may be in the header", async () => {
  const sandbox = createSalesforceSandbox();
  const signIn = (secret: string) =>
    sandbox.fetch("http://acme.example.com/services/oauth2/token", {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`sandbox-client:${secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
  expect((await signIn("secret-salesforce-sandbox")).status).toBe(200);
  expect((await signIn("wrong")).status).toBe(400);
});
