import { readStream, readStreams } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connectJira } from "./support/connect-jira.ts";

// The budget of a full read, as stated in README.md.
const BUDGET = 2_500;

test("10,000 users, 500 groups and 200 projects with 5 roles each are read within the budget, and never by user", async () => {
  const { jira, connection } = await connectJira({
    seed: { people: 10_000, groups: 493, projects: 200, roles: 5 },
    // Checking the large responses would take longer than the read.
    descriptions: [],
  });
  expect(jira.site.groups.size).toBe(500);

  const reads = await readStreams(connection, ["group", "project_role", "product", "account"]);
  expect(reads.flatMap(({ missing, unknownRefs }) => [...missing, ...unknownRefs])).toEqual([]);
  expect(reads.at(-1)!.records).toHaveLength(10_000);

  // Each page but the first begins with the last item of the one before.
  const pagesOf = (rows: number, size: number) => Math.max(1, Math.ceil((rows - 1) / (size - 1)));
  const memberPages = [...jira.site.groups.values()]
    .map(({ members }) => pagesOf(members.length, 50))
    .reduce((sum, pages) => sum + pages, 0);
  const counts = {
    groups: jira.requestCount({ path: "/rest/api/3/group/bulk" }),
    members: jira.requestCount({ path: "/rest/api/3/group/member" }),
    projects: jira.requestCount({ path: "/rest/api/3/project/search" }),
    roles: jira.requestCount({ path: /\/roledetails$/ }),
    actors: jira.requestCount({ path: /\/role\/\d+$/ }),
    users: jira.requestCount({ path: "/rest/api/3/users/search" }),
  };
  const { users, ...exact } = counts;
  const groups = 2 * pagesOf(jira.site.groups.size, 50);
  expect(exact).toEqual({
    groups,
    members: memberPages,
    projects: pagesOf(200, 100),
    roles: 200,
    actors: 200 * 5,
  });
  // 10,600 rows in pages of 1000 that overlap a little, two empty ones, and the last user again.
  expect(users).toBeLessThanOrEqual(15);
  expect(jira.requestCount()).toBeLessThanOrEqual(BUDGET);
  expect(jira.requestCount({ path: /\/user(\/|$)/ })).toBe(0);
  // Who the token belongs to, what it may do, the products twice, and their plans.
  expect(jira.requestCount()).toBe(Object.values(counts).reduce((sum, count) => sum + count, 0) + 5);
});

test("an account stream that is read alone reads the roles itself", async () => {
  const { jira, connection } = await connectJira();
  const { records } = await readStream(connection, "account");
  expect(records.some(({ memberships }) => memberships.project_role.length > 0)).toBe(true);
  expect(jira.requestCount({ path: /\/role\/\d+$/ })).toBe(12);
});
