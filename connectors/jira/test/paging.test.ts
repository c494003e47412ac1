import { readStream, shareBridge } from "@bridgekit/testing";
import { when, type Fault } from "@bridgekit/sandbox";
import { expect, test } from "vitest";
import type { JiraClient } from "../src/jira-client.ts";
import type { OrganizationClient } from "../src/organization-client.ts";
import { connectJira, ORGANIZATION, peopleOf } from "./support/connect-jira.ts";

const bridge = await shareBridge();

const USERS = "/rest/api/3/users/search";
const MEMBERS = "/rest/api/3/group/member";

test("pages of users may be short before the end, and nobody is skipped", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 2_500 } });
  const lengths: number[] = [];
  jira.fault(
    when(
      { path: USERS },
      {
        kind: "change",
        change(users) {
          lengths.push(users.length);
          return users;
        },
      },
    ),
  );
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(2_500);
  expect(lengths[0]).toBeLessThan(1_000);
  // The last users once more, and two empty pages.
  expect(lengths.slice(-3)).toEqual([expect.toSatisfy((length) => length > 0), 0, 0]);
});

test("a Jira that caps its pages below the requested size is read to its end", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 200 } });
  jira.fault(when({ path: USERS }, { kind: "change", change: (users) => users.slice(0, 30) }));
  jira.fault(
    when(
      { path: MEMBERS },
      {
        kind: "change",
        change: (page) => ({
          ...page,
          values: page.values.slice(0, 20),
          isLast: page.isLast && page.values.length <= 20,
        }),
      },
    ),
  );
  const { records, missing } = await readStream(connection, "account");
  expect(missing).toEqual([]);
  expect(records).toHaveLength(200);
  const users = jira.site.groupNamed("jira-software-users")!;
  const synced = records.filter(({ memberships }) =>
    memberships.group.some((ref: { id: string }) => ref.id === users.groupId),
  );
  expect(synced).toHaveLength(users.members.length);
});

test("an empty page of users before the end does not end the list: the previous page is read again", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 2_500 } });
  jira.fault(when({ path: USERS, nth: 2, times: 1 }, { kind: "change", change: () => [] }));
  expect((await readStream(connection, "account")).records).toHaveLength(2_500);
});

test("a list of users whose second page stays empty removes nobody", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 1_100 } });
  jira.fault(when({ path: USERS, nth: 2 }, { kind: "change", change: () => [] }));
  await expect(readStream(connection, "account")).rejects.toThrow("(users) does not go on from");
});

test("somebody who leaves a list during a read causes nobody else to be skipped", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 1_100, groups: 1, projects: 0 } });
  const [, second] = peopleOf(jira);
  const users = jira.site.groupNamed("jira-software-users")!;
  const after = new Map([
    [USERS, () => void jira.site.users.delete(second!.accountId)],
    [MEMBERS, () => void users.members.shift()],
  ]);
  jira.fault(({ path, query }) => {
    if (path === MEMBERS && query.get("groupId") !== users.groupId) return undefined;
    const leave = after.get(path);
    after.delete(path);
    return leave && { kind: "change", change: (page) => (leave(), page) };
  });
  const { records } = await readStream(connection, "account");
  expect(after.size).toBe(0);
  const inGroup = records.filter(({ memberships }) => memberships.group.some(({ id }: any) => id === users.groupId));
  expect([records.length, inGroup.length]).toEqual([1_100, 1_100]);
});

const lists = [
  { slug: "account", path: USERS, isBare: true, seed: { people: 1_100, groups: 0, projects: 0 } },
  { slug: "account", path: MEMBERS, isBare: false, seed: { people: 130, groups: 1, projects: 0 } },
  { slug: "group", path: "/rest/api/3/group/bulk", isBare: false, seed: { people: 2, groups: 120 } },
  {
    slug: "project_role",
    path: "/rest/api/3/project/search",
    isBare: false,
    seed: { people: 2, projects: 110, roles: 0 },
  },
];

test.each(lists)("a circular list of $path is an error", async ({ slug, path, seed, isBare }) => {
  const { jira, connection } = await connectJira({ seed });
  const first = new Map<string, unknown>();
  // Every further page is the first one of the same list.
  jira.fault((call) => {
    if (call.path !== path) return undefined;
    const list = call.query.get("groupId") ?? "";
    return {
      kind: "change",
      change(body) {
        if (!first.has(list)) first.set(list, body);
        return first.get(list);
      },
    };
  });
  await expect(readStream(connection, slug)).rejects.toThrow(
    isBare ? "(users) goes in a circle" : "gave out a page again",
  );
});

test.each(lists.filter(({ isBare }) => !isBare))(
  "a list of $path that ends before its total is an error",
  async ({ slug, path, seed }) => {
    const { jira, connection } = await connectJira({ seed });
    jira.fault(
      when({ path }, { kind: "change", change: (page) => ({ ...page, isLast: true, total: page.total + 1 }) }),
    );
    await expect(readStream(connection, slug)).rejects.toThrow(/says that it has \d+ items, and \d+ came/);
  },
);

test.each(lists.filter(({ isBare }) => !isBare))(
  "an empty page of $path before the last is an error",
  async ({ slug, path, seed }) => {
    const { jira, connection } = await connectJira({ seed });
    jira.fault(when({ path, nth: 2 }, { kind: "change", change: (page) => ({ ...page, values: [], isLast: false }) }));
    await expect(readStream(connection, slug)).rejects.toThrow(
      /does not go on from|has an empty page at offset 0, and does not say that it is the last/,
    );
  },
);

const REFUSAL: Fault = { kind: "response", status: 403, body: { errorMessages: ["No."], errors: {} } };
const breaks: { what: string; fault: Fault }[] = [
  { what: "a login page", fault: { kind: "login-page" } },
  { what: "a truncated response", fault: { kind: "truncate" } },
  { what: "a broken connection", fault: { kind: "reset" } },
  { what: "an error", fault: { kind: "response", status: 500, body: { errorMessages: ["Oops"], errors: {} } } },
  { what: "something that is no list", fault: { kind: "change", change: () => ({}) } },
  { what: "a refusal", fault: REFUSAL },
];
test.each(lists.flatMap((list) => breaks.map((broken) => ({ ...list, ...broken }))))(
  "$what in the middle of $path is an error",
  async ({ slug, path, fault, seed }) => {
    const { jira, connection } = await connectJira({ seed });
    jira.fault(when({ path, nth: 2 }, fault));
    const reading = readStream(connection, slug);
    // Members that are refused are hidden: accounts keep their groups.
    if (path === MEMBERS && fault === REFUSAL)
      expect((await reading).unknownRefs).toContainEqual(expect.stringMatching(/^group: /));
    else await expect(reading).rejects.toThrow(/^Jira at http:\/\/jira\.example\.com /);
  },
);

test.each(breaks.slice(0, 4))("$what in the middle of the organization's users is an error", async ({ fault }) => {
  const { jira, connection } = await connectJira({ seed: { people: 250 } }, { organization: ORGANIZATION });
  jira.fault(when({ path: "/admin/v2/orgs/org-1/directories/-/users", nth: 2 }, fault));
  await expect(readStream(connection, "account")).rejects.toThrow(/^Atlassian organization org-1 /);
});

test("a repeated page or cursor of the organization's users is an error", async () => {
  const path = /\/directories\/-\/users$/;
  const page = await connectJira({ seed: { people: 350 } }, { organization: ORGANIZATION });
  page.jira.fault(when({ path, nth: 2 }, { kind: "repeat" }));
  await expect(readStream(page.connection, "account")).rejects.toThrow("gave out a page again");

  const cursor = await connectJira({ seed: { people: 350 } }, { organization: ORGANIZATION });
  const links = { next: Buffer.from("100").toString("base64url") };
  cursor.jira.fault(when({ path, nth: 2 }, { kind: "change", change: (users) => ({ ...users, links }) }));
  await expect(readStream(cursor.connection, "account")).rejects.toThrow("names a next page again");
});

test("a list of users that takes Jira too long is retried, then fails with TIMEOUT", async () => {
  const slow: Fault = {
    kind: "response",
    status: 409,
    body: { errorMessages: ["The request took too long."], errors: {} },
  };
  const once = await connectJira();
  once.jira.fault(when({ path: USERS, times: 1 }, slow));
  expect((await readStream(once.connection, "account")).records).toHaveLength(30);

  const always = await connectJira();
  always.jira.fault(when({ path: USERS }, slow));
  await expect(readStream(always.connection, "account")).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a limit is waited for", async () => {
  const { jira, connection } = await connectJira();
  const headers = {
    "retry-after": "0",
    "x-ratelimit-limit": "100",
    "x-ratelimit-remaining": "0",
    "ratelimit-reason": "jira-burst-based",
  };
  jira.fault(
    when(
      { path: MEMBERS, nth: 3, times: 1 },
      { kind: "response", status: 429, headers, body: { errorMessages: ["Rate limit exceeded."], errors: {} } },
    ),
  );
  expect((await readStream(connection, "account")).missing).toEqual([]);
});

test("a limit of an endpoint delays all calls of that endpoint, whatever their ids, and no others", async () => {
  const { jira, connection } = await connectJira({}, { organization: { ...ORGANIZATION, directoryId: "dir-1" } });
  // Longer than any call waits, so that what is held back fails at once.
  const limited: Fault = { kind: "response", status: 429, headers: { "retry-after": "400" } };
  const [role, suspend] = [/\/role\/\d+$/, /\/suspend$/];
  jira.fault(when({ path: role, times: 1 }, limited));
  jira.fault(when({ path: suspend, times: 1 }, limited));
  const client = connection.client as { jira: JiraClient; organization: OrganizationClient };
  const [first, second] = peopleOf(jira).map(({ accountId }) => accountId);

  await expect(client.jira.actorsOf("10000", 10_002)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(client.jira.actorsOf("10001", 10_003)).rejects.toThrow("asked for a pause");
  await client.jira.rolesOf("10000");
  await expect(client.organization.suspend(first!)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  await expect(client.organization.suspend(second!)).rejects.toThrow("asked for a pause");
  await client.organization.getUser(first!);
  expect([jira.requestCount({ path: role }), jira.requestCount({ path: suspend })]).toEqual([1, 1]);
});

test("a run whose list of users ends early removes nobody", async () => {
  const { jira, connection } = await connectJira({ seed: { people: 1_100 } });
  const app = await bridge.openApp(connection);
  await app.sync();
  jira.fault(when({ path: USERS, nth: 2 }, { kind: "login-page" }));
  await expect(app.sync()).rejects.toMatchObject({ code: "UPSTREAM" });
  const live = (await app.records("account")).filter(({ removed_at }) => removed_at === null);
  expect(live).toHaveLength(peopleOf(jira).length);
});
