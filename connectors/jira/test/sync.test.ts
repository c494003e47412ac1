import { readStream, shareBridge } from "@bridgekit/testing";
import { when, type FaultRule } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import { connectJira, ORGANIZATION, peopleOf } from "./support/connect-jira.ts";

const bridge = await shareBridge();

const byId = (records: any[], id: string) => records.find((record) => record.id === id);

test("of a recorded site, 10 of 12 users are apps, and one of two people has only a username", async () => {
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

test("apps and customers are accounts if the config includes them", async () => {
  const { jira, connection } = await connectJira({}, { include: ["app", "customer"] });
  const { records } = await readStream(connection, "account");
  const wanted = [...jira.site.users.values()].filter(({ isHidden }) => !isHidden);
  expect(new Set(wanted.map(({ accountType }) => accountType))).toEqual(new Set(["app", "customer", "atlassian"]));
  expect(records.map(({ id }) => id)).toEqual(wanted.map(({ accountId }) => accountId));
});

test("without an organization key a suspended user is inactive and keeps the groups", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 40 } });
  const suspended = peopleOf(jira).find(({ status }) => status === "suspended")!;
  const { records } = await readStream(connection, "account");
  const account = byId(records, suspended.accountId);
  expect(account.status).toBe("inactive");
  const groups = jira.site.groupsOf(suspended.accountId).map(({ groupId }) => groupId);
  expect(groups.length).toBeGreaterThan(0);
  expect(account.memberships.group.map(({ id }: { id: string }) => id)).toEqual(groups.toSorted());
});

test("an organization key distinguishes suspended from inactive, and shows every email", async () => {
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

test("a role held by a group names the group, and its members do not hold the role", async () => {
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

test("products have seats and use as Jira counts them, and members of their groups have them", async () => {
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
      { kind: "response", status: 404, body: { errorMessages: ["No projects."], errors: {} } },
    ),
  );
  expect(await readStream(connection, "project_role")).toMatchObject({ records: [], missing: [] });
  expect((await readStream(connection, "account")).records).toHaveLength(1);
});

test("without Administer Jira projects are hidden, so roles are partial and products fail", async () => {
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

test.each([403, 404])("roles of a project that Jira does not show (%i) are reported as missing", async (status) => {
  const { jira, connection } = await connectJira();
  const path = "/rest/api/3/project/10001/roledetails";
  jira.fault(when({ path }, { kind: "response", status, body: { errorMessages: ["No."], errors: {} } }));
  for (const slug of ["project_role", "account"])
    expect((await readStream(connection, slug)).missing).toEqual([expect.stringContaining("the roles of project P2")]);
});

const hideMembers = (groupId: string): FaultRule =>
  when(
    { path: "/rest/api/3/group/member", query: { groupId } },
    { kind: "response", status: 404, body: { errorMessages: ["Gone."], errors: {} } },
  );

test("a group whose members Jira hides does not stop a run: accounts keep their groups and products", async () => {
  const { jira, connection } = await connectJira();
  const app = await bridge.openApp(connection);
  await app.sync();
  const { groupId, members } = jira.site.groupNamed("jira-servicedesk-users")!;
  jira.fault(hideMembers(groupId));
  const leaver = peopleOf(jira)[5]!;
  jira.site.users.delete(leaver.accountId);
  expect(await app.sync()).toMatchObject({
    status: "completed",
    unknownRefs: [
      expect.stringContaining('group: Jira does not show the members of group "jira-servicedesk-users"'),
      expect.stringContaining("product: Jira does not show who has product jira-servicedesk"),
    ],
  });
  const live = (await app.records("account")).filter(({ removed_at }) => removed_at === null);
  expect(live.map(({ data }) => data.id)).not.toContain(leaver.accountId);
  const kept = live.filter(({ data }) => data.memberships?.["group"]?.some(({ id }) => id === groupId));
  expect(kept).toHaveLength(members.length);
});

test("a group deleted during a run is not kept", async () => {
  const { jira, connection } = await connectJira();
  const group = jira.site.groupNamed("team-001")!;
  jira.fault(({ path, query }) => {
    if (path === "/rest/api/3/group/member" && query.get("groupId") === group.groupId)
      jira.site.groups.delete(group.groupId);
    return undefined;
  });
  const { records, missing, unknownRefs } = await readStream(connection, "account");
  expect([missing, unknownRefs]).toEqual([[], []]);
  expect(JSON.stringify(records)).not.toContain(group.groupId);
});

test("a holder of a hidden role, or of one in a hidden project, keeps it: the run is partial and removes no access", async () => {
  for (const path of [/\/project\/10000\/role\/10003$/, /\/project\/10000\/roledetails$/]) {
    const { jira, connection } = await connectJira();
    const app = await bridge.openApp(connection);
    await app.sync();
    const [holder] = jira.site.actorsOf("10000", 10_003).flatMap(({ accountId }) => accountId ?? []);
    jira.fault(when({ path }, { kind: "response", status: 403, body: { errorMessages: ["No."], errors: {} } }));
    expect(await app.sync()).toMatchObject({
      status: "abandoned",
      missing: [expect.stringContaining("project P1")],
      unknownRefs: [expect.stringContaining("project P1")],
    });
    const account = (await app.records("account")).find(({ data }) => data.id === holder);
    expect(account?.data.memberships?.["project_role"]).toContainEqual(expect.objectContaining({ id: "10000:10003" }));
  }
});

test("a project deleted during a run has no roles and causes no doubt", async () => {
  const { jira, connection } = await connectJira();
  jira.fault(({ path }) => {
    if (path.endsWith("/project/10001/roledetails")) jira.site.projects.delete("10001");
    return undefined;
  });
  const read = await readStream(connection, "project_role");
  expect(read.missing).toEqual([]);
  expect(read.records.every(({ id }) => !id.startsWith("10001:"))).toBe(true);
});

test("a list of users without the token's own user, or without members of groups, is partial", async () => {
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

test("an optional field that is absent, null or empty reads the same", async () => {
  const paths = {
    "/rest/api/3/users/search": ["emailAddress"],
    "/rest/api/3/project/10000/roledetails": ["description"],
    "/rest/api/3/applicationrole": ["numberOfSeats", "userCount"],
    "/admin/v2/orgs/org-1/directories/-/users": ["email", "status", "membershipStatus"],
  };
  const readWith = async (value: unknown) => {
    const { jira, connection } = await connectJira(
      { seed: { people: 4, projects: 1 } },
      { organization: ORGANIZATION },
    );
    const changeRow = (row: any, fields: readonly string[]) => {
      for (const field of fields)
        if (value === undefined) delete row[field];
        else row[field] = value;
    };
    jira.fault(({ path }) => {
      const fields = paths[path as keyof typeof paths];
      if (!fields) return undefined;
      const change = (body: any) => {
        for (const row of body.data ?? body) changeRow(row, fields);
        return body;
      };
      return { kind: "change", change };
    });
    return Promise.all(["project_role", "product", "account"].map((slug) => readStream(connection, slug)));
  };
  const absent = await readWith(undefined);
  expect(absent.map(({ missing }) => missing)).toEqual([[], [], []]);
  const [roles, products, accounts] = absent.map(({ records }) => records);
  expect(roles!.every((role) => role.description !== "")).toBe(true);
  // 0 would mean unlimited to a Bridge.
  expect(products!.every((product) => product.is_unlimited || !("max_count" in product))).toBe(true);
  expect(accounts!.every(({ id, username }) => username === id)).toBe(true);
  expect(await readWith(null)).toEqual(absent);
  expect(await readWith("")).toEqual(absent);
});

test.each([undefined, null, 5])(
  "without its type or its state (%j) a user is neither omitted nor inactive",
  async (value) => {
    const { jira, connection } = await connectJira();
    const [, second, third] = peopleOf(jira).map(({ accountId }) => accountId);
    const change = (users: any[]) =>
      users.map((user) => {
        if (user.accountId === second) return { ...user, accountType: value };
        return user.accountId === third ? { ...user, active: value } : user;
      });
    jira.fault(when({ path: "/rest/api/3/users/search" }, { kind: "change", change }));
    const { records, missing } = await readStream(connection, "account");
    expect(records).toHaveLength(29);
    expect(byId(records, third!)).not.toHaveProperty("status");
    expect(missing).toEqual(
      expect.arrayContaining([
        expect.stringContaining(`accountType of user ${second}`),
        expect.stringContaining(`whether user ${third} is active`),
      ]),
    );
  },
);

test("a field of the wrong type costs the field and no record, and nobody is removed for it", async () => {
  const { jira, connection } = await connectJira();
  const change = (users: any[]) => {
    const odd = users.find(({ accountType, emailAddress }) => accountType === "atlassian" && emailAddress);
    if (odd) odd.emailAddress = { value: "jane@example.com" };
    return users;
  };
  jira.fault(when({ path: "/rest/api/3/users/search", times: 1 }, { kind: "change", change }));
  const { records, missing } = await readStream(connection, "account");
  expect(records).toHaveLength(30);
  expect(missing).toEqual([
    expect.stringMatching(/^Jira's emailAddress of user \S+ is an object where a text is expected$/),
  ]);
});

test.each([
  "/rest/api/3/applicationrole",
  "/rest/api/3/project/10000/roledetails",
  "/rest/api/3/project/10000/role/10002",
])("a list without pages has to be a list, and empty twice: %s", async (path) => {
  for (const body of [{}, null, ""]) {
    const { jira, connection } = await connectJira({ seed: { people: 2, projects: 1 } });
    jira.fault(when({ path }, { kind: "response", status: 200, body }));
    const read = await readStream(connection, "account").catch((error: Error) => error);
    if (read instanceof Error) expect(read.message).toMatch(/^Jira at /);
    else expect(read.missing).toEqual([expect.any(String)]);
  }
  const { jira, connection } = await connectJira({ seed: { people: 2, projects: 1 } });
  const whole = await readStream(connection, "account");
  const change = (body: any) => (Array.isArray(body) ? [] : { ...body, actors: [] });
  jira.fault(when({ path, times: 1 }, { kind: "change", change }));
  const read = await readStream(connection, "account");
  if (!path.endsWith("10002")) expect(read).toEqual(whole);
});
