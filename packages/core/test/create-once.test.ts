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
  /** Thrown by a create, before or after the person is made. */
  fails?: { error: Error; isMade: boolean };
  isFull?: boolean;
}

/** A club in memory, with one team for each member and as many circles as one likes. */
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

test("an account is looked for, made with what it is given along, and then given the rest, without a list", async () => {
  const { create, log } = openClub();
  const memberships = { team: [{ id: "chess" }], circle: [{ id: "readers" }] };
  expect(await create({ memberships })).toEqual({ account: { id: "new" } });
  expect(log).toEqual(["find", "create nameless chess", "add new to readers", "add new to all"]);
});

test("what there is one of has its default only where the task names none", async () => {
  const { create, log } = openClub();
  await create();
  expect(log).toContain("create nameless beginners");
});

test("an account that is there is ACCOUNT_ALREADY_EXISTS, with what is to be known of it", async () => {
  const { create, log } = openClub({ people: [ann({ note: "who has left" })] });
  await expect(create()).rejects.toMatchObject({
    code: "ACCOUNT_ALREADY_EXISTS",
    message: "Club has an account for ann@example.com already: u1, who has left.",
  });
  expect(log).toEqual(["find"]);
});

test("an execution that was cut off takes up what was made since it began, five minutes of clocks allowed", async () => {
  const begun = new Date();
  const before = (minutes: number) => new Date(begun.getTime() - minutes * 60_000);
  const own = openClub({ people: [ann({ madeAt: before(4), teams: ["all"] })] });
  expect(await own.create({}, begun)).toEqual({ account: { id: "u1" } });
  // What an earlier try may have given is listed; the account is this task's own.
  expect(own.log).toEqual(["find", "list u1 true"]);
  expect(own.people[0]!.teams).toEqual(["beginners"]);
  const other = openClub({ people: [ann({ madeAt: before(6) })] });
  await expect(other.create({}, begun)).rejects.toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS" });
});

test("after a response that was lost the account is looked for again, and never made twice", async () => {
  const { create, log } = openClub({ fails: { error: lost(), isMade: true } });
  expect(await create()).toEqual({ account: { id: "new" } });
  expect(log).toEqual(["find", "create nameless beginners", "find", "list new true", "add new to all"]);
  const nothing = openClub({ fails: { error: lost(), isMade: false } });
  await expect(nothing.create()).rejects.toThrow("The response was lost");
  expect(nothing.log).toEqual(["find", "create nameless beginners", "find"]);
});

test("a refusal because somebody else was quicker is ACCOUNT_ALREADY_EXISTS, any other is itself", async () => {
  const refusal = (status: number) => lost({ effect: "none", isRetryable: false, status });
  const quicker = openClub({ fails: { error: refusal(409), isMade: true } });
  await expect(quicker.create()).rejects.toMatchObject({ code: "ACCOUNT_ALREADY_EXISTS" });
  const invalid = openClub({ fails: { error: refusal(400), isMade: true } });
  await expect(invalid.create()).rejects.toThrow("The response was lost");
});

test("an account that was made and not given everything is told by its id, with the code of the failure", async () => {
  const { create } = openClub({ isFull: true });
  await expect(create()).rejects.toMatchObject({
    code: "LICENSE_EXHAUSTED",
    message: "Account new was created, but not all of its access: The circle all is full.",
  });
});

test("what the system needs of a new account is asked for before anything is called", async () => {
  const { create, log } = openClub();
  await expect(create({ account: { id: "wish", username: "ann" } })).rejects.toThrow(
    "Club needs email of a new account, and the task does not name email.",
  );
  expect(log).toEqual([]);
});
