import { join } from "node:path";
import { testConnector, type Truth } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { createSalesforceSandbox, type Row, type SalesforceSandbox } from "../sandbox/index.ts";
import { salesforce } from "../src/index.ts";
import { CLIENT, CONFIG, peopleOf } from "./support/connect-salesforce.ts";

const create = (people: number) => () =>
  createSalesforceSandbox({ seed: { people }, pageSize: 100, clientApp: CLIENT });

const someone = (sandbox: SalesforceSandbox) => peopleOf(sandbox)[3]!;
const payloadOfSomeone = (sandbox: SalesforceSandbox) => ({ account: { id: someone(sandbox).Id } });
const idOf = (sandbox: SalesforceSandbox, object: string, name: string) =>
  sandbox.org.rows(object).find((row) => row["Name"] === name)!.Id;
const isFrozen = ({ org }: Pick<SalesforceSandbox, "org">, id: string) => org.isFrozen(id);
const assignments = ({ org }: SalesforceSandbox, userId: string, setId: string) =>
  org.rows("PermissionSetAssignment").filter((row) => row["AssigneeId"] === userId && row["PermissionSetId"] === setId);

/** Leaves the rows of an object that mean somebody out of every page, as Salesforce does for who may not see them. */
const hide = (object: string, field: string) => (sandbox: SalesforceSandbox) => {
  const hidden = someone(sandbox).Id;
  const change = (page: any) =>
    page?.records?.[0]?.attributes?.type === object
      ? { ...page, totalSize: page.totalSize - 1, records: page.records.filter((row: any) => row[field] !== hidden) }
      : page;
  sandbox.fault(when({ path: /\/query/ }, { kind: "change", change }));
};

/** What the org has, as its own tables say. */
function truth({ org }: SalesforceSandbox): Truth {
  const records = (object: string, isShown: (row: Row) => boolean = () => true) =>
    org
      .rows(object)
      .filter(isShown)
      .map(({ Id }) => ({ id: Id }));
  const isAssignable = ({ Type }: Row) => Type !== "Profile" && Type !== "Group";
  const held = (object: string, whom: string, what: string, userId: string, isMeant: (row: Row) => boolean) =>
    org
      .rows(object)
      .filter((row) => row[whom] === userId && isMeant(row))
      .map((row) => String(row[what]));
  const groupOf = (row: Row) => org.find("Group", row["GroupId"])!;
  const one = (id: unknown) => (typeof id === "string" ? [id] : []);
  const refsOf = (user: Row) => {
    const { Id, ProfileId, UserRoleId } = user;
    const sets = (what: string, isMeant: (row: Row) => boolean) =>
      held("PermissionSetAssignment", "AssigneeId", what, Id, isMeant);
    const groups = (type: string) =>
      held("GroupMember", "UserOrGroupId", "GroupId", Id, (row) => groupOf(row)["Type"] === type);
    return {
      profile: one(ProfileId),
      role: one(UserRoleId),
      permission_set: sets("PermissionSetId", (row) =>
        isAssignable(org.find("PermissionSet", row["PermissionSetId"])!),
      ),
      permission_set_group: sets("PermissionSetGroupId", (row) => row["PermissionSetGroupId"] !== null),
      public_group: groups("Regular"),
      queue: groups("Queue"),
      user_license: one(org.licenseOf(ProfileId)),
      permission_set_license: held(
        "PermissionSetLicenseAssign",
        "AssigneeId",
        "PermissionSetLicenseId",
        Id,
        () => true,
      ),
    };
  };
  const users = org.rows("User").filter((user) => user["UserType"] === "Standard");
  return {
    profile: records("Profile"),
    role: records("UserRole"),
    permission_set: records("PermissionSet", isAssignable),
    permission_set_group: records("PermissionSetGroup"),
    public_group: records("Group", ({ Type }) => Type === "Regular"),
    queue: records("Group", ({ Type }) => Type === "Queue"),
    user_license: records("UserLicense"),
    permission_set_license: records("PermissionSetLicense"),
    account: users.map((user) => ({
      id: user.Id,
      status: user["IsActive"] !== true ? "inactive" : isFrozen({ org }, user.Id) ? "suspended" : "active",
      refs: refsOf(user),
    })),
  };
}

/** Takes a user and everything that means it out of the org. */
function remove({ org }: SalesforceSandbox, user: Row): void {
  const meanings = {
    UserLogin: "UserId",
    GroupMember: "UserOrGroupId",
    PermissionSetAssignment: "AssigneeId",
    PermissionSetLicenseAssign: "AssigneeId",
  };
  for (const [object, field] of Object.entries(meanings))
    for (const row of org.rows(object)) if (row[field] === user.Id) org.remove(object, row);
  org.remove("User", user);
}

testConnector(salesforce, {
  folder: join(import.meta.dirname, ".."),
  config: CONFIG,
  secrets: [CLIENT.clientSecret],
  upstream: create(110),
  truth,
  edits: {
    "somebody is shown no more": (sandbox) => remove(sandbox, someone(sandbox)),
    "somebody comes": (sandbox) => {
      const { Id: _, ...fields } = someone(sandbox);
      const { Id } = sandbox.org.insert("User", { ...fields, Username: "new@example.com", Email: "new@example.com" });
      sandbox.org.insert("UserLogin", { UserId: Id, IsFrozen: false });
    },
    "somebody changes groups": ({ org }) => {
      const member = org.rows("GroupMember").find((row) => org.find("User", row["UserOrGroupId"]));
      const other = org.rows("Group").findLast(({ Id, Type }) => Type === "Regular" && Id !== member!["GroupId"]);
      org.remove("GroupMember", member!);
      org.insert("GroupMember", { GroupId: other!.Id, UserOrGroupId: member!["UserOrGroupId"] });
    },
  },
  optionalFields: ["Email", "FirstName"],
  empty: create(0),
  hidden: {
    "users who have assignments and are not listed": hide("User", "Id"),
    "logins that are not listed": hide("UserLogin", "UserId"),
  },
  manyRefs(sandbox) {
    const { org } = sandbox;
    const { Id } = someone(sandbox);
    for (let number = 0; number < 101; number++) {
      const group = org.insert("Group", { Name: `Many ${number}`, DeveloperName: `Many_${number}`, Type: "Regular" });
      org.insert("GroupMember", { GroupId: group.Id, UserOrGroupId: Id });
    }
    return { slug: "account", id: Id, field: "memberships", refSlug: "public_group", count: 102 };
  },
  budget: { calls: 18, because: "the sign-in, and a page of 100 of each of 12 lists, of which four have more" },
  missingAccounts: ["999999", "ext-123", "005gR00000ZZZZZ"],
  listOf: ({ method, path, query }) => `${method} ${path.replace(/-\d+$/, "")} ${query.get("q") ?? ""}`,
  actions: {
    create_account: {
      payload: (sandbox) => ({
        account: { id: "new", email: "new.person@example.com", first_name: "New", last_name: "Person" },
        memberships: {
          profile: [{ id: idOf(sandbox, "Profile", "Standard User") }],
          role: [{ id: idOf(sandbox, "UserRole", "CEO") }],
          permission_set: [{ id: idOf(sandbox, "PermissionSet", "Set_25") }],
        },
      }),
      isDone(sandbox, _, result) {
        const { org } = sandbox;
        const created = org.rows("User").filter((user) => user["Username"] === "new.person@example.com");
        const [user] = created;
        if (!user || created.length !== 1 || (result && result.account?.id !== user.Id)) return false;
        const hasRole = user["UserRoleId"] === idOf(sandbox, "UserRole", "CEO");
        return hasRole && assignments(sandbox, user.Id, idOf(sandbox, "PermissionSet", "Set_25")).length === 1;
      },
      again: "ACCOUNT_ALREADY_EXISTS",
    },
    update_account: {
      payload: (sandbox) => ({
        ...payloadOfSomeone(sandbox),
        changes: {
          profile: { added: [{ id: idOf(sandbox, "Profile", "Custom Profile 1") }] },
          permission_set: { added: [{ id: idOf(sandbox, "PermissionSet", "Set_25") }] },
          public_group: {
            removed: sandbox.org
              .rows("Group")
              .slice(-5)
              .map(({ Id }) => ({ id: Id })),
          },
        },
      }),
      isDone(sandbox, { account }) {
        const { org } = sandbox;
        const hasProfile = org.find("User", account.id)?.["ProfileId"] === idOf(sandbox, "Profile", "Custom Profile 1");
        const groups = org.rows("GroupMember").filter((row) => row["UserOrGroupId"] === account.id);
        const isOut = groups.every(({ GroupId }) => org.find("Group", GroupId)?.["Type"] === "Queue");
        const hasSet = assignments(sandbox, account.id, idOf(sandbox, "PermissionSet", "Set_25")).length === 1;
        return hasProfile && isOut && hasSet;
      },
    },
    suspend_account: { payload: payloadOfSomeone, isDone: (sandbox, { account }) => isFrozen(sandbox, account.id) },
    unsuspend_account: {
      payload(sandbox) {
        const { Id } = someone(sandbox);
        sandbox.org.loginOf(Id)!["IsFrozen"] = true;
        someone(sandbox)["IsActive"] = false;
        return { account: { id: Id } };
      },
      isDone: (sandbox, { account }) =>
        !isFrozen(sandbox, account.id) && sandbox.org.find("User", account.id)?.["IsActive"] === true,
    },
    delete_account: {
      payload: payloadOfSomeone,
      isDone: ({ org }, { account }) => org.find("User", account.id)?.["IsActive"] === false,
    },
    reset_password: {
      payload: payloadOfSomeone,
      // A mail that is sent twice does no harm; the task runner calls the handler once only.
      isDone: ({ org }, { account }) => (org.passwordResets.get(account.id) ?? 0) >= 1,
    },
  },
});
