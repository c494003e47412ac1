import { join } from "node:path";
import { testConnector, type Truth } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { createJiraSandbox, type JiraSandbox, type SeedOptions, type UserRow } from "../sandbox/index.ts";
import { jira as connector } from "../src/index.ts";

const API_TOKEN = "jira-canary-token";
const ORGANIZATION = { id: "org-1", apiKey: "org-canary-key", directoryId: "dir-1" };
const USERS = "/rest/api/3/users/search";
const MEMBERS = "/rest/api/3/group/member";

const { email: EMAIL } = createJiraSandbox({ seed: { people: 1 } });

/** A site whose list of users leaves these accounts out. */
type Site = JiraSandbox & { unlisted: Set<string> };

/** Its pages are smaller than what is asked for, as Jira's may be: so a small site has several of each list. */
function openJira(seed: SeedOptions): Site {
  const jira = createJiraSandbox({
    seed,
    organization: ORGANIZATION,
    // The first person is the same for every size of the site.
    credentials: [{ email: EMAIL, apiToken: API_TOKEN, role: "site-administrator" }],
  });
  const unlisted = new Set<string>();
  const capUsers = (users: { accountId: string }[]) =>
    users.slice(0, 60).filter(({ accountId }) => !unlisted.has(accountId));
  jira.fault(when({ path: USERS }, { kind: "change", change: capUsers }));
  jira.fault(when({ path: "/rest/api/3/project/search" }, { kind: "change", change: (page) => cap(page, 1) }));
  jira.fault(when({ path: "/rest/api/3/group/bulk" }, { kind: "change", change: (page) => cap(page, 5) }));
  return Object.assign(jira, { unlisted });
}

function cap(page: { values: unknown[]; isLast: boolean }, size: number) {
  return { ...page, values: page.values.slice(0, size), isLast: page.isLast && page.values.length <= size };
}

/** Somebody who is in the groups of everybody, and holds no role. */
function someone(jira: JiraSandbox): UserRow {
  const isFree = ({ accountId, accountType, status }: UserRow) =>
    accountType === "atlassian" &&
    status === "active" &&
    jira.site.groupsOf(accountId).length === 2 &&
    !holdsRole(jira, accountId);
  return jira.site.users.values().find(isFree)!;
}
const payloadOfSomeone = (jira: JiraSandbox) => ({ account: { id: someone(jira).accountId } });
const statusOf = (jira: JiraSandbox, id: string) => jira.site.users.get(id)?.status;
const idOfGroup = (jira: JiraSandbox, name: string) => jira.site.groupNamed(name)!.groupId;

/** A role that people hold, and no group. */
function someRole(jira: JiraSandbox): { projectId: string; roleId: number } {
  const project = jira.site.project("P1");
  return { projectId: project.id, roleId: jira.site.rolesOf(project)[1]!.id };
}
function holdsRole(jira: JiraSandbox, accountId: string): boolean {
  const { projectId, roleId } = someRole(jira);
  return jira.site.actorsOf(projectId, roleId).filter((actor) => actor.accountId === accountId).length === 1;
}
function refOfRole(jira: JiraSandbox) {
  const { projectId, roleId } = someRole(jira);
  return { id: `${projectId}:${roleId}`, name: "Project 1 - Developers" };
}

/** What the site has, as its own tables say. */
function truth({ site }: JiraSandbox): Truth {
  const statuses = { active: "active", suspended: "suspended", deactivated: "inactive", removed: "inactive" } as const;
  const projects = [...site.projects.values()];
  const roles = projects.flatMap((project) =>
    site.rolesOf(project).map((role) => ({
      id: `${project.id}:${role.id}`,
      holders: site.actorsOf(project.id, role.id).map(({ accountId }) => accountId),
    })),
  );
  const people = [...site.users.values()].filter(
    ({ accountType, isHidden }) => accountType === "atlassian" && !isHidden,
  );
  return {
    group: [...site.groups.keys()].map((id) => ({ id })),
    project_role: roles.map(({ id }) => ({ id })),
    product: site.products.map(({ key }) => ({ id: key })),
    account: people.map(({ accountId, status }) => ({
      id: accountId,
      status: statuses[status],
      refs: {
        group: site.groupsOf(accountId).map(({ groupId }) => groupId),
        project_role: roles.filter(({ holders }) => holders.includes(accountId)).map(({ id }) => id),
        product: site.products
          .filter(({ groupIds }) => groupIds.some((id) => site.isMember(id, accountId)))
          .map(({ key }) => key),
      },
    })),
  };
}

testConnector(connector, {
  folder: join(import.meta.dirname, ".."),
  config: {
    site: "http://jira.example.com",
    email: EMAIL,
    apiToken: API_TOKEN,
    apiUrl: "http://api.example.com",
    // Without the directory, so that it is looked for.
    organization: { id: ORGANIZATION.id, apiKey: ORGANIZATION.apiKey },
    newAccountProducts: ["jira-software"],
  },
  secrets: [API_TOKEN, ORGANIZATION.apiKey, Buffer.from(`${EMAIL}:${API_TOKEN}`).toString("base64")],
  upstream: () => openJira({ people: 120, groups: 1, projects: 2, roles: 2 }),
  truth,
  edits: {
    "somebody leaves": (jira) => {
      const user = someone(jira);
      jira.site.removeUser(user);
      jira.site.users.delete(user.accountId);
    },
    "somebody comes": ({ site }) =>
      void site.users.set("712020:new", {
        accountId: "712020:new",
        accountType: "atlassian",
        displayName: "New Comer",
        emailAddress: "new.comer@example.com",
        isEmailShown: true,
        status: "active",
      }),
    "somebody changes groups": ({ site }) => {
      // No group of a product: a member who moves between two of those keeps the product, but may be read in neither.
      const from = site.groupNamed("team-001")!;
      const to = site.groupNamed("jira-administrators")!;
      const moved = from.members.find((id) => !to.members.includes(id))!;
      from.members = from.members.filter((id) => id !== moved);
      to.members = [...to.members, moved];
    },
  },
  optionalFields: ["emailAddress", "displayName"],
  empty: () => openJira({ people: 1, groups: 0, projects: 0, roles: 0 }),
  hidden: {
    "a group whose members are not shown": (jira) =>
      void jira.fault(({ path, query }) =>
        path === MEMBERS && query.get("groupId") === idOfGroup(jira, "jira-servicedesk-users")
          ? { kind: "response", status: 404, body: { errorMessages: ["The group does not exist."], errors: {} } }
          : undefined,
      ),
    "members who are counted and not listed": (jira) =>
      void jira.fault(when({ path: MEMBERS }, { kind: "change", change: (page) => ({ ...page, values: [] }) })),
    "projects that only Administer Jira shows": (jira) => {
      jira.site.projects.delete("10001");
      jira.fault(
        when(
          { path: "/rest/api/3/mypermissions" },
          { kind: "change", change: () => ({ permissions: { ADMINISTER: { havePermission: false } } }) },
        ),
      );
    },
    "the roles of a project": (jira) =>
      void jira.fault(
        when(
          { path: /\/project\/10001\/roledetails$/ },
          { kind: "response", status: 404, body: { errorMessages: ["No project could be found."], errors: {} } },
        ),
      ),
    "the token's own user": (jira) => void jira.unlisted.add(jira.site.groupNamed("site-admins")!.members[0]!),
    "users who are in groups": (jira) => void jira.unlisted.add(someone(jira).accountId),
    "the organization's users": (jira) =>
      void jira.fault(
        when(
          { path: /\/directories\/-\/users$/ },
          { kind: "response", status: 403, body: { errors: [{ code: "ADMIN-403-3", title: "Not allowed." }] } },
        ),
      ),
  },
  manyRefs(jira) {
    const { accountId } = someone(jira);
    for (let index = 0; index < 101; index++)
      jira.site.groups.set(`many-${index}`, { groupId: `many-${index}`, name: `many-${index}`, members: [accountId] });
    return { slug: "account", id: accountId, field: "memberships", refSlug: "group", count: 103 };
  },
  budget: {
    calls: 38,
    because:
      "a page of each list, each but the first beginning with the last item before it, two empty ones of users and the last one again, the roles of each project, and nothing by user",
  },
  missingAccounts: ["999999", "712020:00000000-0000-4000-8000-000000000000", "ext-1"],
  actions: {
    create_account: {
      payload: (jira) => ({
        account: { id: "wanted-1", email: "new@example.com" },
        memberships: {
          group: [{ id: idOfGroup(jira, "jira-servicedesk-users"), name: "jira-servicedesk-users" }],
          project_role: [refOfRole(jira)],
        },
      }),
      isDone(jira, _, result) {
        const created = [...jira.site.users.values()].filter(({ emailAddress }) => emailAddress === "new@example.com");
        const id = created[0]?.accountId ?? "";
        const groups = jira.site.groupsOf(id).map(({ name }) => name);
        const hasAccess = groups.join() === "jira-software-users,jira-servicedesk-users" && holdsRole(jira, id);
        return created.length === 1 && hasAccess && (result === undefined || result.account?.id === id);
      },
      again: "ACCOUNT_ALREADY_EXISTS",
    },
    update_account: {
      payload(jira) {
        const id = (name: string) => ({ id: idOfGroup(jira, name), name });
        return {
          ...payloadOfSomeone(jira),
          changes: {
            group: { added: [id("jira-administrators")], removed: [id("jira-software-users")] },
            project_role: { added: [refOfRole(jira)] },
            product: { added: [{ id: "jira-servicedesk", name: "Jira Service Management" }] },
          },
        };
      },
      isDone(jira, { account: { id } }) {
        const groups = jira.site.groupsOf(id).map(({ name }) => name);
        return groups.join() === "jira-administrators,jira-servicedesk-users,team-001" && holdsRole(jira, id);
      },
    },
    suspend_account: {
      payload: payloadOfSomeone,
      isDone: (jira, { account }) => statusOf(jira, account.id) === "suspended",
    },
    unsuspend_account: {
      payload(jira) {
        const user = someone(jira);
        user.status = "suspended";
        return { account: { id: user.accountId } };
      },
      isDone: (jira, { account }) => statusOf(jira, account.id) === "active",
    },
    delete_account: {
      payload: payloadOfSomeone,
      isDone: (jira, { account }) => statusOf(jira, account.id) === "removed",
      again: "ACCOUNT_NOT_FOUND",
    },
  },
});
