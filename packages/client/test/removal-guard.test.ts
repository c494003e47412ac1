import { describe, expect, test } from "vitest";
import { DEFAULT_GUARD, describeLosses, judgeLosses, RUNNER_GUARD, type Loss } from "../src/index.ts";

/** Lost, live, and whose guard asks for approval. */
const CASES: readonly [lost: number, live: number, asks: "nobody" | "runner" | "both"][] = [
  [0, 0, "nobody"],
  [0, 100, "nobody"],
  // A share of at least ten.
  [20, 100, "nobody"],
  [21, 100, "both"],
  [10, 50, "nobody"],
  [10, 49, "both"],
  [9, 40, "nobody"],
  [200_000, 1_000_000, "nobody"],
  [200_001, 1_000_000, "both"],
  // All, if at least ten.
  [10, 10, "both"],
  [200, 200, "both"],
  // More than half of at least three.
  [9, 17, "runner"],
  [9, 18, "nobody"],
  [8, 9, "runner"],
  [2, 3, "runner"],
  [1, 3, "nobody"],
  [2, 4, "nobody"],
  // A whole type of at least two.
  [9, 9, "runner"],
  [2, 2, "runner"],
  [1, 2, "nobody"],
  [1, 1, "nobody"],
];

describe.each(["records", "refs"] as const)("of %s", (of) => {
  test.each(CASES)("%i of %i: %s asks", (lost, live, asks) => {
    const losses: Loss[] = [{ slug: "team", kind: "group", of, live, lost }];
    expect(judgeLosses(losses, DEFAULT_GUARD)).toEqual(asks === "both" ? losses : []);
    expect(judgeLosses(losses, RUNNER_GUARD)).toEqual(asks === "nobody" ? [] : losses);
    expect(judgeLosses(losses, "strict")).toEqual(lost > 0 ? losses : []);
    expect(judgeLosses(losses, null)).toEqual([]);
  });
});

test.each([
  { guard: { max_share: 1, min_count: 1 }, lost: 9, live: 10, isHeld: false },
  { guard: { max_share: 1, min_count: 1 }, lost: 10, live: 10, isHeld: true },
  { guard: { max_share: 0, min_count: 1 }, lost: 1, live: 1_000, isHeld: true },
  { guard: { max_share: 0, min_count: 2 }, lost: 1, live: 1, isHeld: false },
])("a guard of one's own: $guard holds $lost of $live: $isHeld", ({ guard, lost, live, isHeld }) => {
  expect(judgeLosses([{ slug: "account", kind: "account", of: "records", live, lost }], guard)).toHaveLength(
    isHeld ? 1 : 0,
  );
});

test("types are judged one by one, records separately from refs", () => {
  const losses: Loss[] = [
    { slug: "account", kind: "account", of: "records", live: 100, lost: 20 },
    { slug: "team", kind: "group", of: "records", live: 100, lost: 30 },
    { slug: "team", kind: "group", of: "refs", live: 1000, lost: 500 },
    { slug: "seat", kind: "license", of: "refs", live: 1000, lost: 200 },
  ];
  expect(judgeLosses(losses, DEFAULT_GUARD)).toEqual([losses[1], losses[2]]);
});

test("a runner also judges all types of a kind together if each passes alone", () => {
  const each = (of: Loss["of"]): Loss[] =>
    ["one", "two", "three"].map((slug) => ({ slug, kind: "group", of, live: 16, lost: 4 }));
  expect(judgeLosses([...each("records"), ...each("refs")], DEFAULT_GUARD)).toEqual([]);
  expect(judgeLosses([...each("records"), ...each("refs")], RUNNER_GUARD)).toEqual([
    { kind: "group", of: "records", live: 48, lost: 12 },
    { kind: "group", of: "refs", live: 48, lost: 12 },
  ]);
  const small: Loss[] = ["one", "two"].map((slug) => ({ slug, kind: "account", of: "records", live: 1, lost: 1 }));
  expect(judgeLosses(small, RUNNER_GUARD)).toEqual([{ kind: "account", of: "records", live: 2, lost: 2 }]);
});

test("losses are described by type, records separately from refs", () => {
  expect(
    describeLosses([
      { slug: "team", kind: "group", of: "refs", live: 9, lost: 7 },
      { slug: "seat", kind: "license", of: "refs", live: 3, lost: 2 },
      { slug: "account", kind: "account", of: "records", live: 50, lost: 20 },
    ]),
  ).toBe(
    'make inactive 20 of 50 active "account" records and take away 7 of 9 "team" memberships, 2 of 3 "seat" assignments',
  );
  expect(describeLosses([{ kind: "group", of: "refs", live: 48, lost: 12 }])).toBe(
    "take away 12 of 48 memberships of all group types together",
  );
});
