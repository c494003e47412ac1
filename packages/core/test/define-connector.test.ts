import { expect, test } from "vitest";
import { z } from "zod";
import { defineConnector } from "../src/index.ts";

// Type tests: `tsc` checks this file, and an @ts-expect-error fails if its line has no error.
const base = {
  name: "wiki",
  title: "Wiki",
  config: z.object({ url: z.url() }),
  resourceTypes: {
    team: { type: "group", name: "Team" },
    seat: { type: "license", name: "Seat" },
    account: { type: "account", name: "User" },
  },
  check: async () => [],
} as const;

async function* none(): AsyncGenerator<never> {}
const streams = { team: none, seat: none, account: none };

interface Person {
  id: string;
  mail: string;
  team: string;
}

test("everything after the resource types is inferred", () => {
  const connector = defineConnector({
    ...base,
    connect: (config) => ({ host: config.url, async *people(): AsyncGenerator<Person> {} }),
    check: async ({ client }) => [{ name: client.host, isOk: true }],
    sync: ({ client, partial }) => ({
      async *team() {
        for await (const { team } of client.people()) yield { id: team, name: team };
      },
      async *seat() {
        yield { id: "pro", name: "Pro", max_count: 5 };
      },
      async *account() {
        for await (const { id, mail, team } of client.people())
          yield { id, email: mail, memberships: { team: [{ id: team }] } };
        yield { id: "bot", username: "bot", assignments: { seat: [{ id: "pro" }] } };
        partial("guests are hidden");
      },
    }),
    findAccount: async ({ client }, id) => ({ login: `${id}@${client.host}` }),
    access: {
      team: {
        list: (_context, { login }, { added }) => added.map(({ id }) => `${login} ${id}`),
        async add({ client, signal }, { login }, team) {
          client.host satisfies string;
          login satisfies string;
          team satisfies { id: string; name?: string };
          signal.throwIfAborted();
        },
        remove: async () => undefined,
      },
      seat: {
        get: (_context, { login }) => login,
        set: async (_context, _account, { seat }) => seat satisfies string | null | undefined,
      },
    },
    create: {
      find: async ({ client }, { email }) => ({ id: client.host, email }),
      create: async (_context, { username }) => username ?? "none",
      wasMadeSince: (_context, _found, since) => since.getTime() > 0,
      gives: ["seat"],
    },
    tasks: {
      async suspend_account({ client, taskId }, { account }) {
        client.host satisfies string;
        taskId satisfies string;
        account.id satisfies string;
      },
    },
    verify: {
      suspend_account: async ({ client }, { account }) => ({
        status: client.host === account.id ? "active" : "inactive",
      }),
    },
  });
  expect(Object.keys(connector.tasks).toSorted()).toEqual(["create_account", "suspend_account", "update_account"]);
  expect(connector.grantable).toEqual(["team", "seat"]);
});

test("the client is inferred whatever check looks like", () => {
  defineConnector({
    ...base,
    connect: () => ({ teams: ["t1"] }),
    check: async () => [],
    sync: ({ client }) => ({
      ...streams,
      async *team() {
        for (const id of client.teams) yield { id, name: id };
      },
    }),
    tasks: {
      async delete_account({ client }) {
        client.teams satisfies string[];
      },
    },
  });
});

test("a resource type without a stream is a compile error", () => {
  // @ts-expect-error "seat" has no stream
  defineConnector({ ...base, connect: () => 1, sync: () => ({ team: none, account: none }) });
});

test("a stream of an undeclared slug is a compile error", () => {
  // @ts-expect-error there is no resource type "crew"
  defineConnector({ ...base, connect: () => 1, sync: () => ({ ...streams, crew: none }) });
});

test("a membership key that is not a group slug is a compile error", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "crew" is not a group slug
      async *account() {
        yield { id: "1", email: "a@example.com", memberships: { team: [{ id: "t" }], crew: [{ id: "c" }] } };
      },
    }),
  });
});

test("a field whose name is nearly that of another one is a compile error; any other field may be added", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      async *team() {
        yield { id: "1", name: "Team", owner: "u1", kind: "squad" };
      },
      async *seat() {
        yield { id: "1", name: "Pro", vendor: "x" };
      },
      async *account() {
        yield { id: "1", email: "a@example.com", mail: "b@example.com", emails: [], groups: [], manager_id: "7" };
      },
    }),
  });
  const account = { id: "1", username: "a" };
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "membership" is not a field; "memberships" is
      async *account() {
        yield { ...account, membership: { team: [{ id: "t" }] } };
      },
    }),
  });
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "member_ships" is not a field; "memberships" is
      async *account() {
        yield { ...account, member_ships: { team: [{ id: "t" }] } };
      },
    }),
  });
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "firstName" is not a field; "first_name" is
      async *account() {
        yield { ...account, firstName: "Ann" };
      },
    }),
  });
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "Email" is not a field; "email" is, even if only some records have it
      async *account() {
        yield account;
        yield { ...account, Email: "a@example.com" };
      },
    }),
  });
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "Max Count" is not a field; "max_count" is
      async *seat() {
        yield { id: "1", name: "Pro", "Max Count": 5 };
      },
    }),
  });
});

test("a membership in a license is a compile error", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error "seat" is a license slug
      async *account() {
        yield { id: "1", email: "a@example.com", memberships: { seat: [{ id: "pro" }] } };
      },
    }),
  });
});

test("unknown refs name a group or license slug", () => {
  defineConnector({
    ...base,
    connect: () => ({}),
    sync: ({ unknownRefs }) => ({
      ...streams,
      async *account() {
        unknownRefs("team", "teams are hidden");
        // @ts-expect-error there is no resource type "crew"
        unknownRefs("crew", "crews are hidden");
        yield { id: "1", email: "a@example.com", unknown_refs: ["team", "seat"] };
      },
    }),
  });
  defineConnector({
    ...base,
    connect: () => ({}),
    sync: () => ({
      ...streams,
      // @ts-expect-error accounts have no refs to accounts
      async *account() {
        yield { id: "1", email: "a@example.com", unknown_refs: ["account"] };
      },
    }),
  });
});

test("an account with neither email nor username is a compile error", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error neither email nor username
      async *account() {
        yield { id: "1", display_name: "A" };
      },
    }),
  });
});

test("a group without a name is a compile error", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => ({
      ...streams,
      // @ts-expect-error a group has a name
      async *team() {
        yield { id: "1" };
      },
    }),
  });
});

test("an unknown action is a compile error", () => {
  // @ts-expect-error no action is named fire_account
  defineConnector({ ...base, connect: () => 1, sync: () => streams, tasks: { async fire_account() {} } });
});

test("access for a slug that is not a group or license is a compile error", () => {
  const team = { list: () => [], add: async () => undefined, remove: async () => undefined };
  // @ts-expect-error there is no resource type "crew"
  defineConnector({ ...base, connect: () => 1, sync: () => streams, access: { crew: team } });
  // @ts-expect-error an account has no accounts
  defineConnector({ ...base, connect: () => 1, sync: () => streams, access: { account: team } });
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => streams,
    // @ts-expect-error what can be added can be removed
    access: { team: { list: () => [], add: team.add } },
  });
});

test("without findAccount the functions of access get the id of the account", () => {
  defineConnector({
    ...base,
    connect: () => 1,
    sync: () => streams,
    access: { team: { get: (_context, id) => id satisfies string, set: async () => undefined } },
  });
});

test("a handler for an action that core derives is a compile error", () => {
  // @ts-expect-error memberships are changed by access
  defineConnector({ ...base, connect: () => 1, sync: () => streams, tasks: { async update_account() {} } });
  // @ts-expect-error accounts are created by create
  defineConnector({ ...base, connect: () => 1, sync: () => streams, tasks: { async create_account() {} } });
});

test("a slug that the protocol does not allow is refused", () => {
  const resourceTypes = { "Big Team": { type: "group", name: "Team" } } as const;
  expect(() =>
    defineConnector({ ...base, resourceTypes, connect: () => 1, sync: () => ({ "Big Team": none }) }),
  ).toThrow('"Big Team" is not a slug');
});

test("changes are records of the resource types, with their slugs, and end with a cursor", () => {
  const connector = defineConnector({
    ...base,
    version: "1.2.0",
    connect: () => ({ now: "c1", changed: ["u1"] }),
    sync: () => streams,
    changes: {
      cursor: async ({ client }) => client.now,
      async *since({ client }, cursor) {
        for (const id of client.changed)
          yield { slug: "account", record: { id, username: id, memberships: { team: [{ id: "t1" }] } } };
        yield { slug: "team", record: { id: "t1", name: "Team" } };
        return `${cursor}1`;
      },
    },
  });
  expect(connector.changes).toBeDefined();
});

test("a change of an undeclared type, of the wrong shape, or without a next cursor is a compile error", () => {
  const definition = { ...base, connect: () => 1, sync: () => streams };
  const cursor = async () => "";
  defineConnector({
    ...definition,
    changes: {
      cursor,
      // @ts-expect-error there is no resource type "crew"
      async *since() {
        yield { slug: "crew" as const, record: { id: "1", name: "Crew" } };
        return "";
      },
    },
  });
  defineConnector({
    ...definition,
    changes: {
      cursor,
      // @ts-expect-error an account has an email or a username
      async *since() {
        yield { slug: "account" as const, record: { id: "1", name: "Alice" } };
        return "";
      },
    },
  });
  defineConnector({
    ...definition,
    changes: {
      cursor,
      // @ts-expect-error the next cursor is missing
      async *since() {
        yield { slug: "team" as const, record: { id: "1", name: "Team" } };
      },
    },
  });
});
