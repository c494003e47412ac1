import type { TaskPayload } from "@bridgekit/core/run";
import { shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectJira, ORGANIZATION, peopleOf } from "./support/connect-jira.ts";
import { execute } from "./support/execute.ts";

const { runTask } = await shareBridge();

const USER = { method: "POST", path: "/rest/api/3/user" };
const payload = { account: { id: "wish", email: "new@example.com" } };
const refusal = (...errorMessages: string[]) => ({ errorMessages, errors: {} });
const INVITED_ANYWAY = refusal("User could not be created: Failed to add user HttpErrorCode 404 - User not found");

const findUser = (jira: Awaited<ReturnType<typeof connectJira>>["jira"], email: string) =>
  peopleOf(jira).find(({ emailAddress }) => emailAddress === email);

test("invites the person with products, groups and project roles, and returns the real id", async () => {
  const { jira, connection } = await connectJira({}, { newAccountProducts: ["jira-software"] });
  const team = jira.site.groupNamed("team-001")!;
  const outcome = await runTask(connection, "create_account", {
    ...payload,
    memberships: { group: [{ id: team.groupId }], project_role: [{ id: "10000:10003" }] },
  });
  const user = findUser(jira, "new@example.com")!;
  expect(outcome).toMatchObject({ status: "completed", result: { account: { id: user.accountId } } });
  expect(jira.site.groupsOf(user.accountId).map(({ name }) => name)).toEqual(["jira-software-users", "team-001"]);
  expect(jira.site.actorsOf("10000", 10_003).map(({ accountId }) => accountId)).toContain(user.accountId);
});

test("an existing user is ACCOUNT_ALREADY_EXISTS, and nothing is sent", async () => {
  const { jira, connection } = await connectJira();
  for (const isEmailShown of [true, false]) {
    const user = peopleOf(jira).find((person) => person.status === "active" && person.isEmailShown === isEmailShown)!;
    const outcome = await runTask(connection, "create_account", {
      account: { id: "x", email: user.emailAddress.toUpperCase() },
    });
    expect(outcome.error).toMatchObject({
      code: "ACCOUNT_ALREADY_EXISTS",
      message: expect.stringContaining(user.accountId),
    });
  }
  expect(jira.requestCount(USER)).toBe(0);
});

test.each([null, "", undefined])(
  "a user whose email reads as %j is found too, and nobody is invited",
  async (hidden) => {
    const { jira, connection } = await connectJira();
    const user = peopleOf(jira).find((person) => person.status === "active" && !person.isEmailShown)!;
    const change = (users: any[]) => users.map((found) => ({ ...found, emailAddress: hidden }));
    jira.fault(when({ path: "/rest/api/3/user/search" }, { kind: "change", change }));
    const account = { id: "x", email: `  ${user.emailAddress.toUpperCase()} ` };
    const outcome = await execute(connection, "create_account", { account }).catch((error: unknown) => error);
    expect(outcome).toMatchObject({
      code: "ACCOUNT_ALREADY_EXISTS",
      message: expect.stringContaining(user.accountId),
    });
    expect(jira.requestCount(USER)).toBe(0);
  },
);

test("without the permission to search nobody is invited", async () => {
  const { jira, connection } = await connectJira();
  const user = peopleOf(jira).find(({ status }) => status === "active")!;
  const mayNot = (body: any) => {
    body.permissions.USER_PICKER.havePermission = false;
    return body;
  };
  jira.fault(when({ path: "/rest/api/3/user/search" }, { kind: "change", change: () => [] }));
  jira.fault(when({ path: "/rest/api/3/mypermissions" }, { kind: "change", change: mayNot }));
  const outcome = await runTask(connection, "create_account", { account: { id: "x", email: user.emailAddress } });
  expect(outcome.error).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("Browse users and groups"),
  });
  expect(jira.requestCount(USER)).toBe(0);
});

test.each([
  { organization: ORGANIZATION, isEmailShown: false },
  { organization: undefined, isEmailShown: true },
])("of somebody suspended or deactivated the error says what to do instead ($isEmailShown)", async (options) => {
  const { organization, isEmailShown } = options;
  const { jira, connection } = await connectJira({}, organization ? { organization } : {});
  const user = peopleOf(jira)[5]!;
  user.isEmailShown = isEmailShown;
  for (const status of ["suspended", "deactivated"] as const) {
    user.status = status;
    const outcome = await runTask(connection, "create_account", { account: { id: "x", email: user.emailAddress } });
    const word = organization && status === "suspended" ? "suspended" : "deactivated";
    expect(outcome.error).toMatchObject({
      code: "ACCOUNT_ALREADY_EXISTS",
      message: expect.stringContaining(`${user.accountId}, ${user.displayName}, who is ${word}; use unsuspend_account`),
    });
  }
});

test("a user whose visible email only begins the same is another person", async () => {
  const { jira, connection } = await connectJira();
  const user = peopleOf(jira).findLast(({ isEmailShown }) => isEmailShown)!;
  user.emailAddress = "new@example.com.example.org";
  expect(await runTask(connection, "create_account", payload)).toMatchObject({ status: "completed" });
});

test("several matching users with hidden emails cannot be distinguished", async () => {
  const { jira, connection } = await connectJira();
  for (const user of peopleOf(jira)
    .filter(({ isEmailShown }) => !isEmailShown)
    .slice(0, 2))
    user.emailAddress = "new@example.com";
  const outcome = await runTask(connection, "create_account", payload, new Date());
  expect(outcome.error).toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS", message: expect.stringContaining("2 users") });
});

test("a user whom the search does not find is ACCOUNT_ALREADY_EXISTS by Jira's refusal", async () => {
  const { jira, connection } = await connectJira();
  const user = peopleOf(jira)[5]!;
  user.status = "suspended";
  const outcome = await runTask(connection, "create_account", { account: { id: "x", email: user.emailAddress } });
  expect(outcome.error).toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: expect.stringContaining("exists and has no access"),
  });
});

test("an execution interrupted after the invitation adopts its account and adds what is missing", async () => {
  const { jira, connection } = await connectJira({}, { newAccountProducts: ["jira-servicedesk"] });
  await runTask(connection, "create_account", payload);
  jira.site.groupNamed("jira-servicedesk-users")!.members.pop();
  expect(await runTask(connection, "create_account", payload, new Date())).toMatchObject({ status: "completed" });
  const { accountId } = findUser(jira, "new@example.com")!;
  expect(jira.site.groupsOf(accountId).map(({ name }) => name)).toEqual(["jira-servicedesk-users"]);
  expect(jira.requestCount(USER)).toBe(1);
});

test.each([
  {
    what: "400, although the invitation went out",
    fault: { kind: "response", status: 400, body: INVITED_ANYWAY, isAfterEffect: true },
  },
  {
    what: "500, as of somebody who was there before",
    fault: { kind: "response", status: 500, body: refusal("Oops"), isAfterEffect: true },
  },
  { what: "504", fault: { kind: "response", status: 504, isAfterEffect: true } },
  { what: "nothing", fault: { kind: "reset", isAfterEffect: true } },
  { what: "truncated JSON", fault: { kind: "truncate" } },
] as const)("if Jira returns $what, the account is searched and the task completes", async ({ fault }) => {
  const { jira, connection } = await connectJira({}, { newAccountProducts: ["jira-software"] });
  jira.fault(when(USER, fault));
  const outcome = await runTask(connection, "create_account", payload);
  expect(outcome).toMatchObject({
    status: "completed",
    result: { account: { id: findUser(jira, "new@example.com")!.accountId } },
  });
  expect(jira.requestCount(USER)).toBe(1);
});

test("if the invitation was sent but the account is not visible yet, the failure says so", async () => {
  const { jira, connection } = await connectJira();
  jira.fault(when(USER, { kind: "response", status: 400, body: INVITED_ANYWAY }));
  const outcome = await runTask(connection, "create_account", payload);
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("after it is accepted"),
  });
});

test("without a free seat it is LICENSE_EXHAUSTED, by the text and by the remaining seats", async () => {
  const { jira, connection } = await connectJira({}, { newAccountProducts: ["jira-software"] });
  jira.site.products.find(({ key }) => key === "jira-software")!.numberOfSeats = 1;
  const byText = await runTask(connection, "create_account", payload);
  expect(byText.error).toMatchObject({ code: "LICENSE_EXHAUSTED", message: expect.stringContaining("user limit") });

  for (const status of [400, 409]) {
    jira.fault(when({ ...USER, times: 1 }, { kind: "response", status, body: refusal("User could not be created.") }));
    const bySeats = await runTask(connection, "create_account", payload);
    expect(bySeats.error).toMatchObject({
      code: "LICENSE_EXHAUSTED",
      message: expect.stringContaining("No free seat of Jira Software: it has 1"),
    });
  }
});

test("a refusal is not about seats if only another product has none left", async () => {
  const { jira, connection } = await connectJira({}, { newAccountProducts: ["jira-servicedesk"] });
  jira.site.products.find(({ key }) => key === "jira-software")!.numberOfSeats = 1;
  jira.fault(when(USER, { kind: "response", status: 400, body: refusal("User could not be created.") }));
  expect((await runTask(connection, "create_account", payload)).error?.code).toBe("INTERNAL_ERROR");
});

test.each([
  { status: 401, code: "PERMISSION_DENIED" },
  { status: 403, code: "PERMISSION_DENIED" },
  { status: 400, code: "INTERNAL_ERROR" },
  { status: 408, code: "TIMEOUT" },
  { status: 429, code: "RATE_LIMITED" },
  { status: 500, code: "INTERNAL_ERROR" },
  { status: 503, code: "RATE_LIMITED" },
  { status: 504, code: "TIMEOUT" },
])("a $status of Jira is $code", async ({ status, code }) => {
  const { jira, connection } = await connectJira();
  jira.fault(when(USER, { kind: "response", status, headers: { "retry-after": "0" }, body: refusal("Jira says no.") }));
  const outcome = await runTask(connection, "create_account", payload);
  expect(outcome.error).toMatchObject({ code, message: expect.stringContaining("Jira says no.") });
});

test("a temporary limit is waited for", async () => {
  const { jira, connection } = await connectJira();
  jira.fault(when({ ...USER, times: 2 }, { kind: "response", status: 429, headers: { "retry-after": "0" } }));
  expect(await runTask(connection, "create_account", payload)).toMatchObject({ status: "completed" });
});

test("a missing group is noticed before anybody is invited", async () => {
  const { jira, connection } = await connectJira();
  const memberships = { group: [{ id: "no-such-group" }] };
  const outcome = await runTask(connection, "create_account", { ...payload, memberships });
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringMatching(/^Jira Cloud has no group no-such-group/),
  });
  expect(jira.requestCount(USER)).toBe(0);
});

test("a failure after the invitation says that the account was created", async () => {
  const { connection } = await connectJira();
  const memberships = { project_role: [{ id: "10000:99999" }] };
  const outcome = await runTask(connection, "create_account", { ...payload, memberships });
  expect(outcome.error?.message).toMatch(
    /^Account \S+ was created, but not all of its access: Jira at \S+ returned 404/,
  );
});

test("a task without an email invites nobody", async () => {
  const { jira, connection } = await connectJira();
  expect(
    (await runTask(connection, "create_account", { account: { id: "x", username: "x" } })).error?.message,
  ).toContain("does not name email");
  expect(jira.requestCount(USER)).toBe(0);
});

test("products among the memberships of a task are added as well", async () => {
  const { jira, connection } = await connectJira();
  // Our own Bridge refuses such a task; the protocol does not forbid it.
  const create = (memberships: NonNullable<TaskPayload["memberships"]>) =>
    execute(connection, "create_account", { ...payload, memberships });
  await create({ product: [{ id: "jira-software" }] });
  const { accountId } = findUser(jira, "new@example.com")!;
  expect(jira.site.groupsOf(accountId).map(({ name }) => name)).toEqual(["jira-software-users"]);
  await expect(create({ squad: [{ id: "s1" }] })).rejects.toThrow('can\'t change "squad" of an account');
});
