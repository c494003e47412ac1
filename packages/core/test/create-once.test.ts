import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector, TaskError, UpstreamError } from "../src/index.ts";
import type { TaskPayload } from "../src/run.ts";

interface Person {
  id: string;
  email: string;
  madeAt: Date;
  teams: string[];
  note?: string;
}

interface Options {
  people?: Person[];
  /** Thrown by a create, before or after the person is created. */
  fails?: { error: Error; isMade: boolean };
  isFull?: boolean;
}

/** A club in memory: a member has one team and any number of circles. */
function openClub({ people = [], fails, isFull = false }: Options = {}) {
  const log: string[] = [];
  const club = defineConnector({
    name: "club",
    title: "Club",
    config: z.object({}),
    resourceTypes: {
      team: { type: "group", name: "Team" },
      circle: { type: "group", name: "Circle" },
      account: { type: "account", name: "Member" },
    },
    connect: () => ({}),
    check: async () => [],
    sync: () => ({ team: none, circle: none, account: none }),
    findAccount: (_context, id, isOwn) => ({ person: people.find((one) => one.id === id)!, isOwn }),
    access: {
      team: {
        get: (_context, { person }) => person.teams[0],
        set: async (_context, { person }, { team }) => void (person.teams = team ? [team] : []),
      },
      circle: {
        list: (_context, { person, isOwn }) => (log.push(`list ${person.id} ${isOwn}`), person.teams),
        async add(_context, { person }, { id }) {
          if (isFull) throw new TaskError("LICENSE_EXHAUSTED", `The circle ${id} is full`);
          log.push(`add ${person.id} to ${id}`);
        },
        remove: async () => undefined,
      },
    },
    create: {
      needs: ["email"],
      async find(_context, { email }) {
        log.push("find");
        return people.find((person) => person.email === email);
      },
      async create(_context, { email, first_name }, { team }) {
        log.push(`create ${first_name ?? "nameless"} ${team?.added.map(({ id }) => id).join() ?? "without a team"}`);
        const person = { id: "new", email: email!, madeAt: new Date(), teams: team?.added.map(({ id }) => id) ?? [] };
        if (!fails || fails.isMade) people.push(person);
        if (fails) throw fails.error;
        return person.id;
      },
      wasMadeSince: (_context, { madeAt }, since) => madeAt >= since,
      defaults: () => ({ team: ["beginners"], circle: ["all"] }),
      gives: ["team"],
    },
  });
  const create = (payload: Partial<TaskPayload> = {}, interruptedAt?: Date) =>
    club.tasks.create_account!(
      {
        client: {},
        logger: { debug() {}, info() {}, warn() {}, error() {} },
        signal: new AbortController().signal,
        taskId: "1",
        interruptedAt,
      },
      { account: { id: "wish", email: " ann@example.com ", first_name: "" }, ...payload },
    );
  return { create, log, people };
}

async function* none(): AsyncGenerator<never> {}

const ann = (more: Partial<Person> = {}): Person => ({
  id: "u1",
  email: "ann@example.com",
  madeAt: new Date(),
  teams: [],
  ...more,
});
const lost = (options: object = {}) =>
  new UpstreamError("The response was lost", {
    code: "TIMEOUT",
    isRetryable: true,
    effect: "unknown",
    ...options,
  });

test("an account is looked for, created with what `gives` covers, and then given the rest without listing", async () => {
  const { create, log } = openClub();
  const memberships = { team: [{ id: "chess" }], circle: [{ id: "readers" }] };
  expect(await create({ memberships })).toEqual({ account: { id: "new" } });
  expect(log).toEqual(["find", "create nameless chess", "add new to readers", "add new to all"]);
});

test("a slug with `set` gets its default only if the task names none", async () => {
  const { create, log } = openClub();
  await create();
  expect(log).toContain("create nameless beginners");
});

test("an existing account is ACCOUNT_ALREADY_EXISTS, with its note", async () => {
  const { create, log } = openClub({ people: [ann({ note: "who has left" })] });
  await expect(create()).rejects.toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: "Club has an account for ann@example.com already: u1, who has left.",
  });
  expect(log).toEqual(["find"]);
});

test("an interrupted execution takes up what was created since it began, with five minutes of clock tolerance", async () => {
  const begun = new Date();
  const before = (minutes: number) => new Date(begun.getTime() - minutes * 60_000);
  const own = openClub({ people: [ann({ madeAt: before(4), teams: ["all"] })] });
  expect(await own.create({}, begun)).toEqual({ account: { id: "u1" } });
  // An earlier attempt may have given something, so it is listed first.
  expect(own.log).toEqual(["find", "list u1 true"]);
  expect(own.people[0]!.teams).toEqual(["beginners"]);
  const other = openClub({ people: [ann({ madeAt: before(6) })] });
  await expect(other.create({}, begun)).rejects.toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS" });
});

test("after a lost response the account is looked for again, and never created twice", async () => {
  const { create, log } = openClub({ fails: { error: lost(), isMade: true } });
  expect(await create()).toEqual({ account: { id: "new" } });
  expect(log).toEqual(["find", "create nameless beginners", "find", "list new true", "add new to all"]);
  const nothing = openClub({ fails: { error: lost(), isMade: false } });
  await expect(nothing.create()).rejects.toThrow("The response was lost");
  expect(nothing.log).toEqual(["find", "create nameless beginners", "find"]);
});

test("a refusal because somebody else was faster is ACCOUNT_ALREADY_EXISTS, any other is passed on", async () => {
  const refusal = (status: number) => lost({ effect: "none", isRetryable: false, status });
  const quicker = openClub({ fails: { error: refusal(409), isMade: true } });
  await expect(quicker.create()).rejects.toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS" });
  const invalid = openClub({ fails: { error: refusal(400), isMade: true } });
  await expect(invalid.create()).rejects.toThrow("The response was lost");
});

test("an account created without all its access is reported with its id and the code of the failure", async () => {
  const { create } = openClub({ isFull: true });
  await expect(create()).rejects.toMatchObject({
    code: "LICENSE_EXHAUSTED",
    message: "Account new was created, but not all of its access: The circle all is full.",
  });
});

test("missing fields of a new account are reported before any call", async () => {
  const { create, log } = openClub();
  await expect(create({ account: { id: "wish", username: "ann" } })).rejects.toThrow(
    "Club needs email of a new account, and the task does not name email.",
  );
  expect(log).toEqual([]);
});
