import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, TaskError, UpstreamError, type Change, type TaskAction } from "../src/index.ts";
import type { TaskPayload } from "../src/run.ts";

interface Office {
  /** Ids that the account has, by slug. */
  held: Record<string, string[]>;
  /** Every write, in order. */
  log: string[];
  /** Writes that fail. */
  failing: Set<string>;
  /** How the office handles a write; by default it makes it. */
  isDeaf?: boolean;
}

/** An office in memory: teams and rooms are added and removed, shifts changed by one write, desk and badge set together. */
function openOffice(office: Partial<Office> = {}) {
  const state: Office = { held: {}, log: [], failing: new Set(), ...office };
  const write = (what: string, change: () => void) => {
    if (state.failing.has(what))
      throw new UpstreamError(`The office refused: ${what}`, {
        code: "LICENSE_EXHAUSTED",
        isRetryable: false,
        effect: "none",
      });
    state.log.push(what);
    if (!state.isDeaf) change();
  };
  const many = (slug: string) => ({
    list: () => state.held[slug] ?? [],
    add: async (_context: object, _account: object, { id }: { id: string }) =>
      write(`add ${slug} ${id}`, () => (state.held[slug] ??= []).push(id)),
    remove: async (_context: object, _account: object, { id }: { id: string }) =>
      write(`remove ${slug} ${id}`, () => (state.held[slug] = state.held[slug]!.filter((other) => other !== id))),
  });
  const change = async (_context: object, _account: object, { added, removed }: Change) => {
    const ids = (refs: readonly { id: string }[]) => refs.map(({ id }) => id);
    write(`change shift +${ids(added).join(",")} -${ids(removed).join(",")}`, () => {
      const kept = (state.held["shift"] ?? []).filter((id) => !ids(removed).includes(id));
      state.held["shift"] = [...kept, ...ids(added)];
    });
  };
  const set = async (_context: object, _account: object, values: { [slug: string]: string | null | undefined }) =>
    write(`set ${JSON.stringify(values)}`, () => {
      for (const [slug, id] of Object.entries(values)) state.held[slug] = id ? [id] : [];
    });
  const connector = defineConnector({
    name: "office",
    title: "Office",
    config: z.object({}),
    resourceTypes: {
      team: { type: "group", name: "Team" },
      room: { type: "group", name: "Room" },
      desk: { type: "group", name: "Desk" },
      badge: { type: "license", name: "Badge" },
      parking: { type: "group", name: "Parking lot" },
      shift: { type: "group", name: "Shift" },
      account: { type: "account", name: "Person" },
    },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({ team: none, room: none, desk: none, badge: none, parking: none, shift: none, account: none }),
    findAccount(_context, id) {
      if (id === "nobody") throw new TaskError("ACCOUNT_NOT_FOUND", "There is no nobody.");
      return { id };
    },
    access: {
      team: { ...many("team"), kept: "another team brings it", exists: async () => ["t1", "t2", "t3", "t4"] },
      shift: { list: () => state.held["shift"] ?? [], change },
      room: many("room"),
      desk: { get: () => state.held["desk"]?.[0], set },
      badge: { get: () => state.held["badge"]?.[0], set },
    },
  });
  const run = (action: TaskAction, payload: TaskPayload) => connector.tasks[action]!(context(), payload);
  const update = (changes: NonNullable<TaskPayload["changes"]>) =>
    run("update_account", { account: { id: "u1" }, changes });
  return { state, connector, run, update };
}

async function* none(): AsyncGenerator<never> {}

const context = (interruptedAt?: Date) => ({
  client: {},
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  signal: new AbortController().signal,
  taskId: "1",
  interruptedAt,
});
const refs = (...ids: string[]) => ids.map((id) => ({ id }));

test("changes already made are skipped; the rest is given in the order of access, then taken in reverse", async () => {
  const { state, update } = openOffice({ held: { team: ["t1", "t2"], room: ["r1"], desk: ["d1"] } });
  await update({
    desk: { added: refs("d2"), removed: refs("d1") },
    room: { added: refs("r2"), removed: refs("r1", "r9") },
    team: { added: refs("t1", "t3", "t3"), removed: refs("t2", "t4") },
  });
  expect(state.log).toEqual(["add team t3", "add room r2", 'set {"desk":"d2"}', "remove room r1", "remove team t2"]);
  expect(state.held).toEqual({ team: ["t1", "t3"], room: ["r2"], desk: ["d2"] });
});

test("slugs kept together are set by one write, which may give and take", async () => {
  const { state, update } = openOffice({ held: { desk: ["d1"], badge: ["b1"] } });
  await update({ desk: { removed: refs("d1") }, badge: { added: refs("b2") }, room: { added: refs("r1") } });
  await update({ desk: { removed: refs("d1") }, badge: { removed: refs("b1") } });
  expect(state.log).toEqual(["add room r1", 'set {"desk":null,"badge":"b2"}']);
  await update({ badge: { removed: refs("b2") }, team: { added: refs("t1") } });
  expect(state.log.slice(2)).toEqual(["add team t1", 'set {"badge":null}']);
});

test("a joint change is one write, after all gifts and before all that only take", async () => {
  const { state, update } = openOffice({ held: { shift: ["early", "night"], room: ["r1"] } });
  await update({
    shift: { added: refs("late", "night"), removed: refs("early", "weekend") },
    room: { added: refs("r2"), removed: refs("r1") },
  });
  expect(state.log).toEqual(["add room r2", "change shift +late -early", "remove room r1"]);
  expect(state.held).toEqual({ shift: ["night", "late"], room: ["r2"] });

  await update({ shift: { added: refs("late"), removed: refs("early") } });
  expect(state.log).toHaveLength(3);
  await update({ shift: { added: refs("early") }, room: { added: refs("r3") } });
  await update({ shift: { removed: refs("early") }, team: { added: refs("t1") } });
  expect(state.log.slice(3)).toEqual(["change shift +early -", "add room r3", "add team t1", "change shift + -early"]);
});

test("a failure after a joint write says all that it did", async () => {
  const { update } = openOffice({ held: { shift: ["early"], room: ["r1"] }, failing: new Set(["remove room r1"]) });
  await expect(
    update({ shift: { added: refs("late"), removed: refs("early") }, room: { removed: refs("r1") } }),
  ).rejects.toThrow("Done before that: gave shift late, took shift early.");
});

test("an id that is both given and taken is given", async () => {
  const { state, update } = openOffice({ held: { team: ["t1"] } });
  await update({ team: { added: refs("t1", "t2"), removed: refs("t1", "t2") } });
  expect(state.log).toEqual(["add team t2"]);
});

test.each([
  { changes: { parking: { added: refs("p1") } }, says: `can't change "parking" of an account; it changes team, shift` },
  { changes: { squad: {} }, says: `can't change "squad"` },
  { changes: { desk: { added: refs("d1", "d2") } }, says: "An account has one desk in Office, and the task gives 2" },
  { changes: { team: { added: [{ id: "t9", name: "Gone" }] } }, says: 'Office has no team "Gone" (t9)' },
] as { changes: NonNullable<TaskPayload["changes"]>; says: string }[])(
  "$says: nothing is written",
  async ({ changes, says }) => {
    const { state, update } = openOffice();
    await expect(update({ room: { added: refs("r1") }, ...changes })).rejects.toThrow(says);
    expect(state.log).toEqual([]);
  },
);

test("taking what no longer exists counts as done", async () => {
  const { state, update } = openOffice();
  await update({ team: { removed: refs("t9") } });
  expect(state.log).toEqual([]);
});

test("a missing account is recognised, even if nothing is to be changed", async () => {
  const { run } = openOffice();
  await expect(run("update_account", { account: { id: "nobody" } })).rejects.toMatchObject({
    code: "ACCOUNT_NOT_FOUND",
  });
});

test("a failure in the middle says what was done before, and keeps its code and cause", async () => {
  const { update } = openOffice({ held: { team: ["t2"] }, failing: new Set(["remove team t2"]) });
  await expect(
    update({ team: { added: refs("t1"), removed: refs("t2") }, desk: { added: refs("d1") } }),
  ).rejects.toMatchObject({
    code: "LICENSE_EXHAUSTED",
    message: "The office refused: remove team t2. Done before that: gave team t1, gave desk d1.",
    cause: expect.any(UpstreamError),
  });
  const first = openOffice({ failing: new Set(["add team t1"]) });
  await expect(first.update({ team: { added: refs("t1") } })).rejects.toThrow(/^The office refused: add team t1$/);
});

test("changes are read back by listing", async () => {
  const { state, connector } = openOffice({ held: { team: ["t1"], badge: ["b1"] } });
  const payload = { account: { id: "u1" }, changes: { team: { added: refs("t2") }, badge: { removed: refs("b1") } } };
  expect(await connector.verify.update_account!(context(), payload)).toEqual({
    memberships: { team: refs("t1"), badge: refs("b1") },
    kept: { team: "another team brings it" },
  });
  state.held = {};
  expect(await connector.verify.update_account!(context(), payload)).toMatchObject({
    memberships: { team: [], badge: [] },
  });
});

test("grantable slugs are known without a call", () => {
  expect(openOffice().connector.grantable).toEqual(["team", "shift", "room", "desk", "badge"]);
});
