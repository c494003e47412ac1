import * as fc from "fast-check";
import type { Guard, Page } from "./state.ts";

/** Something that a client does. Apps and sessions are numbers, so a step makes sense anywhere in a sequence. */
export type ClientStep =
  | { do: "register type" | "read app" | "clone"; app: number }
  | { do: "read records"; app: number; slug: string }
  | { do: "set guard"; app: number; guard: Guard | null }
  | { do: "start"; app: number }
  | { do: "push"; app: number; back: number; page: Page }
  /** An earlier page of the session, sent again. */
  | { do: "resend"; app: number; back: number; nth: number }
  /** A page of any session of the app, with its refs in reverse order. */
  | { do: "pushAgain"; app: number; back: number; nth: number }
  /** `back` counts the sessions of the app from the newest, 0. */
  | { do: "complete" | "abandon" | "confirm" | "discard" | "read session"; app: number; back: number }
  /** A session of one app, requested under another one. */
  | { do: "read foreign session"; app: number; back: number };

export type Step =
  | ClientStep
  /** Two simultaneous clients. */
  | { do: "at once"; steps: readonly ClientStep[] }
  /** Waits for all reconciliations, then reads everything of the app. */
  | { do: "settle"; app: number }
  /** The server stops and starts again. */
  | { do: "restart" }
  /** The server dies `afterMs` after it received a call, and starts again on what it left. */
  | { do: "crash"; during: ClientStep; afterMs: number };

export interface Sequence {
  guard: Guard | null;
  /** Apps that share the types of the first one, besides those that steps add. */
  clones: number;
  steps: readonly Step[];
}

// Few ids and few values, so that they often meet.
const ref = (prefix: string, count: number) =>
  fc
    .record(
      { id: fc.nat({ max: count - 1 }).map((index) => `${prefix}${index}`), hasName: fc.boolean() },
      { requiredKeys: ["id", "hasName"] },
    )
    .map(({ id, hasName }) => (hasName ? { id, name: `Name of ${id}` } : { id }));
const refs = (prefix: string, count: number) =>
  fc.uniqueArray(ref(prefix, count), { maxLength: 2, selector: ({ id }) => id });

const account = fc.record(
  {
    id: fc.nat({ max: 3 }).map((index) => `u${index}`),
    email: fc.constantFrom("one@example.com", "two@example.com"),
    status: fc.constantFrom("active", "inactive", "suspended"),
    memberships: fc.record({ team: refs("g", 4), role: refs("r", 2) }, { requiredKeys: [] }),
    assignments: fc.record({ seat: refs("s", 3) }, { requiredKeys: [] }),
    unknown_refs: fc.constantFrom([], [], ["team"], ["seat"], ["seat", "team"], ["role"]),
    continues: fc.constantFrom(false, false, true),
  },
  { requiredKeys: ["id", "email"] },
);
/** Most accounts refer to types that are registered from the start. */
const plainAccount = account.map(({ memberships, unknown_refs: unknown, ...record }) => ({
  ...record,
  ...(memberships?.team && { memberships: { team: memberships.team } }),
  ...(unknown && { unknown_refs: unknown.filter((slug) => slug !== "role") }),
}));
/** Groups and licenses have extra fields, also with the names of those that the Bridge adds. */
const named = (prefix: string, count: number) =>
  fc.record(
    {
      id: fc.nat({ max: count - 1 }).map((index) => `${prefix}${index}`),
      name: fc.constantFrom("One", "Two"),
      status: fc.constantFrom("closed", 7),
      removed_at: fc.constant("2020-01-01"),
      stub: fc.constant(true),
    },
    { requiredKeys: ["id", "name"] },
  );

const records = <Record extends { id: string }>(record: fc.Arbitrary<Record>) =>
  fc.uniqueArray(record, { maxLength: 4, selector: ({ id }) => id });
/** Some accounts are pushed in several records. */
const accounts = fc.uniqueArray(plainAccount, {
  maxLength: 4,
  selector: ({ id, continues = false }) => `${id} ${continues}`,
});
const page = (slug: string, list: fc.Arbitrary<Page["records"]>): fc.Arbitrary<Page> =>
  fc.record({ slug: fc.constant(slug), records: list });
const goodPage = fc.oneof(
  { weight: 4, arbitrary: page("account", accounts) },
  { weight: 2, arbitrary: page("team", records(named("g", 4))) },
  { weight: 1, arbitrary: page("seat", records(named("s", 3))) },
);
const oddPage = fc.oneof(
  page("role", records(named("r", 2))),
  page("account", records(account)),
  page("nothing", fc.constant([])),
  page(
    "account",
    plainAccount.map((record) => [record, record]),
  ),
  page("account", fc.constant([{ id: "u0" }])),
  page("account", fc.constant([{ id: "u0", username: "u0", memberships: { seat: [{ id: "s0" }] } }])),
  page("account", fc.constant(Array.from({ length: 101 }, (_, index) => ({ id: `n${index}`, username: "n" })))),
);

const guard = fc.option(
  fc.record({ max_share: fc.constantFrom(0, 0.25, 0.5, 0.5, 1), min_count: fc.constantFrom(1, 1, 2, 3) }),
  { freq: 6 },
);

const app = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 2 }) });
const back = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 3 }) });
const on = <const Name extends string>(...names: Name[]) => fc.record({ do: fc.constantFrom(...names), app, back });
const nth = fc.nat({ max: 3 });
const pushStep = fc.record({ do: fc.constant("push" as const), app, back, page: goodPage });

const clientStep: fc.Arbitrary<ClientStep> = fc.oneof(
  { weight: 6, arbitrary: pushStep },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("push" as const), app, back, page: oddPage }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("resend", "resend", "pushAgain"), app, back, nth }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("start" as const), app }) },
  { weight: 4, arbitrary: on("complete", "abandon") },
  { weight: 3, arbitrary: on("confirm", "discard") },
  { weight: 3, arbitrary: on("read session", "read foreign session", "read foreign session") },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom("register type", "register type", "clone", "read app"), app }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("read records" as const),
      app,
      slug: fc.constantFrom("account", "team", "seat", "role"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("set guard" as const), app, guard }) },
);

const atOnce: fc.Arbitrary<Step> = fc.record({
  do: fc.constant("at once" as const),
  steps: fc.tuple(clientStep, clientStep),
});
const crash: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("crash" as const), during: clientStep, afterMs: fc.nat({ max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
);

/**
 * A whole sync, as connectors do it, some of them repeated with everything in another order. It waits for the
 * reconciliation or not, and an administrator decides if it is held.
 */
const sync: fc.Arbitrary<Step[]> = fc
  .record({
    app,
    pages: fc.array(goodPage, { maxLength: 3 }),
    isPushedAgain: fc.constantFrom(false, false, true),
    end: fc.constantFrom<"complete" | "abandon">("complete", "complete", "complete", "abandon"),
    after: fc.constantFrom<"go on" | "settle" | "confirm" | "discard">(
      "go on",
      "go on",
      "settle",
      "confirm",
      "discard",
    ),
  })
  .map(({ app, pages, isPushedAgain, end, after }): Step[] => {
    const steps: Step[] = [{ do: "start", app }];
    for (const page of pages) steps.push({ do: "push", app, back: 0, page });
    steps.push({ do: end, app, back: 0 });
    if (isPushedAgain) {
      steps.push({ do: "settle", app }, { do: "start", app });
      // The first of as many pages: each of them replaces the ones before.
      steps.push(...pages.map((): Step => ({ do: "pushAgain", app, back: 0, nth: pages.length - 1 })));
      steps.push({ do: end, app, back: 0 });
    }
    if (after !== "go on") steps.push({ do: "settle", app });
    if (after === "confirm" || after === "discard") steps.push({ do: after, app, back: 0 });
    return steps;
  });

const steps = (withCrash: boolean) =>
  fc
    .array(
      fc.oneof(
        { weight: 6, arbitrary: sync },
        { weight: 5, arbitrary: clientStep.map((step) => [step]) },
        { weight: 2, arbitrary: atOnce.map((step) => [step]) },
        ...(withCrash ? [{ weight: 6, arbitrary: crash.map((step) => [step]) }] : []),
      ),
      { minLength: 2, maxLength: 6 },
    )
    .map((parts): Step[] => parts.flat());

// A round trip through JSON turns fast-check's objects without a prototype into plain ones.
const sequence = (withCrash: boolean): fc.Arbitrary<Sequence> =>
  fc
    .record({ guard, clones: fc.nat({ max: 1 }), steps: steps(withCrash) })
    .map((drawn) => JSON.parse(JSON.stringify(drawn)) as Sequence);

/** One sequence. */
export interface Round {
  /** Of simultaneous clients, each with its own apps. */
  calm: readonly Sequence[];
  /** One during which the server dies, alone; seldom, because a restart takes as long as many calls. */
  stormy: Sequence | null;
}

export const SEQUENCES_PER_ROUND = 4;
export const round: fc.Arbitrary<Round> = fc.record({
  calm: fc.array(sequence(false), { minLength: SEQUENCES_PER_ROUND, maxLength: SEQUENCES_PER_ROUND }),
  stormy: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: sequence(true) }),
});
