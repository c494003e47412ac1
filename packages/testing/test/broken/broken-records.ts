import { createWikiConnector, toAccount } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenRecords: readonly BrokenConnector[] = [
  {
    mistake: "the email is the id of an account",
    caughtBy: "an account's id is not an address that can change",
    connector: createWikiConnector({
      sync: {
        async *account({ client }) {
          for await (const { email } of client.users()) yield { id: email, email };
        },
      },
    }),
  },
  {
    mistake: "accounts have neither email nor username",
    caughtBy: "every record is valid, and a Bridge accepts it",
    connector: createWikiConnector({
      sync: {
        async *account({ client }) {
          for await (const { id } of client.users()) yield { id };
        },
      },
    }),
  },
  {
    mistake: "every read invents new ids",
    caughtBy: "ids are unique, and the same in two reads",
    connector: createWikiConnector({
      sync: {
        async *seat({ client }) {
          for (const seat of await client.seats()) yield { ...seat, id: crypto.randomUUID() };
        },
      },
    }),
  },
  {
    mistake: "pages overlap, so that rows come twice",
    caughtBy: "ids are unique, and the same in two reads",
    connector: createWikiConnector({
      client: (good) => ({
        async *users() {
          for await (const user of good.users()) {
            yield user;
            if (user.id === "u5") yield user;
          }
        },
      }),
    }),
  },
  {
    mistake: "every read omits inactive users",
    caughtBy: "a read yields what the product has",
    connector: createWikiConnector({
      client: (good) => ({
        async *users() {
          for await (const user of good.users()) if (user.isActive) yield user;
        },
      }),
    }),
  },
  {
    mistake: "accounts refer to teams by name, and teams are synced by id",
    caughtBy: "refs point at groups and licenses that were read",
    connector: createWikiConnector({
      sync: {
        async *account({ client }) {
          for await (const { id, email } of client.users())
            yield { id, email, memberships: { team: [{ id: "Team t1" }] } };
        },
      },
    }),
  },
  {
    mistake: "only the first 100 teams of an account are yielded",
    caughtBy: "more than 100 refs are yielded in full or fail loudly",
    connector: createWikiConnector({
      sync: {
        async *account(context) {
          for await (const record of createWikiConnector().sync(context)["account"]!()) {
            const account = record as { memberships: { team: object[] } };
            yield { ...account, memberships: { team: account.memberships.team.slice(0, 100) } };
          }
        },
      },
    }),
  },
  {
    mistake: "reading needs a first user",
    caughtBy: "an empty system is read to its end",
    connector: createWikiConnector({
      client: (good) => ({
        async *users() {
          const users = await Array.fromAsync(good.users());
          if (users[0]!.id !== "") yield* users;
        },
      }),
    }),
  },
  {
    mistake: "a name is absent if it is null, but present if it is an empty text",
    caughtBy: "absent, null and empty values are read alike",
    connector: createWikiConnector({
      sync: {
        async *account({ client }) {
          for await (const { id, name } of client.users()) yield { id, username: id, display_name: name ?? undefined };
        },
      },
    }),
  },
  {
    mistake: "every user takes a call",
    caughtBy: "a read takes no more calls than its budget",
    connector: createWikiConnector({
      client: (good) => ({
        async *users() {
          for await (const { id } of good.users()) yield await good.getUser(id);
        },
      }),
    }),
  },
  {
    mistake: "a list is cached for the lifetime of the connection",
    caughtBy: "a second read over the same connection sees changes",
    connector: createWikiConnector({
      client(good) {
        let known: Promise<{ id: string; name: string }[]> | undefined;
        const members = new Map<string, Promise<string[]>>();
        return {
          async *teams() {
            yield* await (known ??= Array.fromAsync(good.teams()));
          },
          async *members(team) {
            const reading = members.get(team) ?? Array.fromAsync(good.members(team));
            members.set(team, reading);
            yield* await reading;
          },
        };
      },
    }),
  },
  {
    mistake: "a delta omits the first change",
    caughtBy: "a delta yields every change in full",
    connector: createWikiConnector({
      changes: {
        async *since({ client }, cursor) {
          const { users, next } = await client.changes(cursor);
          for (const id of users.slice(1)) yield { slug: "account", record: toAccount(await client.getUser(id), []) };
          return next;
        },
      },
    }),
  },
  {
    mistake: "accounts of a delta come without their teams",
    caughtBy: "a delta yields every change in full",
    connector: createWikiConnector({
      changes: {
        async *since({ client }, cursor) {
          const { users, next } = await client.changes(cursor);
          for await (const user of client.users())
            if (users.includes(user.id)) yield { slug: "account", record: toAccount(user, []) };
          return next;
        },
      },
    }),
  },
];
