import { expect, test } from "vitest";
import { createJiraSandbox, type JiraSandbox } from "../sandbox/index.ts";
import { API_TOKEN, openJira, peopleOf } from "./support/connect-jira.ts";
import { descriptions } from "./support/vendor-specs.ts";

const TOKEN = "jira-sandbox-token";

/** Calls the API, by default as the administrator. */
async function call(jira: JiraSandbox, method: string, path: string, body?: unknown, apiToken = TOKEN) {
  const authorization = `Basic ${Buffer.from(`${jira.email}:${apiToken}`).toString("base64")}`;
  const response = await jira.fetch(`http://jira.example.com/rest/api/3${path}`, {
    method,
    headers: { authorization, "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

const idOf = (jira: JiraSandbox, group: string) => jira.site.groupNamed(group)!.groupId;

test("every operation that Atlassian describes exists and responds as described", async () => {
  const jira = openJira();
  const user = peopleOf(jira)[10]!.accountId;
  const query = `accountId=${encodeURIComponent(user)}`;
  const users = idOf(jira, "jira-software-users");
  const calls: [method: string, path: string, status: number, body?: unknown][] = [
    ["GET", "/applicationrole", 200],
    ["GET", "/applicationrole/jira-software", 200],
    ["GET", "/applicationrole/nothing", 404],
    ["POST", "/group", 201, { name: "new-team" }],
    ["POST", "/group", 400, { name: "new-team" }],
    ["GET", "/group?groupname=new-team", 200],
    ["DELETE", "/group?groupname=new-team", 200],
    ["DELETE", "/group?groupname=new-team", 404],
    ["GET", "/group/bulk?maxResults=2", 200],
    ["GET", `/group/bulk?groupId=${users}&groupId=nothing`, 200],
    ["GET", "/group/bulk?applicationKey=jira-software", 200],
    ["GET", "/group/bulk?accessType=admin", 200],
    ["GET", "/group/bulk?accessType=everything", 400],
    ["GET", `/group/member?groupId=${users}&includeInactiveUsers=true`, 200],
    ["GET", "/group/member", 400],
    ["GET", "/group/member?groupname=nothing", 404],
    ["POST", `/group/user?groupId=${users}`, 400, { accountId: user }],
    ["DELETE", `/group/user?groupId=${users}&${query}`, 200],
    ["DELETE", `/group/user?groupId=${users}&${query}`, 400],
    ["POST", `/group/user?groupId=${users}`, 201, { accountId: user }],
    ["POST", `/group/user?groupId=${users}`, 404, { accountId: "nobody" }],
    ["GET", "/instance/license", 200],
    ["GET", "/mypermissions?permissions=ADMINISTER,USER_PICKER", 200],
    ["GET", "/mypermissions", 400],
    ["GET", "/mypermissions?permissions=FLY", 400],
    ["GET", "/myself?expand=groups,applicationRoles", 200],
    ["GET", "/project/search?maxResults=2&orderBy=-name&expand=description", 200],
    ["GET", "/project/search?keys=P1&keys=P2&query=project", 200],
    ["GET", "/project/P1", 200],
    ["GET", "/project/NOTHING", 404],
    ["PUT", "/project/P1", 200, { name: "Renamed" }],
    ["GET", "/project/P1/role", 200],
    ["GET", "/project/10000/roledetails", 200],
    ["GET", "/project/P1/role/10002", 200],
    ["GET", "/project/P1/role/99999", 404],
    ["POST", "/project/P1/role/10003", 200, { user: [user], groupId: [users] }],
    ["POST", "/project/P1/role/10003", 400, { user: [user] }],
    ["POST", "/project/P1/role/10003", 404, { user: ["nobody"] }],
    ["PUT", "/project/P1/role/10003", 200, { categorisedActors: { "atlassian-user-role-actor": [user] } }],
    ["DELETE", `/project/P1/role/10003?user=${encodeURIComponent(user)}`, 204],
    ["DELETE", "/project/P1/role/10003", 400],
    ["DELETE", "/project/P4", 204],
    ["GET", "/role", 200],
    ["POST", "/role", 200, { name: "Testers", description: "They test." }],
    ["POST", "/role", 409, { name: "Testers" }],
    ["GET", "/role/10002", 200],
    ["PUT", "/role/10002", 200, { name: "Admins" }],
    ["POST", "/role/10002", 200, { description: "They administer." }],
    ["DELETE", "/role/10002", 409],
    ["DELETE", "/role/10002?swap=10003", 204],
    ["GET", "/role/10002", 404],
    ["GET", "/serverInfo", 200],
    ["GET", `/user?${query}&expand=groups,applicationRoles`, 200],
    ["GET", "/user?accountId=nobody", 404],
    ["GET", `/user/bulk?${query}&accountId=nobody`, 200],
    ["GET", `/user/groups?${query}`, 200],
    ["GET", "/user/search?query=a", 200],
    ["GET", "/user/search", 400],
    ["GET", "/users?maxResults=3", 200],
    ["GET", "/users/search?startAt=3&maxResults=3", 200],
    ["POST", "/user", 201, { emailAddress: "new@example.com", products: ["jira-software"] }],
    ["POST", "/user", 201, { emailAddress: "new@example.com", products: [] }],
    ["POST", "/user", 201, { emailAddress: "other@example.com", products: [] }],
    ["POST", "/user", 400, { emailAddress: "other@example.com", products: [] }],
    ["POST", "/user", 400, { emailAddress: "else@example.com", products: ["nothing"] }],
    ["DELETE", `/user?${query}`, 204],
    ["DELETE", `/user?${query}`, 404],
  ];
  for (const [method, path, status, body] of calls)
    expect({ method, path, status: (await call(jira, method, path, body)).status }).toEqual({ method, path, status });
  jira.assertNoViolations();

  const described = Object.entries((descriptions[0]!.document as { paths: Record<string, object> }).paths).flatMap(
    ([path, operations]) => Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const patterns = described.map((operation) => new RegExp(`^${operation.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`));
  const made = calls.map(([method, path]) => `${method} /rest/api/3${path.split("?")[0]}`);
  expect(described.filter((_, index) => !made.some((name) => patterns[index]!.test(name)))).toEqual([]);
});

test("the check can fail: undescribed responses are found", async () => {
  const jira = createJiraSandbox({ descriptions });
  await call(jira, "GET", "/users/search?begin=1");
  expect(() => jira.assertNoViolations()).toThrow('"begin" is not described');
});

test("errors are Jira's: texts, no codes", async () => {
  // Such requests are no valid ones, so the check is left out.
  const jira = createJiraSandbox();
  const { body, headers } = await call(jira, "POST", "/user", { emailAddress: "a@example.com" });
  expect(body).toEqual({ errorMessages: ["You must specify the products that user can access."], errors: {} });
  expect(headers.get("content-type")).toBe("application/json;charset=UTF-8");
  const field = await call(jira, "POST", "/user", { emailAddress: "no address", products: [] });
  expect(field).toMatchObject({
    status: 400,
    body: { errorMessages: [], errors: { emailAddress: expect.any(String) } },
  });
});

test("a wrong token, a missing one and that of a suspended user get 401", async () => {
  const jira = openJira();
  const wrong = await call(jira, "GET", "/myself", undefined, API_TOKEN);
  expect(wrong).toMatchObject({ status: 401, body: { errorMessages: [expect.any(String)], errors: {} } });
  expect(wrong.headers.get("www-authenticate")).toContain("OAuth realm=");
  expect((await jira.fetch("http://jira.example.com/rest/api/3/users/search")).status).toBe(401);
  expect((await jira.fetch("http://jira.example.com/rest/api/3/serverInfo")).status).toBe(200);
  peopleOf(jira)[0]!.status = "suspended";
  expect((await call(jira, "GET", "/myself")).status).toBe(401);
});

test("what the stand-in does not model is reported as not offered, not by an error of Jira", async () => {
  const jira = createJiraSandbox();
  const calls: [method: string, path: string, body?: unknown][] = [
    ["GET", "/issue/TEST-1"],
    ["GET", "/mypermissions?permissions=CREATE_ISSUES"],
    ["GET", "/project/search?orderBy=owner"],
    ["GET", "/project/search?categoryId=1"],
    ["DELETE", "/group?groupname=team-001&swapGroup=team-002"],
    ["POST", "/user", { emailAddress: "new@example.com", products: ["jira-core"] }],
    ["GET", "/project/P1/role/10002?excludeInactiveUsers=true"],
  ];
  for (const [method, path, body] of calls) {
    const response = await call(jira, method, path, body);
    expect({ path, status: response.status }).toEqual({ path, status: 501 });
    expect(response.headers.get("x-stand-in")).toBe("not-offered");
    expect(response.body.errorMessages).toEqual([expect.stringContaining("not offered by this stand-in")]);
  }
  expect(jira.site.groupNamed("team-001")).toBeDefined();
  const outside = await jira.fetch("http://api.example.com/admin/v2/orgs/org-sandbox/policies", {
    headers: { authorization: "Bearer sandbox-organization-key" },
  });
  expect(outside.status).toBe(501);
});

test("lists in a query are accepted only in Atlassian's form", async () => {
  const jira = createJiraSandbox();
  const [first, second] = [...jira.site.groups.keys()];
  const total = async (query: string) => (await call(jira, "GET", `/group/bulk?${query}`)).body.total;
  expect(await total(`groupId=${first}&groupId=${second}`)).toBe(2);
  expect(await total(`groupId=${first},${second}`)).toBe(0);
});

test("pickers, permissions and default actors exist", async () => {
  const jira = createJiraSandbox({ seed: { people: 30 } });
  const [administrator, person] = peopleOf(jira);
  const users = idOf(jira, "jira-software-users");
  const query = encodeURIComponent(person!.displayName);
  expect((await call(jira, "GET", "/groups/picker?query=team&maxResults=2")).body).toMatchObject({
    header: "Showing 2 of 6 matching groups",
    total: 6,
    groups: [{ name: "team-001", html: "<b>team</b>-001" }, {}],
  });
  expect((await call(jira, "GET", `/user/picker?query=${query}`)).body.users).toContainEqual(
    expect.objectContaining({ accountId: person!.accountId }),
  );
  expect((await call(jira, "GET", "/user/picker")).status).toBe(400);
  expect((await call(jira, "GET", "/groupuserpicker?query=jira")).body).toMatchObject({
    groups: { total: 3 },
    users: { users: expect.any(Array) },
  });

  expect((await call(jira, "GET", "/permissions")).body.permissions).toHaveProperty("ADMINISTER.type", "GLOBAL");
  const asked = { globalPermissions: ["ADMINISTER", "BULK_CHANGE"], projectPermissions: [] };
  const check = async (accountId: string) =>
    (await call(jira, "POST", "/permissions/check", { ...asked, accountId })).body.globalPermissions;
  expect(await check(administrator!.accountId)).toEqual(["ADMINISTER", "BULK_CHANGE"]);
  expect(await check(person!.accountId)).toEqual(["BULK_CHANGE"]);
  const administered = await call(jira, "POST", "/permissions/project", { permissions: ["ADMINISTER_PROJECTS"] });
  expect(administered.body.projects).toHaveLength(jira.site.projects.size);

  const actors = "/role/10003/actors";
  expect((await call(jira, "GET", actors)).body).toEqual({ actors: [] });
  expect((await call(jira, "POST", actors, { groupId: [users] })).body.actors).toMatchObject([
    { type: "atlassian-group-role-actor" },
  ]);
  expect((await call(jira, "POST", actors, { groupId: [users] })).status).toBe(400);
  expect((await call(jira, "GET", "/role/10003")).body.actors).toHaveLength(1);
  const again = createJiraSandbox({ state: jira.snapshot() });
  expect((await call(again, "DELETE", `${actors}?groupId=${users}`)).body).toEqual({ actors: [] });
});

test("pages have their maxima, and a link to the next one", async () => {
  const jira = openJira({ seed: { people: 1_200, projects: 120, roles: 0, groups: 0 } });
  const members = await call(jira, "GET", `/group/member?groupId=${idOf(jira, "jira-software-users")}&maxResults=500`);
  expect(members.body).toMatchObject({ maxResults: 50, startAt: 0, isLast: false });
  expect(members.body.values).toHaveLength(50);
  expect(new URL(members.body.nextPage).searchParams.get("startAt")).toBe("50");
  const projects = await call(jira, "GET", "/project/search?startAt=100&maxResults=100");
  expect(projects.body).toMatchObject({ maxResults: 100, total: 120, isLast: true });
  expect(projects.body).not.toHaveProperty("nextPage");
  const users = await call(jira, "GET", "/users/search?maxResults=5000");
  // An array without the hidden rows.
  expect(users.body.length).toBeGreaterThan(950);
  expect(users.body.length).toBeLessThan(1_000);
  expect((await call(jira, "GET", "/users/search?startAt=5000")).body).toEqual([]);
});

test("inactive members are omitted by default, and searches find no inactive people", async () => {
  const jira = openJira({ seed: { people: 40 } });
  const suspended = peopleOf(jira).find(({ status }) => status === "suspended")!;
  const path = `/group/member?groupId=${idOf(jira, "jira-software-users")}`;
  const [usual, all] = [await call(jira, "GET", path), await call(jira, "GET", `${path}&includeInactiveUsers=true`)];
  const ids = ({ body }: typeof all) => body.values.map(({ accountId }: { accountId: string }) => accountId);
  expect(ids(usual)).not.toContain(suspended.accountId);
  expect(ids(all)).toContain(suspended.accountId);
  expect((await call(jira, "GET", `/user/search?query=${suspended.emailAddress}`)).body).toEqual([]);
});

test("active people in the groups of a product take seats, up to the last one", async () => {
  const jira = openJira();
  const software = jira.site.products.find(({ key }) => key === "jira-software")!;
  const before = (await call(jira, "GET", "/applicationrole/jira-software")).body;
  expect(before.userCount).not.toBe(before.numberOfSeats - before.remainingSeats);
  software.numberOfSeats -= before.remainingSeats - 1;
  const invite = (name: string) =>
    call(jira, "POST", "/user", { emailAddress: `${name}@example.com`, products: ["jira-software"] });
  expect((await invite("first")).status).toBe(201);
  expect((await invite("second")).status).toBe(400);
  const after = (await call(jira, "GET", "/applicationrole/jira-software")).body;
  expect(after).toMatchObject({ userCount: before.userCount + 1, remainingSeats: 0 });
});

test("a snapshot is a copy, and another sandbox continues from it", async () => {
  const jira = openJira();
  await call(jira, "POST", "/user", { emailAddress: "new@example.com", products: [] });
  const state = jira.snapshot();
  const next = openJira({ state });
  await call(next, "POST", "/group", { name: "new-team" });
  await call(next, "POST", "/user", { emailAddress: "newer@example.com", products: [] });
  const emails = peopleOf(next).map(({ emailAddress }) => emailAddress);
  expect(emails.slice(-2)).toEqual(["new@example.com", "newer@example.com"]);
  expect(jira.site.groupNamed("new-team")).toBeUndefined();
  expect(jira.snapshot()).toEqual(state);
});

test("the gateway knows the site by its cloud id", async () => {
  const jira = openJira();
  const { cloudId } = (await (await jira.fetch("http://jira.example.com/_edge/tenant_info")).json()) as {
    cloudId: string;
  };
  const authorization = `Basic ${Buffer.from(`${jira.email}:${TOKEN}`).toString("base64")}`;
  const get = (id: string) =>
    jira.fetch(`http://api.example.com/ex/jira/${id}/rest/api/3/myself`, { headers: { authorization } });
  expect((await get(cloudId)).status).toBe(200);
  expect((await get("another")).status).toBe(404);
});

test("the sandbox also listens on a port", async () => {
  const jira = openJira();
  const server = await jira.listen();
  try {
    const response = await fetch(`${server.url}/rest/api/3/serverInfo`);
    expect(await response.json()).toMatchObject({ baseUrl: server.url, deploymentType: "Cloud" });
  } finally {
    await server.close();
  }
});
