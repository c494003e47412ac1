import { readStreams } from "@bridgekit/testing";
import { expect, test } from "vitest";
import { connectSalesforce } from "./support/connect-salesforce.ts";

// The budget of a full read, as stated in README.md.
const BUDGET = 60;

test("10,000 users and their assignments are read within the budget, and never by user", async () => {
  const { sandbox, connection } = await connectSalesforce({ seed: { people: 10_000, groups: 100 } });
  const reads = await readStreams(connection, Object.keys(connection.connector.resourceTypes));
  expect(reads.flatMap(({ missing, unknownRefs }) => [...missing, ...unknownRefs])).toEqual([]);
  expect(reads.at(-1)!.records).toHaveLength(10_001);

  const pages = (rows: number) => Math.ceil(rows / 2000);
  const { org } = sandbox;
  const members = org.rows("GroupMember").length;
  const licenses = org.rows("PermissionSetLicenseAssign").length;
  // 10,000 users have one set each and every other one a group of sets; the profile's own are not asked for.
  const expected = 2 * pages(10_001) + pages(15_000) + pages(members) + pages(licenses);
  // The sign-in, and profiles, roles, sets, groups of sets, groups and both kinds of licenses.
  expect(sandbox.requestCount()).toBe(expected + 1 + 7);
  expect(sandbox.requestCount()).toBeLessThanOrEqual(BUDGET);
});
