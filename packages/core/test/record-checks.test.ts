import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findFault } from "../src/sync/record/find-fault.ts";
import { recordChecks } from "../src/sync/record/record-checks.ts";

const NAMES = ["AccountRecord", "GroupRecord", "LicenseRecord"] as const;

const text = fc.oneof(
  { weight: 6, arbitrary: fc.string({ minLength: 1, maxLength: 8 }) },
  fc.constantFrom("", "active", "gone", "x".repeat(512), "x".repeat(513), "😀".repeat(512), "x".repeat(1025)),
);
const wrong = fc.constantFrom<unknown[]>(undefined, null, 7, -1, 1.5, true, [], {}, "text", [[]]);
const or = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ weight: 12, arbitrary }, wrong);
const ref = fc.record({ id: or(text), name: or(text) }, { requiredKeys: ["id"] });
const refs = fc.oneof(fc.array(or(ref), { maxLength: 3 }), fc.constantFrom(100, 101).map(manyRefs));
const refMap = fc.dictionary(fc.constantFrom("team", "seat", "constructor"), or(refs));
const record = fc.record(
  {
    id: or(text),
    name: or(text),
    email: or(text),
    username: or(text),
    display_name: or(text),
    description: or(text),
    status: or(fc.constantFrom("active", "inactive", "suspended")),
    memberships: or(refMap),
    assignments: or(refMap),
    continues: or(fc.boolean()),
    max_count: or(fc.nat()),
    is_paid: or(fc.boolean()),
    unknown: fc.anything(),
  },
  { requiredKeys: ["id", "name", "email"] },
);

function manyRefs(count: number): object[] {
  return Array.from({ length: count }, (_, index) => ({ id: `g${index}` }));
}

test.each(NAMES)("the quick check of %s accepts exactly what has no fault", (name) => {
  const seen = { right: 0, wrong: 0 };
  const property = fc.property(or(record), (value) => {
    const isRight = recordChecks[name](value);
    seen[isRight ? "right" : "wrong"]++;
    // It counts code units, so it may also stop a text that is short enough in characters.
    const hasPair = /[\ud800-\udbff]/.test(JSON.stringify(value) ?? "");
    if (isRight || !hasPair) expect(findFault(name, value) === undefined).toBe(isRight);
  });
  fc.assert(property, { numRuns: 3000 });
  expect(Math.min(seen.right, seen.wrong)).toBeGreaterThan(100);
});

test("a text is measured in characters", () => {
  const emoji = { id: "😀".repeat(512), email: "a@example.com" };
  expect(recordChecks.AccountRecord(emoji)).toBe(false);
  expect(findFault("AccountRecord", emoji)).toBeUndefined();
  expect(findFault("AccountRecord", { ...emoji, id: "😀".repeat(513) })).toMatchObject({
    path: ["id"],
    reason: "must have at most 512 characters, and has 513",
  });
});
