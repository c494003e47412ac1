import { createConnection } from "@bridgekit/core/run";
import { readStream, shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import type { SalesforceSandbox } from "../sandbox/index.ts";
import { salesforce } from "../src/index.ts";
import { CONFIG, connectSalesforce, peopleOf } from "./support/connect-salesforce.ts";

const bridge = await shareBridge();

const byId = (records: any[], id: string) => records.find((record) => record.id === id);

test("of a recorded org, 3 of 7 users are accounts: active, suspended if frozen, and inactive", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 3 } });
  expect(sandbox.org.rows("User")).toHaveLength(8);
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(4);
  const [active, frozen, inactive] = peopleOf(sandbox);
  expect(byId(records, active!.Id)).toMatchObject({
    username: active!["Username"],
    email: active!["Email"],
    first_name: active!["FirstName"],
    last_name: active!["LastName"],
    display_name: active!["Name"],
    status: "active",
  });
  expect(byId(records, frozen!.Id).status).toBe("suspended");
  expect(byId(records, inactive!.Id).status).toBe("inactive");
});

test("only meaningful permission sets and groups are read", async () => {
  const { sandbox, connection } = await connectSalesforce();
  expect(sandbox.org.rows("PermissionSet")).toHaveLength(75);
  expect((await readStream(connection, "permission_set")).records).toHaveLength(25);
  expect((await readStream(connection, "permission_set_group")).records).toHaveLength(11);
  const groups = await readStream(connection, "public_group");
  expect(groups.records.map(({ name }) => name)).toEqual(["Group 1", "Group 2", "Group 3"]);
  expect((await readStream(connection, "queue")).records.map(({ name }) => name)).toEqual(["Support", "Returns"]);
});

test("the outer group names a nested group, whose members are not its own", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const { records } = await readStream(connection, "public_group");
  const [outer, inner] = records;
  expect(outer.description).toBe("Contains: Group 2, role CEO and those below it.");
  const accounts = (await readStream(connection, "account")).records;
  const membersOf = (group: string) =>
    accounts.filter(({ memberships }) => memberships.public_group.some(({ id }: any) => id === group));
  const direct = (group: string) =>
    sandbox.org
      .rows("GroupMember")
      .filter((row) => row["GroupId"] === group && String(row["UserOrGroupId"]).startsWith("005"));
  expect(membersOf(outer.id)).toHaveLength(direct(outer.id).length);
  expect(membersOf(inner.id)).toHaveLength(direct(inner.id).length);
});

test("an assignment of a permission set group is the group, not the set behind it", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const row = sandbox.org.rows("PermissionSetAssignment").find((candidate) => candidate["PermissionSetGroupId"])!;
  const { records } = await readStream(connection, "account");
  const { memberships } = byId(records, row["AssigneeId"] as string);
  expect(memberships.permission_set_group).toEqual([{ id: row["PermissionSetGroupId"] }]);
  expect(memberships.permission_set).not.toContainEqual({ id: row["PermissionSetId"] });
});

test("licenses have seats; 0 and fewer are no maximum, since 0 means unlimited in the Bridge", async () => {
  const { sandbox, connection } = await connectSalesforce();
  const [salesforce, integration, chatter] = sandbox.org.rows("UserLicense");
  integration!["TotalLicenses"] = 0;
  chatter!["TotalLicenses"] = -1;
  const { records } = await readStream(connection, "user_license");
  const used = sandbox.org.usedUserLicenses(salesforce!.Id);
  expect(records[0]).toEqual({
    id: salesforce!.Id,
    name: "Salesforce",
    max_count: 30,
    is_unlimited: false,
    used_count: used,
  });
  expect(records[1]).toMatchObject({ is_unlimited: false, description: "Salesforce reports 0 seats." });
  expect(records[1]).not.toHaveProperty("max_count");
  expect(records[2]).not.toHaveProperty("is_unlimited");
});

test.each([
  ["role", "UserRole"],
  ["permission_set_group", "PermissionSetGroup"],
  ["queue", "Group"],
  ["user_license", "UserLicense"],
  ["permission_set_license", "PermissionSetLicense"],
])("%s is omitted with a reason if the org has no %s", async (slug, object) => {
  const { connection } = await connectSalesforce({ missingObjects: [object] });
  const { records, missing } = await readStream(connection, slug);
  expect(records).toEqual([]);
  expect(missing).toEqual([expect.stringContaining(`${slug} is omitted`)]);
});

test.each([
  ["PermissionSetAssignment", ["permission_set", "permission_set_group"]],
  ["GroupMember", ["public_group", "queue"]],
  ["PermissionSetLicenseAssign", ["permission_set_license"]],
])("accounts keep what they have where %s is lost", async (object, slugs) => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 4 } });
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed" });
  const refsOf = async () =>
    (await app.records("account")).map(({ data: { id, memberships, assignments } }) => [
      id,
      slugs.map((slug) => (memberships?.[slug] ?? assignments?.[slug] ?? []).map((ref) => ref.id)),
    ]);
  const before = await refsOf();
  sandbox.fault(({ query }) =>
    query.get("q")?.includes(`FROM ${object} `)
      ? { kind: "response", status: 400, body: [{ message: `sObject type '${object}'`, errorCode: "INVALID_TYPE" }] }
      : undefined,
  );
  const result = await app.sync();
  expect(result.unknownRefs?.map((text) => text.split(":")[0])).toEqual(slugs);
  expect(await refsOf()).toEqual(before);
});

test("types that the config excludes are not queried, and the run is complete", async () => {
  const missingObjects = ["PermissionSetLicense", "PermissionSetLicenseAssign"];
  const { connection } = await connectSalesforce({ missingObjects }, { without: ["permission_set_license"] });
  for (const slug of ["permission_set_license", "account"])
    expect((await readStream(connection, slug)).missing).toEqual([]);
});

test("hidden logins do not mean that nobody is frozen", async () => {
  const { connection } = await connectSalesforce({ missingObjects: ["UserLogin"] });
  await expect(readStream(connection, "account")).rejects.toThrow("INVALID_TYPE");
});

test("below the share of daily calls kept for tasks, syncs wait and tasks continue", async () => {
  const { sandbox, connection } = await connectSalesforce({ usage: { max: 1000 } }, { keepForTasks: 0.2 });
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed" });

  sandbox.usage.used = 850;
  await connection.check();
  await expect(app.sync()).rejects.toThrow("are kept for tasks");
  const { Id } = peopleOf(sandbox)[3]!;
  const outcome = await bridge.runTask(connection, "suspend_account", { account: { id: Id } });
  expect(outcome.status).toBe("completed");
});

test("daily calls are the org's: connections to the same org share the count", async () => {
  const { sandbox, connection } = await connectSalesforce({ usage: { max: 1000, used: 950 } });
  const other = await createConnection(salesforce, CONFIG, { fetch: sandbox.fetch });
  await connection.check();
  const calls = sandbox.requestCount({ path: /^\/services\/data/ });
  const app = await bridge.openApp(other);
  await expect(app.sync()).rejects.toThrow("are kept for tasks");
  expect(sandbox.requestCount({ path: /^\/services\/data/ })).toBe(calls);
});

/** Changes rows on their way, by object. */
function changeRows(sandbox: SalesforceSandbox, changes: Readonly<Record<string, (row: any) => any>>): void {
  const changePage = (page: any) => {
    const change = changes[page?.records?.[0]?.attributes?.type];
    return change ? { ...page, records: page.records.map(change) } : page;
  };
  sandbox.fault(when({ path: /\/query/ }, { kind: "change", change: changePage }));
}

const OPTIONAL = {
  User: ["Email", "FirstName", "LastName", "Name", "UserRoleId"],
  Profile: ["Description"],
  UserRole: ["ParentRoleId"],
  PermissionSet: ["Label", "Description"],
  PermissionSetGroup: ["MasterLabel", "Description"],
  Group: ["Name"],
  UserLicense: ["MasterLabel", "Status"],
};

test("an optional field that is absent, null or empty reads the same, whatever the object", async () => {
  const slugs = [
    "profile",
    "role",
    "permission_set",
    "permission_set_group",
    "public_group",
    "user_license",
    "account",
  ];
  const readWith = async (value: unknown) => {
    const { sandbox, connection } = await connectSalesforce({ seed: { people: 4 } });
    const changeOf = (fields: readonly string[]) => (row: any) => {
      const changed = { ...row };
      for (const field of fields)
        if (value === undefined) delete changed[field];
        else changed[field] = value;
      return changed;
    };
    const changes = Object.entries(OPTIONAL).map(([object, fields]) => [object, changeOf(fields)]);
    changeRows(sandbox, Object.fromEntries(changes) as Record<string, (row: any) => any>);
    const reads = await Promise.all(slugs.map((slug) => readStream(connection, slug)));
    return reads.map(({ records, missing }) => ({ records, missing }));
  };
  const absent = await readWith(undefined);
  expect(absent.map(({ missing }) => missing)).toEqual(slugs.map(() => []));
  expect(absent.flatMap(({ records }) => records).every(({ name }) => name !== "")).toBe(true);
  expect(await readWith(null)).toEqual(absent);
  expect(await readWith("")).toEqual(absent);
});

test("a field of the wrong type costs the field and no record, and nobody is removed for it", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 4 } });
  const [first, second] = peopleOf(sandbox);
  changeRows(sandbox, {
    User(row) {
      if (row.Id === first!.Id) return { ...row, FirstName: { value: "Jane" } };
      return row.Id === second!.Id ? { ...row, IsActive: null } : row;
    },
    UserLicense: (row) => ({ ...row, TotalLicenses: "many" }),
  });
  const { records, missing } = await readStream(connection, "account");
  expect(records).toHaveLength(5);
  expect(byId(records, first!.Id)).not.toHaveProperty("first_name");
  expect(byId(records, first!.Id)).toMatchObject({ username: first!["Username"], last_name: first!["LastName"] });
  expect(byId(records, second!.Id)).not.toHaveProperty("status");
  expect(missing).toEqual([
    `Salesforce's FirstName of user ${first!.Id} is an object where a text is expected`,
    expect.stringContaining(`such as ${second!.Id}`),
  ]);
  const licenses = await readStream(connection, "user_license");
  expect(licenses.records[0]).not.toHaveProperty("max_count");
  expect(licenses.missing).toHaveLength(4);
});
