import { readStream, shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectJira, ORGANIZATION, peopleOf } from "./support/connect-jira.ts";

const { runTask } = await shareBridge();

const USER = { method: "DELETE", path: "/rest/api/3/user" };
const refusal = (...errorMessages: string[]) => ({ errorMessages, errors: {} });
const organizationError = (status: number, code: string) => ({
  kind: "response" as const,
  status,
  body: { errors: [{ id: "1", status: String(status), code, title: code, detail: `It is ${code}.` }] },
});

test("delete_account removes the user from the site, and the next sync shows the account as inactive", async () => {
  const { jira, connection } = await connectJira();
  const { accountId } = peopleOf(jira)[10]!;
  expect(await runTask(connection, "delete_account", { account: { id: accountId } })).toMatchObject({
    status: "completed",
  });
  expect(jira.site.users.get(accountId)!.status).toBe("removed");
  expect(jira.site.groupsOf(accountId)).toEqual([]);
  const { records } = await readStream(connection, "account");
  expect(records.find(({ id }) => id === accountId)).toMatchObject({ status: "inactive", memberships: { group: [] } });
});

test("delete_account of a missing account is ACCOUNT_NOT_FOUND, but done after an interruption", async () => {
  const { jira, connection } = await connectJira();
  const account = { id: peopleOf(jira)[10]!.accountId };
  await runTask(connection, "delete_account", { account });
  expect((await runTask(connection, "delete_account", { account })).error?.code).toBe("ACCOUNT_NOT_FOUND");
  expect(await runTask(connection, "delete_account", { account }, new Date())).toMatchObject({ status: "completed" });
});

test.each([
  { kind: "reset", isAfterEffect: true },
  { kind: "response", status: 504, isAfterEffect: true },
  { kind: "reset" },
] as const)("delete_account whose response is lost completes ($kind)", async (fault) => {
  const { jira, connection } = await connectJira();
  const { accountId } = peopleOf(jira)[10]!;
  jira.fault(when({ ...USER, times: 1 }, fault));
  expect(await runTask(connection, "delete_account", { account: { id: accountId } })).toMatchObject({
    status: "completed",
  });
  expect(jira.site.users.get(accountId)!.status).toBe("removed");
});

test("delete_account without site administration is PERMISSION_DENIED with Jira's text", async () => {
  const administrator = await connectJira({ role: "administrator" });
  const { accountId } = peopleOf(administrator.jira)[10]!;
  const denied = await runTask(administrator.connection, "delete_account", { account: { id: accountId } });
  expect(denied.error?.code).toBe("PERMISSION_DENIED");

  const { jira, connection } = await connectJira();
  const own = await runTask(connection, "delete_account", { account: { id: peopleOf(jira)[0]!.accountId } });
  expect(own.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("You cannot delete yourself."),
  });
});

test("suspend_account and unsuspend_account go through the organization, and may be repeated", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const user = peopleOf(jira)[10]!;
  const groups = jira.site.groupsOf(user.accountId);
  const account = { id: user.accountId };
  for (let round = 0; round < 2; round++) {
    expect(await runTask(connection, "suspend_account", { account })).toMatchObject({ status: "completed" });
    expect(user.status).toBe("suspended");
  }
  expect(jira.site.groupsOf(user.accountId)).toEqual(groups);
  for (let round = 0; round < 2; round++) {
    expect(await runTask(connection, "unsuspend_account", { account })).toMatchObject({ status: "completed" });
    expect(user.status).toBe("active");
  }
});

test("unsuspend_account also activates a deactivated account", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const user = peopleOf(jira)[10]!;
  user.status = "deactivated";
  const payload = { account: { id: user.accountId } };
  expect(await runTask(connection, "unsuspend_account", payload)).toMatchObject({ status: "completed" });
  expect(user.status).toBe("active");

  user.status = "deactivated";
  jira.fault(
    when({ path: /lifecycle\/enable$/ }, { kind: "response", status: 403, body: { key: "forbidden.action" } }),
  );
  expect((await runTask(connection, "unsuspend_account", payload)).error).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("forbidden.action"),
  });
});

test.each(["suspend_account", "unsuspend_account"] as const)(
  "%s without an organization key says which key is missing, and changes nothing",
  async (action) => {
    const { jira, connection } = await connectJira();
    const { accountId } = peopleOf(jira)[10]!;
    const outcome = await runTask(connection, action, { account: { id: accountId } });
    expect(outcome.error).toMatchObject({
      code: "PERMISSION_DENIED",
      message: expect.stringContaining("set organization.id and organization.apiKey"),
    });
    expect(jira.requestCount()).toBe(0);
  },
);

const suspending = /\/users\/[^/]+\/suspend$/;
test.each([
  {
    what: "a user who is not in the directory",
    fault: organizationError(404, "ADMIN-404-8"),
    code: "ACCOUNT_NOT_FOUND",
  },
  { what: "a directory that is none", fault: organizationError(404, "ADMIN-404-1"), code: "INTERNAL_ERROR" },
  {
    what: "an organization that the key does not manage",
    fault: organizationError(403, "ADMIN-403-3"),
    code: "PERMISSION_DENIED",
  },
  { what: "a resource that is wrong", fault: organizationError(400, "ADMIN-400-4"), code: "INTERNAL_ERROR" },
  { what: "a limit", fault: organizationError(429, "ADMIN-429-1"), code: "RATE_LIMITED" },
  {
    what: "the gateway",
    fault: { kind: "response", status: 401, body: { code: 401, message: "Unauthorized" } },
    code: "PERMISSION_DENIED",
  },
  {
    what: "a gateway that waits too long",
    fault: { kind: "response", status: 504, body: { code: 504, message: "Timeout" } },
    code: "TIMEOUT",
  },
] as const)("$what refuses suspend_account with $code", async ({ fault, code }) => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  jira.fault(when({ path: suspending }, fault));
  const outcome = await runTask(connection, "suspend_account", { account: { id: peopleOf(jira)[10]!.accountId } });
  expect(outcome.error).toMatchObject({ code, message: expect.stringMatching(/It is ADMIN|Unauthorized|Timeout/) });
});

test("unsuspend_account without a free seat is LICENSE_EXHAUSTED", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const user = peopleOf(jira)[10]!;
  user.status = "suspended";
  jira.site.products.find(({ key }) => key === "jira-software")!.numberOfSeats = 1;
  const outcome = await runTask(connection, "unsuspend_account", { account: { id: user.accountId } });
  expect(outcome.error).toMatchObject({
    code: "LICENSE_EXHAUSTED",
    message: expect.stringContaining("needs a free seat"),
  });
  expect(user.status).toBe("suspended");
});

test("the config must name one of several directories", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const data = [
    { directoryId: "dir-1", name: "One" },
    { directoryId: "dir-2", name: "Two" },
  ];
  jira.fault(when({ path: /\/directories$/ }, { kind: "change", change: () => ({ data, links: {} }) }));
  const account = { id: peopleOf(jira)[10]!.accountId };
  const outcome = await runTask(connection, "suspend_account", { account });
  expect(outcome.error?.message).toContain("dir-1 (One), dir-2 (Two). Set organization.directoryId");

  const named = await connectJira({}, { organization: { ...ORGANIZATION, directoryId: "dir-1" } });
  expect(await runTask(named.connection, "suspend_account", { account })).toMatchObject({ status: "completed" });
  expect(named.jira.requestCount({ path: /\/directories$/ })).toBe(0);
});

test("reset_password is refused with advice", async () => {
  const { jira, connection } = await connectJira();
  const outcome = await runTask(connection, "reset_password", { account: { id: peopleOf(jira)[10]!.accountId } });
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("id.atlassian.com/login/resetpassword"),
  });
  expect(jira.requestCount()).toBe(0);
});

test("no failure of a task shows the token or the key", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const leak = { kind: "response", status: 400, body: refusal("jira-canary-token org-canary-key") } as const;
  jira.fault(when({}, leak));
  const account = { id: peopleOf(jira)[10]!.accountId, email: "new@example.com" };
  for (const action of ["create_account", "update_account", "delete_account", "suspend_account"] as const) {
    const outcome = await runTask(connection, action, { account });
    expect(outcome.status).toBe("failed");
    expect(JSON.stringify(outcome)).not.toContain("canary");
  }
});

/** Jira responds as if it had made the change. */
const accepted = (status: number) => ({ kind: "response", status, body: status === 204 ? undefined : {} }) as const;

test("the account is read back: in the directory, in Jira, among the groups", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const account = { id: peopleOf(jira)[10]!.accountId };
  const [old, added] = [jira.site.groupsOf(account.id)[0]!, jira.site.groupNamed("jira-servicedesk-users")!];
  // What Jira itself shows of a suspension comes later, and is not asked.
  expect((await runTask(connection, "suspend_account", { account })).result).toMatchObject({
    verified: {
      exists: true,
      status: "suspended",
    },
  });
  expect((await runTask(connection, "unsuspend_account", { account })).result).toMatchObject({
    verified: {
      exists: true,
      status: "active",
    },
  });
  expect(jira.requestCount({ path: "/rest/api/3/user" })).toBe(0);
  const changes = { group: { added: [{ id: added.groupId }], removed: [{ id: old.groupId }] } };
  expect((await runTask(connection, "update_account", { account, changes })).result).toMatchObject({
    verified: {
      exists: true,
      refs: { group: { added: 1, removed: 0 } },
    },
  });
  expect((await runTask(connection, "delete_account", { account })).result).toMatchObject({
    verified: { exists: false },
  });
});

test.each([
  { action: "suspend_account", path: /\/suspend$/, fault: accepted(204), says: "is still active" },
  { action: "delete_account", path: "/rest/api/3/user", fault: accepted(204), says: "is still there and active" },
  { action: "update_account", path: "/rest/api/3/group/user", fault: accepted(200), says: "still has group" },
] as const)("$action that Jira accepts but does not make fails", async ({ action, path, fault, says }) => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const { accountId } = peopleOf(jira)[10]!;
  const group = { removed: [{ id: jira.site.groupsOf(accountId)[0]!.groupId }] };
  jira.fault((call) => (call.path.match(path) && call.method !== "GET" ? fault : undefined));
  const changes = action === "update_account" && { changes: { group } };
  const outcome = await runTask(connection, action, { account: { id: accountId }, ...changes });
  expect(outcome.error).toMatchObject({ code: "INTERNAL_ERROR", message: expect.stringContaining(says) });
});

test("what Jira does not show yet is unknown, not a failure", async () => {
  const { jira, connection } = await connectJira();
  const { groupId } = jira.site.groupNamed("jira-servicedesk-users")!;
  const changes = { group: { added: [{ id: groupId }] } };
  const account = { id: peopleOf(jira)[10]!.accountId };
  // The read back, and not the one before the change.
  jira.fault(when({ path: "/rest/api/3/user/groups", nth: 2 }, { kind: "change", change: () => [] }));
  const changed = await runTask(connection, "update_account", { account, changes });
  expect(changed).toMatchObject({
    status: "completed",
    result: { verified: { unknown: expect.stringContaining(`does not yet show that ${account.id} is in group`) } },
  });

  const fresh = await connectJira();
  const gone = { errorMessages: ["Specified user does not exist"], errors: {} };
  fresh.jira.fault(when({ path: "/rest/api/3/user/groups" }, { kind: "response", status: 404, body: gone }));
  const created = await runTask(fresh.connection, "create_account", {
    account: { id: "wish", email: "new@example.com" },
    memberships: { group: changes.group.added },
  });
  expect(created).toMatchObject({
    status: "completed",
    result: { verified: { unknown: expect.stringContaining("does not yet show user") } },
  });
});
