import type { BridgeClient, PushedRecord } from "@bridgekit/client";
import { createTestBridge, type TestBridge, type TestOrg } from "@bridgekit/server/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runInProcess } from "./support/run-in-process.ts";

let server: TestBridge;
let org: TestOrg;
let bridge: BridgeClient;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = await createTestBridge();
  org = await server.openOrg({ name: "main" });
  env = { BRIDGE_URL: org.url, BRIDGE_API_KEY: org.apiKey };
  bridge = org.client;
});
afterAll(() => server.close());

const bridgekit = (...args: string[]) => runInProcess(args, { env, fetch: org.fetch });
const parse = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, any>);

/** Creates an app with a group type and a license type, and syncs these accounts once. */
async function makeApp(name: string, accounts: readonly PushedRecord[]): Promise<string> {
  const { id } = await bridge.createApp({ name });
  await bridge.createResourceType(id, { slug: "team", name: "Team", type: "group" });
  await bridge.createResourceType(id, { slug: "seat", name: "Seat", type: "license" });
  await bridge.createResourceType(id, { slug: "account", name: "Person", type: "account" });
  await push(id, accounts);
  await server.whenIndexed();
  return id;
}

async function push(id: string, accounts: readonly PushedRecord[]): Promise<string> {
  const syncId = await bridge.startSync(id);
  await bridge.pushPage(id, syncId, "team", [{ id: "t1", name: "Design" }]);
  await bridge.pushPage(id, syncId, "seat", [{ id: "s1", name: "Full" }]);
  await bridge.pushPage(id, syncId, "account", accounts);
  await bridge.completeSync(id, syncId);
  await expect.poll(async () => (await bridge.getSync(id, syncId)).status).not.toBe("completing");
  return syncId;
}

const people = (count: number): PushedRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    id: `u${n}`,
    email: `person${n}@example.com`,
    ...(n === 0 && { memberships: { team: [{ id: "t1" }] }, assignments: { seat: [{ id: "s1" }] } }),
  }));

test("apps are created, listed as a table or as JSON, and shown by name", async () => {
  const made = await bridgekit("apps", "create", "Wiki");
  expect(made.code).toBe(0);
  const [, id] = /app id +(\S+)/.exec(made.stdout)!;
  await bridge.createResourceType(id!, { slug: "space", name: "Space", type: "group" });
  const clone = await bridgekit("apps", "create", "Wiki 2", "--clone-from", "Wiki", "--json");
  expect(parse(clone.stdout)[0]).toEqual(await bridge.getApp(parse(clone.stdout)[0]!["id"] as string));

  const table = await bridgekit("apps", "list");
  expect(table.stdout).toMatch(new RegExp(`^app id +name +last completed \\(UTC\\)\\n(.*\\n)*${id}  Wiki +-$`, "m"));
  expect(parse((await bridgekit("apps", "list", "--json")).stdout)).toEqual(await Array.fromAsync(bridge.listApps()));
  expect((await bridgekit("apps", "show", "Wiki 2")).stdout).toMatch(
    /name +Wiki 2\n.*status +CHECKING_CONFIGURATION\n(.*\n)+group type +space \(Space\)/,
  );
  expect((await bridgekit("apps", "show", "Wiki")).stdout).toMatch(
    new RegExp(`^shares types with +Wiki 2 \\(${parse(clone.stdout)[0]!["id"] as string}\\)$`, "m"),
  );
});

test("a held session is found by status, shown, and confirmed or discarded", async () => {
  const id = await makeApp("HR", people(30));
  const held = await push(id, people(5));
  const status = await bridgekit("status");
  expect(status.code).toBe(3);
  expect(status.stdout).toMatch(/^HR +\S+ \S+ +held /m);
  expect(status.stdout).toContain(`bridgekit sessions changes ${id} ${held} --change removed`);

  const changes = await bridgekit("sessions", "changes", "HR", held, "--change", "removed", "--limit", "3");
  expect(changes.stdout.split("\n")[1]).toMatch(/^removed +account +u10 +person10@example.com +-$/);
  expect(changes.stderr).toContain("Showing the first 3;");
  expect(
    parse((await bridgekit("sessions", "changes", "HR", held, "--change", "removed", "--json")).stdout),
  ).toHaveLength(25);

  const found = await bridgekit("sessions", "changes", "HR", held, "--text", "PERSON1", "--json");
  expect(parse(found.stdout).map(({ id }) => id)).toEqual(Array.from({ length: 10 }, (_, n) => `u1${n}`));

  const nothing = await bridgekit("sessions", "discard", "HR", held, "--reason", "");
  expect(nothing).toMatchObject({ code: 2, stderr: expect.stringContaining("--reason is empty") });
  const discarded = await bridgekit("sessions", "discard", "HR", held, "--reason", "Ticket OPS-7, 50 % é");
  expect(discarded.stdout).toMatch(/status +discarded/);
  const [entry] = await Array.fromAsync(bridge.listAudit({ appId: id }));
  expect(entry).toMatchObject({ operation: "discardSync", details: { reason: "Ticket OPS-7, 50 % é" } });
  expect((await bridgekit("status")).code).toBe(0);
  const again = await push(id, people(5));
  expect((await bridgekit("sessions", "show", "HR", again)).code).toBe(3);
  const explained = await bridgekit("sessions", "explain", "HR", again);
  expect(explained.stdout).toMatch(/^25 of 25 +account +email @example.com +30$/m);
  expect(await bridgekit("sessions", "confirm", "HR", again, "--keep", "u10")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--keep takes a type and an id, such as account:u1, not "u10".'),
  });
  expect((await bridgekit("sessions", "confirm", "HR", again, "--keep", "account:u10")).code).toBe(0);
  await expect
    .poll(async () => (await bridgekit("sessions", "list", "HR")).stdout)
    .toMatch(/completed +.*5 account \(24 removed\)/);
  const completed = await bridgekit("sessions", "list", "--status", "completed", "--since", "2026-01-01T00:00Z");
  expect(completed.stdout).toMatch(new RegExp(`^HR +${again} .*completed +.*5 account \\(24 removed\\)`, "m"));
  expect((await bridgekit("sessions", "list", "HR", "--status", "in_progress")).stdout).not.toContain("completed");
  const history = await bridgekit("records", "history", "HR", "account", "u11");
  expect(history.stdout).toMatch(/removed +- +\S+\n.* created /);
  expect(history.stdout).toMatch(/guard +confirmed by key /);
});

test("a task shows what was read back of its account", async () => {
  const id = await makeApp("Read", people(2));
  const changes = { team: { added: [{ id: "t1", name: "Design" }] } };
  const task = await bridge.createTask(id, { action: "update_account", payload: { account: { id: "u1" }, changes } });
  const verified = { exists: true, status: "active", refs: { team: { added: 1, removed: 0 } } };
  await bridge.reportTask(id, task.id, { status: "completed", result: { verified } });
  const shown = await bridgekit("tasks", "show", "Read", task.id);
  expect(shown.stdout).toMatch(/^read back +active, has team Design$/m);
});

test("a session shows how many refs accounts lost which stayed", async () => {
  const id = await makeApp("Moved", people(3));
  const syncId = await push(id, [{ id: "u0", email: "person0@example.com" }, ...people(3).slice(1)]);
  const shown = await bridgekit("sessions", "show", "Moved", syncId);
  expect(shown.stdout).toMatch(
    /^account +3 account \(1 updated\)\n(.*\n)*seat +1 seat \(1 refs lost\)\n(.*\n)*team +1 team \(1 refs lost\)$/m,
  );
});

test("members are listed as they were at a time, and the seats of a license over time", async () => {
  const id = await makeApp("Then", people(2));
  const between = new Date().toISOString();
  await push(id, [
    { id: "u1", email: "person1@example.com" },
    { id: "u0", email: "person0@example.com" },
  ]);
  await server.whenIndexed();
  expect((await bridgekit("records", "members", "Then", "team", "t1")).stdout).toBe("");
  const then = await bridgekit("records", "members", "Then", "team", "t1", "--at", between);
  expect(then.stdout).toMatch(/^id .* member now\nu0 .* no\n$/);
  const mixed = await bridgekit("records", "members", "Then", "team", "t1", "--at", between, "--text", "u");
  expect(mixed).toMatchObject({ code: 2, stderr: expect.stringContaining("leave out --status and --text") });
  expect(parse((await bridgekit("records", "seats", "Then", "seat", "s1", "--json")).stdout)).toMatchObject([
    { is_removed: false, is_unlimited: false },
  ]);
});

test("the audit trail is searched by operation, app and reason", async () => {
  const made = await bridgekit("apps", "create", "Audited", "--reason", "quarterly review");
  const [, id] = /app id +(\S+)/.exec(made.stdout)!;
  const found = await bridgekit("audit", "--text", "quarter", "--operation", "createApp");
  expect(found.stdout).toMatch(/^time \(UTC\) .*\n.* test +createApp +201 .* quarterly review\n$/);
  expect(parse((await bridgekit("audit", "--app", "Audited", "--actor", "te", "--json")).stdout)).toMatchObject([
    { operation: "createApp", app_id: id },
  ]);
  expect((await bridgekit("audit", "--actor", "nobody")).stdout).toBe("");
});

test("the changes of all apps are listed with their time and app, and filtered", async () => {
  await makeApp("Payroll", people(2));
  const all = await bridgekit("changes", "--app", "Payroll");
  expect(all.stdout).toMatch(
    /^time \(UTC\) +app +change .*\n\S+ \S+ +Payroll +created +account +u0 +person0@example.com/m,
  );
  const since = new Date(Date.now() + 60_000).toISOString();
  expect((await bridgekit("changes", "--app", "Payroll", "--since", since, "--json")).stdout).toBe("");
  expect(parse((await bridgekit("changes", "--app", "Payroll", "--text", "person1", "--json")).stdout)).toMatchObject([
    { change: "created", id: "u1" },
  ]);
  expect(await bridgekit("changes", "--since", "yesterday")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--since takes a time such as 2026-12-01T08:00Z, not "yesterday".'),
  });
});

test("records are filtered, shown with their refs, and listed by group or license", async () => {
  await makeApp("CRM", people(3));
  expect((await bridgekit("records", "list", "CRM", "account", "--text", "person2")).stdout).toMatch(
    /^id .*\nu2 +- +person2@example.com +active +-\n$/,
  );
  expect((await bridgekit("records", "show", "CRM", "account", "u0")).stdout).toMatch(
    /^memberships team +t1 \(Design\)$|^memberships team +t1$/m,
  );
  for (const [slug, group] of [
    ["team", "t1"],
    ["seat", "s1"],
  ] as const)
    expect(
      parse((await bridgekit("records", "members", "CRM", slug, group, "--json")).stdout).map(({ data }) => data.id),
    ).toEqual(["u0"]);
  expect(await bridgekit("records", "members", "CRM", "account", "u0")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The app has no group or license type "account"; it has seat, team.'),
  });
  expect((await bridgekit("records", "members", "CRM", "team", "t9")).code).toBe(1);
});

test("several tasks are cancelled at once, and those of a filter after they were shown", async () => {
  const id = await makeApp("Desk", people(4));
  const make = async (account: string) =>
    (await bridge.createTask(id, { action: "suspend_account", payload: { account: { id: account } } })).id;
  const [first, second, third, fourth] = [await make("u0"), await make("u1"), await make("u2"), await make("u3")];
  const open = async () => (await Array.fromAsync(bridge.listTasks(id, { status: "pending" }))).map((task) => task.id);
  expect((await bridgekit("tasks", "cancel", "Desk", first, second)).stdout).toContain(second);
  expect(await open()).toEqual([third, fourth]);
  const shown = await bridgekit("tasks", "cancel", "Desk", "--state", "pending");
  expect(shown.stdout).toContain("2 open tasks; --yes cancels");
  expect(await open()).toEqual([third, fourth]);
  await bridgekit("tasks", "cancel", "Desk", "--action", "suspend_account", "--yes", "--reason", "OPS-7");
  expect(await open()).toEqual([]);
  const [entry] = await Array.fromAsync(bridge.listAudit());
  expect(entry).toMatchObject({ operation: "cancelTasks", details: { reason: "OPS-7" } });
  for (const wrong of [[], [first, "--state", "pending"]])
    expect(await bridgekit("tasks", "cancel", "Desk", ...wrong)).toMatchObject({ code: 2 });
});

test("a task is created, listed, cancelled, and retried only after it has failed", async () => {
  const id = await makeApp("Chat", people(2));
  const created = await bridgekit(
    "tasks",
    "create",
    "Chat",
    "update_account",
    "u1",
    "--set",
    "email=new@example.com",
    "--add",
    "team:t1",
    "--json",
  );
  const [task] = parse(created.stdout);
  expect(task).toMatchObject({
    status: "pending",
    payload: { account: { id: "u1", email: "new@example.com" }, changes: { team: { added: [{ id: "t1" }] } } },
  });
  const taskId = task!["id"] as string;
  expect((await bridgekit("tasks", "list", "Chat", "--status", "pending")).stdout).toMatch(
    new RegExp(`^${taskId}  update_account +u1 +pending`, "m"),
  );
  expect((await bridgekit("tasks", "find", "PERSON1@", "--state", "pending")).stdout).toMatch(
    new RegExp(`^Chat  ${taskId}  update_account +u1 +pending`, "m"),
  );
  expect((await bridgekit("tasks", "find", "nobody", "--app", "Chat")).stdout).not.toContain(taskId);
  expect(await bridgekit("tasks", "retry", "Chat", taskId)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is pending"),
  });
  expect((await bridgekit("tasks", "cancel", "Chat", taskId)).stdout).toMatch(/status +failed\n/);
  const [retried] = parse((await bridgekit("tasks", "retry", "Chat", taskId, "--json")).stdout);
  expect(retried).toMatchObject({ action: "update_account", payload: task!["payload"], status: "pending" });
  expect(retried!["id"]).not.toBe(taskId);
  expect((await bridgekit("tasks", "show", "Chat", taskId)).stdout).toMatch(/ cancelled with key /);
  expect(await Array.fromAsync(bridge.listTasks(id, { status: "pending" }))).toHaveLength(1);

  await bridge.reportTask(id, retried!["id"] as string, {
    status: "failed",
    error: { code: "TIMEOUT", message: "No." },
  });
  const failed = await bridgekit("tasks", "retry-failed", "Chat", "--code", "TIMEOUT");
  expect(failed.stdout).toMatch(new RegExp(`^${retried!["id"] as string}  update_account +u1 +- `, "m"));
  expect(failed.stdout).toContain("1 failed tasks; --yes retries up to 1000 of them.");
  expect(await Array.fromAsync(bridge.listTasks(id, { status: "pending" }))).toHaveLength(0);
  const [made] = parse((await bridgekit("tasks", "retry-failed", "Chat", "--yes", "--json")).stdout);
  expect(await bridge.getTask(id, made!["new_task_id"] as string)).toMatchObject({ retry_of: retried!["id"] });
  expect((await bridgekit("people", "find", "person1@example.com")).stdout).toMatch(
    /^Chat +account +u1 +person1@example.com +active/m,
  );
});

test.each([
  { args: ["suspend_account", "u1", "--add", "team:t1"], says: "are for create_account and update_account" },
  { args: ["create_account", "u1", "--remove", "team:t1"], says: "--remove is for update_account" },
  { args: ["create_account", "u1", "--set", "mail=x"], says: "NAME is one of email, username" },
  { args: ["update_account", "u1", "--add", "t1"], says: "A ref is SLUG:ID" },
  { args: ["suspend_account", "u1", "--at", "tomorrow"], says: "--at takes a time such as" },
  { args: ["suspend", "u1"], says: "Allowed choices are create_account" },
])("a task that makes no sense is refused before anything is sent: $args", async ({ args, says }) => {
  const none = () => Promise.reject(new Error("a call was made"));
  const { code, stderr } = await runInProcess(["tasks", "create", "Chat", ...args], { env, fetch: none });
  expect(stderr).toContain(says);
  expect(code).toBe(2);
});

test("keys are created, listed and revoked over HTTP, only in the organisation of the address", async () => {
  const { stdout } = await bridgekit(
    "keys",
    "create",
    "--name",
    "laptop",
    "--role",
    "connector",
    "--all-apps",
    "--json",
  );
  const [{ id, key, org }] = parse(stdout) as [{ id: string; key: string; org: string }];
  expect([org, key]).toEqual(["main", expect.stringMatching(/^bk_/)]);
  expect((await bridgekit("keys", "list")).stdout).toMatch(new RegExp(`^${id}  laptop +connector +active`, "m"));
  const [rotated] = parse((await bridgekit("keys", "rotate", id, "--json")).stdout);
  expect(rotated).toMatchObject({
    id,
    org: "main",
    key: expect.stringMatching(/^bk_/),
    old_secret: { last_used_at: null },
  });
  expect((await bridgekit("keys", "end-overlap", id)).stdout).toContain(
    `The old secret of key ${id} is no longer valid.`,
  );
  expect((await bridgekit("keys", "revoke", id)).stdout).toContain(`Key ${id} is revoked.`);
  expect((await bridgekit("keys", "list")).stdout).toMatch(new RegExp(`^${id}  laptop +connector +revoked`, "m"));
  expect(await bridgekit("keys", "list", "--org", "acme")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('organisation "main"'),
  });
});

test.each([
  { name: "no address", env: {}, says: "BRIDGE_URL is missing. Set BRIDGE_URL and BRIDGE_API_KEY" },
  { name: "no key", env: { BRIDGE_URL: "http://bridge.example.com/org/main" }, says: "BRIDGE_API_KEY is missing" },
  {
    name: "address and key swapped",
    env: { BRIDGE_URL: "canary", BRIDGE_API_KEY: "http://bridge.example.com/org/main" },
    says: "BRIDGE_URL must be the base URL",
  },
  {
    name: "a line break in the key",
    env: { BRIDGE_URL: "http://bridge.example.com/org/main", BRIDGE_API_KEY: "canary\r\n" },
    says: "BRIDGE_API_KEY contains a space",
  },
])("$name is said, with exit code 2 and without the value", async ({ env, says }) => {
  const { code, stderr } = await runInProcess(["status"], { env, fetch });
  expect(stderr).toContain(says);
  expect(stderr).not.toContain("canary");
  expect(code).toBe(2);
});

test("an app is found by id or name; an unknown or ambiguous name is refused", async () => {
  await bridge.createApp({ name: "Twin" });
  await bridge.createApp({ name: "Twin" });
  expect(await bridgekit("apps", "show", "Twin")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/2 apps are named "Twin"; give the id of one: \S+, \S+\.$/m),
  });
  expect(await bridgekit("apps", "show", "Tvin")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The Bridge has no app "Tvin"; it has'),
  });
  expect((await bridgekit("apps", "show", "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11")).code).toBe(1);
});

test("on a terminal names are shortened until the table fits, ids are not", async () => {
  const { id } = await bridge.createApp({
    name: "An app whose name is much longer than any terminal is wide, and goes on",
  });
  const { stdout } = await runInProcess(["apps", "list"], { env, fetch: org.fetch, columns: 80 });
  const lines = stdout.split("\n");
  expect(lines.find((line) => line.startsWith(id))).toMatch(/An app whose n.*…/);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});
