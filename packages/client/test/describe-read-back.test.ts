import { expect, test } from "vitest";
import { describeReadBack, type Task } from "../src/index.ts";

const team = { added: [{ id: "t1", name: "Design" }, { id: "t2" }], removed: [{ id: "t3", name: "Sales" }] };
const payload = { account: { id: "u1" }, changes: { team } };
const all = { exists: true, status: "active", refs: { team: { added: 2, removed: 0 } } };

test.each<[string | undefined, Task["read_back"], Task["payload"]?]>([
  [undefined, undefined],
  ["could not be read: Wiki returned 502", { unknown: "Wiki returned 502" }],
  ["the account does not exist", { exists: false }],
  ["the account exists", { exists: true }],
  ["suspended", { exists: true, status: "suspended" }],
  ["active, has team Design, t2, no longer has team Sales", all],
  ["has only 1 of 2 of team, still has team Sales", { exists: true, refs: { team: { added: 1, removed: 1 } } }],
  [
    "lacks seat s1, s2, s3, s4, s5 and 1 more",
    { exists: true, refs: { seat: { added: 0, removed: 0 } } },
    { account: { id: "u1" }, memberships: { seat: [1, 2, 3, 4, 5, 6].map((number) => ({ id: `s${number}` })) } },
  ],
])("%s", (text, readBack, about = payload) => {
  expect(describeReadBack({ payload: about, ...(readBack && { read_back: readBack }) })).toBe(text);
});
