import type { TaskPayload } from "@bridgekit/client";
import { readStream, shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import type { SalesforceSandbox } from "../sandbox/index.ts";
import { connectSalesforce, peopleOf } from "./support/connect-salesforce.ts";
import { execute } from "./support/execute.ts";

const { runTask } = await shareBridge();

type Changes = NonNullable<TaskPayload["changes"]>;

const someone = (sandbox: SalesforceSandbox) => peopleOf(sandbox)[3]!;
const named = ({ org }: SalesforceSandbox, object: string, name: string) =>
  org.rows(object).find((row) => [row["Name"], row["DeveloperName"]].includes(name))!.Id;
const added = (id: string) => ({ added: [{ id }] });
const removed = (id: string) => ({ removed: [{ id }] });

test("every type of membership and license is added, removed and read back, also by ids of 15 characters", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const { Id } = someone(sandbox);
  const wanted = {
    permission_set: named(sandbox, "PermissionSet", "Set_25"),
    permission_set_group: named(sandbox, "PermissionSetGroup", "Set_Group_11").slice(0, 15),
    public_group: named(sandbox, "Group", "Group 3"),
    queue: named(sandbox, "Group", "Returns"),
    permission_set_license: named(sandbox, "PermissionSetLicense", "IdentityConnect"),
    role: named(sandbox, "UserRole", "CEO"),
    profile: named(sandbox, "Profile", "Custom Profile 2"),
  };
  const changesOf = (change: (id: string) => Changes[string]) =>
    Object.fromEntries(Object.entries(wanted).map(([slug, id]) => [slug, change(id)]));
  const run = (changes: Changes) => runTask(connection, "update_account", { account: { id: Id }, changes });

  expect(await run(changesOf(added))).toMatchObject({ status: "completed", result: { verified: { exists: true } } });
  const { profile: _, ...removable } = changesOf(removed);
  expect(await run(removable)).toMatchObject({ status: "completed" });
  const { records } = await readStream(connection, "account");
  const account = records.find(({ id }) => id === Id);
  expect(account.memberships).toMatchObject({ profile: [{ id: wanted.profile }], role: [] });
  expect(JSON.stringify(account)).not.toContain(wanted.permission_set);
  expect(JSON.stringify(account)).not.toContain(wanted.permission_set_group);
});

test("a profile can't be removed without another, and there is one profile and one role", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const { Id, ProfileId } = someone(sandbox);
  const update = (changes: Changes) => execute(connection, "update_account", { account: { id: Id }, changes });
  await expect(update({ profile: removed(ProfileId as string) })).rejects.toThrow("always has a profile");
  const roles = sandbox.org.rows("UserRole").map((row) => ({ id: row.Id }));
  await expect(update({ role: { added: roles.slice(0, 2) } })).rejects.toThrow(
    "has one role in Salesforce, and the task gives 2",
  );
  await expect(update({ department: added("1") })).rejects.toThrow('can\'t change "department"');
  expect(sandbox.requests.every(({ method, path }) => method === "GET" || path.endsWith("/token"))).toBe(true);
});

test("a user license that the profile does not have fails", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const account = { id: someone(sandbox).Id };
  const integration = named(sandbox, "UserLicense", "Salesforce Integration");
  const update = (changes: Changes) => execute(connection, "update_account", { account, changes });
  await expect(update({ user_license: added(integration) })).rejects.toThrow("comes with the profile");
  await update({ user_license: added(integration), profile: added(named(sandbox, "Profile", "Integration")) });
  expect(sandbox.org.find("User", account.id)!["ProfileId"]).toBe(named(sandbox, "Profile", "Integration"));
});

test("an assignment made by somebody else meanwhile counts as done", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const body = [{ message: "duplicate", errorCode: "DUPLICATE_VALUE", fields: [] }];
  sandbox.fault(
    when({ method: "POST", path: /Assignment$/ }, { kind: "response", status: 400, body, isAfterEffect: true }),
  );
  const payload = {
    account: { id: someone(sandbox).Id },
    changes: { permission_set: added(named(sandbox, "PermissionSet", "Set_25")) },
  };
  expect(await runTask(connection, "update_account", payload)).toMatchObject({
    status: "completed",
  });
});

test("a failure halfway reports what was done", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const { Id } = someone(sandbox);
  const license = sandbox.org.rows("PermissionSetLicense")[2]!;
  license["TotalLicenses"] = 0;
  const changes = { role: added(named(sandbox, "UserRole", "CEO")), permission_set_license: added(license.Id) };
  await expect(execute(connection, "update_account", { account: { id: Id }, changes })).rejects.toMatchObject({
    code: "LICENSE_EXHAUSTED",
    message: expect.stringContaining("Done before that: gave role "),
  });
});

test("a new user has the nine fields that Salesforce requires, from the task, the config and defaults", async () => {
  const { sandbox, connection } = await connectSalesforce(
    {},
    {
      newUser: {
        usernameSuffix: ".acme",
        timeZone: "Europe/Berlin",
        locale: "de_DE",
        language: "de",
        lastName: "Unknown",
      },
    },
  );
  const profile = [{ id: named(sandbox, "Profile", "Sales") }];
  const create = async (account: object) => {
    const payload = { account: { id: "x", ...account }, memberships: { profile } };
    const { account: created } = (await execute(connection, "create_account", payload))!;
    return sandbox.org.find("User", created!.id)!;
  };
  expect(await create({ email: "zoe@example.com", first_name: "Zoé", last_name: "Müller-Lüdenscheid" })).toMatchObject({
    Username: "zoe@example.com.acme",
    Email: "zoe@example.com",
    LastName: "Müller-Lüdenscheid",
    Alias: "zmullerl",
    TimeZoneSidKey: "Europe/Berlin",
    LocaleSidKey: "de_DE",
    LanguageLocaleKey: "de",
    EmailEncodingKey: "UTF-8",
    ProfileId: profile[0]!.id,
  });
  const second = await create({ email: "max@example.com", username: "max@acme.example.com" });
  expect(second).toMatchObject({ Username: "max@acme.example.com", LastName: "Unknown" });
  const noProfile = { account: { id: "x", email: "a@example.com" } };
  await expect(execute(connection, "create_account", noProfile)).rejects.toThrow("newUser.profileId");
});

test("a username taken in another org is ACCOUNT_ALREADY_EXISTS, and a full license LICENSE_EXHAUSTED", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const memberships = { profile: [{ id: named(sandbox, "Profile", "Sales") }] };
  const create = (email: string) => execute(connection, "create_account", { account: { id: "x", email }, memberships });
  await expect(create("taken@other.example.com")).rejects.toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS" });
  const license = sandbox.org.rows("UserLicense")[0]!;
  license["TotalLicenses"] = license["UsedLicenses"];
  await expect(create("jane@example.com")).rejects.toMatchObject({ code: "LICENSE_EXHAUSTED" });
});

test("a deactivated user is not created again: the error says what to do instead", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const user = someone(sandbox);
  user["IsActive"] = false;
  const memberships = { profile: [{ id: named(sandbox, "Profile", "Sales") }] };
  const email = ` ${String(user["Username"]).toUpperCase()} `;
  await expect(
    execute(connection, "create_account", { account: { id: "x", email }, memberships }),
  ).rejects.toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: expect.stringContaining(`${user.Id}, which is deactivated; use unsuspend_account`),
  });
  expect(sandbox.requestCount({ method: "POST", path: /\/sobjects\/User$/ })).toBe(0);
});

test("an interrupted creation adopts its own user, and no earlier one", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const memberships = { profile: [{ id: named(sandbox, "Profile", "Sales") }] };
  const payload = { account: { id: "x", email: "jane@example.com" }, memberships };
  const begin = new Date();
  const first = await execute(connection, "create_account", payload);
  expect(await execute(connection, "create_account", payload, begin)).toEqual(first);
  const before = { ...payload, account: { id: "x", email: String(someone(sandbox)["Username"]) } };
  await expect(execute(connection, "create_account", before, begin)).rejects.toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
  });
});

test.each([
  [{}, "suspended", "inactive"],
  [{ suspend: "deactivate", delete: "freeze" }, "inactive", "suspended"],
] as const)(
  "suspend and delete do what the config says (%o), and unsuspend undoes both",
  async (config, suspended, deleted) => {
    const { sandbox, connection } = await connectSalesforce({}, config);
    const payload = { account: { id: someone(sandbox).Id } };
    const statusAfter = async (action: "suspend_account" | "unsuspend_account" | "delete_account") => {
      expect(await runTask(connection, action, payload)).toMatchObject({
        status: "completed",
      });
      const { records } = await readStream(connection, "account");
      return records.find(({ id }) => id === payload.account.id).status;
    };
    expect(await statusAfter("suspend_account")).toBe(suspended);
    expect(await statusAfter("unsuspend_account")).toBe("active");
    expect(await statusAfter("delete_account")).toBe(deleted);
    expect(await statusAfter("unsuspend_account")).toBe("active");
  },
);

test("a new password is in no outcome and no log, and an interrupted reset is not repeated", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const { Id } = someone(sandbox);
  const payload = { account: { id: Id } };
  expect(await runTask(connection, "reset_password", payload)).toEqual({
    status: "completed",
    result: {},
    error: undefined,
  });
  expect(sandbox.org.passwordResets.get(Id)).toBe(1);
  expect(await runTask(connection, "reset_password", payload, new Date())).toMatchObject({ status: "failed" });
  expect(sandbox.org.passwordResets.get(Id)).toBe(1);
});

test("who lacks Manage Users is PERMISSION_DENIED", async () => {
  const { sandbox, connection } = await connectSalesforce({ mayWrite: false });
  const account = { id: someone(sandbox).Id };
  await expect(execute(connection, "suspend_account", { account })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
});
