import { readStream, shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/testing/sandbox";
import { expect, test } from "vitest";
import { connectJira, ORGANIZATION, peopleOf } from "./support/connect-jira.ts";

const bridge = await shareBridge();

const byId = (records: any[], id: string) => records.find((record) => record.id === id);

test("of a site as it was recorded, 10 of 12 users are apps, and one of two people has a username only", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 2 } });
  expect(
    [...jira.site.users.values()].map(({ accountType }) => accountType).filter((type) => type === "app"),
  ).toHaveLength(10);
  const [shown, hidden] = peopleOf(jira);
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(2);
  expect(byId(records, shown!.accountId)).toMatchObject({
    email: shown!.emailAddress,
    display_name: shown!.displayName,
  });
  expect(byId(records, hidden!.accountId)).toMatchObject({ username: hidden!.accountId });
  expect(byId(records, hidden!.accountId)).not.toHaveProperty("email");
});

test("apps and customers are accounts where the config includes them", async () => {
  const { jira, connection } = await connectJira({}, { include: ["app", "customer"] });
  const { records } = await readStream(connection, "account");
  const wanted = [...jira.site.users.values()].filter(({ isHidden }) => !isHidden);
  expect(new Set(wanted.map(({ accountType }) => accountType))).toEqual(new Set(["app", "customer", "atlassian"]));
  expect(records.map(({ id }) => id)).toEqual(wanted.map(({ accountId }) => accountId));
});

test("without an organization key somebody suspended is inactive, and keeps the groups", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 40 } });
  const suspended = peopleOf(jira).find(({ status }) => status === "suspended")!;
  const { records } = await readStream(connection, "account");
  const account = byId(records, suspended.accountId);
  expect(account.status).toBe("inactive");
  const groups = jira.site.groupsOf(suspended.accountId).map(({ groupId }) => groupId);
  expect(groups.length).toBeGreaterThan(0);
  expect(account.memberships.group.map(({ id }: { id: string }) => id)).toEqual(groups.toSorted());
});

test("an organization key tells suspended from inactive, and every email", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 250 } }, { organization: ORGANIZATION });
  const { records } = await readStream(connection, "account");
  for (const { accountId, emailAddress, status } of peopleOf(jira))
    expect(byId(records, accountId)).toMatchObject({
      email: emailAddress,
      status: { active: "active", suspended: "suspended", deactivated: "inactive", removed: "inactive" }[status],
    });
});

test("groups are those of the site", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 5, groups: 120 } });
  const { records } = await readStream(connection, "group");
  const groups = [...jira.site.groups.values()].map(({ groupId: id, name }) => ({ id, name }));
  expect(records.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(groups.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
});

test("each role of each project is a project role; a team-managed project has its own", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 5, projects: 8, roles: 3 } });
  const { records } = await readStream(connection, "project_role");
  const expected = [...jira.site.projects.values()].flatMap((project) =>
    jira.site
      .rolesOf(project)
      .map(({ id, name }) => ({ id: `${project.id}:${id}`, name: `${project.name} - ${name}` })),
  );
  expect(expected).toHaveLength(24);
  expect(records.map(({ id, name }) => ({ id, name })).sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
    expected.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  );
});

test("a role that a group holds is named with the group, and is nobody's who is merely in the group", async () => {
  const { jira, connection } = await connectJira();
  const project = jira.site.project("P1");
  const [administrators] = jira.site.rolesOf(project);
  const id = `${project.id}:${administrators!.id}`;
  const actors = jira.site.actorsOf(project.id, administrators!.id);
  const group = jira.site.groupNamed("jira-administrators")!;
  expect(actors.map(({ groupId }) => groupId)).toContain(group.groupId);

  const roles = await readStream(connection, "project_role");
  expect(byId(roles.records, id).description).toBe("Administrators of a project. Held by groups: jira-administrators.");
  const { records } = await readStream(connection, "account");
  const holders = records.filter(({ memberships }) =>
    memberships.project_role.some((ref: { id: string }) => ref.id === id),
  );
  expect(holders.map((account): string => account.id).sort()).toEqual(
    actors.flatMap(({ accountId }) => accountId ?? []).sort(),
  );
});

test("products carry seats and use as Jira counts them, and whoever is in one of their groups has them", async () => {
  const { jira, connection } = await connectJira();
  const { records: products } = await readStream(connection, "product");
  const software = jira.site.products.find(({ key }) => key === "jira-software")!;
  const used = jira.site.usersOf(software);
  expect(byId(products, "jira-software")).toEqual({
    id: "jira-software",
    name: "Jira Software",
    max_count: software.numberOfSeats,
    used_count: used,
    is_unlimited: false,
    is_paid: true,
  });
  expect(used).not.toBe(software.numberOfSeats - jira.site.remainingSeats(software));
  expect(byId(products, "jira-product-discovery")).toMatchObject({ max_count: 0, is_unlimited: true, is_paid: false });

  const agents = jira.site.groupNamed("jira-servicedesk-users")!.members;
  const { records } = await readStream(connection, "account");
  const assigned = records.filter(({ assignments }) =>
    assignments.product.some((ref: { id: string }) => ref.id === "jira-servicedesk"),
  );
  expect(assigned.map((account): string => account.id).sort()).toEqual(agents.toSorted());
});

test("a run completes, and reads the actors of each role once", async () => {
  const { jira, connection } = await connectJira();
  const app = await bridge.openApp(connection);
  const result = await app.sync();
  expect(result).toMatchObject({ status: "completed", missing: [] });
  expect(result.pushed).toMatchObject({ account: 30, product: 3 });
  const roles = [...jira.site.projects.values()].flatMap((project) => jira.site.rolesOf(project)).length;
  expect(jira.requestCount({ path: /\/role\/\d+$/ })).toBe(roles);
});

test("a scoped token goes through Atlassian's gateway", async () => {
  const { jira, connection } = await connectJira({}, { cloudId: "11111111-2222-4333-8444-555555555555" });
  const app = await bridge.openApp(connection);
  expect(await app.sync()).toMatchObject({ status: "completed" });
  expect(jira.requestCount({ path: /^\/rest/ })).toBe(0);
  expect(
    jira.requestCount({ path: /^\/ex\/jira\/11111111-2222-4333-8444-555555555555\/rest\/api\/3\// }),
  ).toBeGreaterThan(10);
});

test("an empty site is read as an empty one", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 1, groups: 0, projects: 0, roles: 0 } });
  jira.fault(
    when(
      { path: "/rest/api/3/project/search" },
      { kind: "answer", status: 404, body: { errorMessages: ["No projects."], errors: {} } },
    ),
  );
  expect(await readStream(connection, "project_role")).toEqual({ records: [], missing: [] });
  expect((await readStream(connection, "account")).records).toHaveLength(1);
});

test("without Administer Jira projects are hidden, so the roles are said to be partial and products fail", async () => {
  const { connection } = await connectJira({ role: "browser" });
  const { missing } = await readStream(connection, "project_role");
  expect(missing[0]).toContain('lacks "Administer Jira"');
  expect(missing[1]).toContain("Jira does not show the roles of project P1");
  await expect(readStream(connection, "product")).rejects.toThrow(
    "Only Jira administrators can access license details.",
  );
});

test("without Browse users and groups nothing is read", async () => {
  const { connection } = await connectJira({ role: "user" });
  await expect(readStream(connection, "group")).rejects.toThrow("Browse users and groups permission is required");
});

test.each([
  {
    hidden: "the roles of a project",
    path: "/rest/api/3/project/10001/roledetails",
    status: 404,
    says: "the roles of project P2",
  },
  { hidden: "the actors of a role", path: "/rest/api/3/project/10001/role/10002", status: 403, says: "of project P2" },
])("$hidden that Jira does not show are said to be missing", async ({ path, status, says }) => {
  const { jira, connection } = await connectJira();
  jira.fault(when({ path }, { kind: "answer", status, body: { errorMessages: ["No."], errors: {} } }));
  expect((await readStream(connection, "project_role")).missing).toEqual([expect.stringContaining(says)]);
  expect((await readStream(connection, "account")).missing).toEqual([expect.stringContaining(says)]);
});

test("a group whose members Jira does not show is said to be missing, for itself and for its product", async () => {
  const { jira, connection } = await connectJira();
  const { groupId } = jira.site.groupNamed("jira-servicedesk-users")!;
  jira.fault(({ path, query }) =>
    path === "/rest/api/3/group/member" && query.get("groupId") === groupId
      ? { kind: "answer", status: 404, body: { errorMessages: ["Gone."], errors: {} } }
      : undefined,
  );
  const { missing } = await readStream(connection, "account");
  expect(missing).toEqual([
    expect.stringContaining('members of group "jira-servicedesk-users"'),
    expect.stringContaining("of product jira-servicedesk"),
  ]);
});

test("a list of users without the token's own user, or without members of groups, is said to be partial", async () => {
  const { jira, connection } = await connectJira();
  const [first, second] = peopleOf(jira);
  jira.fault(
    when(
      { path: "/rest/api/3/users/search" },
      {
        kind: "change",
        change: (users) =>
          users.filter(
            ({ accountId }: { accountId: string }) => ![first!.accountId, second!.accountId].includes(accountId),
          ),
      },
    ),
  );
  const { missing } = await readStream(connection, "account");
  expect(missing).toEqual([
    expect.stringContaining(`lacks ${first!.accountId}`),
    expect.stringContaining("lacks 2 members of its groups"),
  ]);
});

test("check asks for every permission and writes nothing", async () => {
  const { jira, connection } = await connectJira({}, { organization: ORGANIZATION });
  const results = await connection.check();
  expect(results.map(({ name, isOk }) => `${name}: ${isOk}`)).toEqual([
    "API token: true",
    "Browse users and groups: true",
    "Administer Jira: true",
    "Organization API key: true",
  ]);
  expect(jira.requests.map(({ method }) => method)).not.toContain("POST");
});

test("check names what is missing, and what for", async () => {
  const { connection } = await connectJira(
    { role: "user" },
    { organization: { ...ORGANIZATION, apiKey: "wrong-canary" } },
  );
  const [, browse, administer, organization] = await connection.check();
  expect(browse).toMatchObject({ isOk: false, message: expect.stringContaining("reading accounts and groups") });
  expect(administer).toMatchObject({ isOk: false, message: expect.stringContaining("create_account") });
  expect(organization).toMatchObject({ isOk: false, message: expect.stringContaining("Unauthorized") });
  expect(JSON.stringify(organization)).not.toContain("canary");
});

test("a wrong token is PERMISSION_DENIED, and is not in the message", async () => {
  const { connection } = await connectJira({}, { apiToken: "another-canary" });
  const failure = await readStream(connection, "account").catch((error: Error) => error);
  expect(failure).toMatchObject({ code: "PERMISSION_DENIED" });
  expect((failure as Error).message).not.toMatch(/canary|Basic/);
});
