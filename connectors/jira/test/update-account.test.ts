import type { RefChange } from "@bridgekit/core";
import { shareBridge } from "@bridgekit/testing";
import { when } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import type { JiraSandbox } from "../sandbox/index.ts";
import { connectJira, peopleOf } from "./support/connect-jira.ts";

const { runTask } = await shareBridge();

type Connected = Awaited<ReturnType<typeof connectJira>>;

const GROUP_USER = "/rest/api/3/group/user";
const refusal = (...errorMessages: string[]) => ({ errorMessages, errors: {} });
const toRefs = (ids: readonly string[]) => ids.map((id) => ({ id }));

function change(
  { connection }: Connected,
  id: string,
  slug: string,
  added: readonly string[],
  removed: readonly string[] = [],
) {
  const changes: Record<string, RefChange> = { [slug]: { added: toRefs(added), removed: toRefs(removed) } };
  return runTask(connection, "update_account", { account: { id }, changes });
}

const groupId = (jira: JiraSandbox, name: string) => jira.site.groupNamed(name)!.groupId;

/** Somebody active who is in no team and no product. */
function newcomer(jira: JiraSandbox): string {
  const user = peopleOf(jira)[10]!;
  jira.site.removeUser(user);
  user.status = "active";
  return user.accountId;
}

test("groups are added and removed, and again", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  const [one, two] = [groupId(jira, "team-001"), groupId(jira, "team-002")];
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "group", [one])).toMatchObject({ status: "completed" });
    expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["team-001"]);
  }
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "group", [two], [one])).toMatchObject({ status: "completed" });
    expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["team-002"]);
  }
  expect(jira.requestCount({ path: GROUP_USER })).toBe(3);
});

test("an existing membership, or a missing one to remove, counts as done", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  const [one, two] = [groupId(jira, "team-001"), groupId(jira, "team-002")];
  await change(connected, id, "group", [one]);
  // Somebody was quicker: the list of the user's groups is not what is true by the time of the change.
  jira.fault(
    when({ path: "/rest/api/3/user/groups" }, { kind: "change", change: () => [{ groupId: two, name: "team-002" }] }),
  );
  expect(await change(connected, id, "group", [one], [two])).toMatchObject({ status: "completed" });
  expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["team-001"]);
});

test.each(["reset", "truncate"] as const)("a change whose response is lost (%s) is made once", async (kind) => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  const [one, two] = [groupId(jira, "team-001"), groupId(jira, "team-002")];
  await change(connected, id, "group", [two]);
  jira.fault(when({ method: "POST", path: GROUP_USER, times: 1 }, { kind, isAfterEffect: true }));
  jira.fault(when({ method: "DELETE", path: GROUP_USER, times: 1 }, { kind, isAfterEffect: true }));
  expect(await change(connected, id, "group", [one], [two])).toMatchObject({ status: "completed" });
  expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["team-001"]);
});

test("a missing account is ACCOUNT_NOT_FOUND, even without a change", async () => {
  const connected = await connectJira();
  const outcome = await change(connected, "nobody", "group", [groupId(connected.jira, "team-001")]);
  expect(outcome.error?.code).toBe("ACCOUNT_NOT_FOUND");
  const empty = await runTask(connected.connection, "update_account", { account: { id: "nobody" }, changes: {} });
  expect(empty.error?.code).toBe("ACCOUNT_NOT_FOUND");
});

test("a 404 of a change is ACCOUNT_NOT_FOUND if the account was deleted since", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const user = peopleOf(jira)[10]!;
  jira.fault(({ path }) => {
    if (path === GROUP_USER) jira.site.removeUser(user);
    return undefined;
  });
  const outcome = await change(connected, user.accountId, "group", [groupId(jira, "site-admins")]);
  expect(outcome.error?.code).toBe("ACCOUNT_NOT_FOUND");
});

test("the same 404 is PERMISSION_DENIED if the account exists", async () => {
  const connected = await connectJira({ role: "administrator" });
  const id = newcomer(connected.jira);
  const outcome = await change(connected, id, "group", [groupId(connected.jira, "team-001")]);
  expect(outcome.error).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringMatching(/or you do not have required permissions\. User \S+ exists.*site administration/),
  });
});

test("if the explanation fails, the refusal itself is reported", async () => {
  const connected = await connectJira({ role: "administrator" });
  const { jira } = connected;
  const id = newcomer(jira);
  jira.fault(
    when({ method: "GET", path: "/rest/api/3/user" }, { kind: "response", status: 403, body: refusal("No.") }),
  );
  const outcome = await change(connected, id, "group", [groupId(jira, "team-001")]);
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("Specified user does not exist"),
  });
});

test("a missing group, one of Atlassian's apps, and one synced from elsewhere fail by name", async () => {
  const connected = await connectJira();
  const id = newcomer(connected.jira);
  const missing = await change(connected, id, "group", [groupId(connected.jira, "team-001"), "no-such-group"]);
  expect(missing.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("has no group no-such-group"),
  });
  // Found out before anything was changed.
  expect(connected.jira.site.groupsOf(id)).toEqual([]);
  const apps = await change(connected, id, "group", [groupId(connected.jira, "atlassian-addons-admin")]);
  expect(apps.error).toMatchObject({ code: "PERMISSION_DENIED", message: expect.stringContaining("Atlassian's apps") });
  const synced = await change(connected, id, "group", [groupId(connected.jira, "team-006")]);
  expect(synced.error).toMatchObject({
    code: "PERMISSION_DENIED",
    message: expect.stringContaining("identity provider"),
  });
});

test("a product is added by its default groups and removed with all of its groups", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "product", ["jira-software"])).toMatchObject({ status: "completed" });
    expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["jira-software-users"]);
  }
  await change(connected, id, "group", [groupId(jira, "jira-administrators")]);
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "product", [], ["jira-software"])).toMatchObject({ status: "completed" });
    expect(jira.site.groupsOf(id)).toEqual([]);
  }
});

test("a user who has a product through another of its groups keeps that one", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  await change(connected, id, "group", [groupId(jira, "jira-administrators")]);
  expect(await change(connected, id, "product", ["jira-software"])).toMatchObject({ status: "completed" });
  expect(jira.site.groupsOf(id).map(({ name }) => name)).toEqual(["jira-administrators"]);
});

test("without a free seat a product, or a group that takes one, is LICENSE_EXHAUSTED", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  jira.site.products.find(({ key }) => key === "jira-software")!.numberOfSeats = 1;
  const users = groupId(jira, "jira-software-users");
  for (const outcome of [
    await change(connected, id, "product", ["jira-software"]),
    await change(connected, id, "group", [users]),
  ])
    expect(outcome.error).toMatchObject({
      code: "LICENSE_EXHAUSTED",
      message: expect.stringContaining("No free seat of Jira Software"),
    });

  jira.fault(when({ path: GROUP_USER }, { kind: "response", status: 400, body: refusal("Not now.") }));
  expect((await change(connected, id, "group", [users])).error?.code).toBe("LICENSE_EXHAUSTED");
  // A group that takes no seat is refused for another reason.
  expect((await change(connected, id, "group", [groupId(jira, "team-001")])).error?.code).toBe("INTERNAL_ERROR");
  jira.fault(when({ path: "/rest/api/3/applicationrole" }, { kind: "response", status: 403, body: refusal("No.") }));
  expect((await change(connected, id, "group", [users])).error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringContaining("Not now."),
  });
});

test("a product that the site does not have, and one without a default group, fail by name", async () => {
  const connected = await connectJira();
  const id = newcomer(connected.jira);
  const missing = await change(connected, id, "product", ["jira-core"]);
  expect(missing.error?.message).toContain("has no product jira-core");
  const without = await change(connected, id, "product", ["jira-product-discovery"]);
  expect(without.error?.message).toContain("Jira Product Discovery has no default group");
});

test("project roles are added and removed, and again", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  const holds = () => jira.site.actorsOf("10000", 10_003).some(({ accountId }) => accountId === id);
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "project_role", ["10000:10003"])).toMatchObject({ status: "completed" });
    expect(holds()).toBe(true);
  }
  for (let round = 0; round < 2; round++) {
    expect(await change(connected, id, "project_role", [], ["10000:10003"])).toMatchObject({ status: "completed" });
    expect(holds()).toBe(false);
  }
});

test("a project role that the account already holds counts as done", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  await change(connected, id, "project_role", ["10000:10003"]);
  jira.fault(
    when(
      { method: "GET", path: "/rest/api/3/project/10000/role/10003" },
      { kind: "change", change: (role) => ({ ...role, actors: [] }) },
    ),
  );
  expect(await change(connected, id, "project_role", ["10000:10003"])).toMatchObject({ status: "completed" });
});

test("a project role held through a group can't be removed from a member, and the failure names the group", async () => {
  const connected = await connectJira();
  const { jira } = connected;
  const id = newcomer(jira);
  await change(connected, id, "group", [groupId(jira, "jira-administrators")]);
  await change(connected, id, "project_role", ["10000:10002"]);
  const outcome = await change(connected, id, "project_role", [], ["10000:10002"]);
  expect(outcome.error).toMatchObject({
    code: "INTERNAL_ERROR",
    message: expect.stringMatching(
      /still holds project role .* through group "jira-administrators" .* remove the group/,
    ),
  });
  // Taken away together with the group it is gone.
  const changes = {
    group: { removed: toRefs([groupId(jira, "jira-administrators")]) },
    project_role: { removed: toRefs(["10000:10002"]) },
  };
  expect(await runTask(connected.connection, "update_account", { account: { id }, changes })).toMatchObject({
    status: "completed",
  });
});

test("a missing, hidden or malformed project role fails by name", async () => {
  const connected = await connectJira();
  const id = newcomer(connected.jira);
  for (const role of ["10000:99999", "99999:10002", "nonsense"]) {
    const outcome = await change(connected, id, "project_role", [role]);
    expect(outcome.error).toMatchObject({
      code: "INTERNAL_ERROR",
      message: expect.stringContaining(`project role ${role}`),
    });
  }
  const browser = await connectJira({ role: "browser" });
  const outcome = await change(browser, newcomer(browser.jira), "project_role", ["10000:10002"]);
  expect(outcome.error?.message).toContain("Administer Projects");
});

test("a suspended account gets no project role, and the failure has Jira's text", async () => {
  const connected = await connectJira({ seed: { people: 40 } });
  const suspended = peopleOf(connected.jira).find(({ status }) => status === "suspended")!;
  const outcome = await change(connected, suspended.accountId, "project_role", ["10000:10003"]);
  expect(outcome.error?.message).toContain("Check they're active");
});
