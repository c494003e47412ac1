import { TaskError, isUpstreamError } from "@bridgekit/core";
import { createWikiConnector } from "../support/wiki-connector.ts";
import { wikiOptions } from "../support/wiki-options.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const brokenActions: readonly BrokenConnector[] = [
  {
    mistake: "an action completes without doing anything",
    caughtBy: "suspend_account: is done",
    connector: createWikiConnector({
      tasks: { suspend_account: async () => undefined },
    }),
  },
  {
    mistake: "accounts with a similar id are suspended as well",
    caughtBy: "suspend_account: changes nothing else",
    connector: createWikiConnector({
      tasks: {
        async suspend_account({ client }, { account }) {
          await client.setActive(account.id, false);
          await client.setActive("u1", false);
        },
      },
    }),
  },
  {
    mistake: "suspending removes all teams, and the author's `isDone` accepts that",
    caughtBy: "suspend_account: changes nothing else",
    connector: createWikiConnector({
      tasks: {
        async suspend_account({ client }, { account }) {
          for (const team of await client.teamsOf(account.id)) await client.removeMember(team, account.id);
        },
      },
    }),
    options: {
      ...wikiOptions,
      actions: {
        ...wikiOptions.actions,
        suspend_account: {
          payload: () => ({ account: { id: "u3" } }),
          isDone: (wiki, { account }) => [...wiki.members.values()].every((ids) => !ids.includes(account.id)),
        },
      },
    },
  },
  {
    mistake: "removed refs of a change are ignored",
    caughtBy: "update_account: adds and removes each kind of ref",
    connector: createWikiConnector({
      tasks: {
        async update_account({ client }, { account, changes = {} }) {
          if (changes["seat"]) throw new TaskError("INTERNAL_ERROR", "A seat of the wiki can't be changed.");
          for (const { id } of changes["team"]?.added ?? []) await client.addMember(id, account.id);
        },
      },
    }),
  },
  {
    mistake: "an existing person is created again if the look-up returns email as null, but not if it omits it",
    caughtBy: "create_account: reads empty values alike",
    connector: createWikiConnector({
      tasks: {
        async create_account({ client }, { account }) {
          const existing = await client.findUser(account.email!);
          const isKnown = existing && existing.email !== null;
          if (isKnown) throw new TaskError("ACCOUNT_ALREADY_EXISTS", `The wiki has ${account.email} already.`);
          const { id } = await client.createUser(account.email!);
          return { account: { id } };
        },
      },
    }),
  },
  {
    mistake: "the author tests create_account with a license among the memberships, which no Bridge sends",
    caughtBy: "create_account: is done",
    connector: createWikiConnector(),
    options: {
      ...wikiOptions,
      actions: {
        ...wikiOptions.actions,
        create_account: {
          payload: () => ({ account: { id: "new", email: "new@example.com" }, memberships: { seat: [{ id: "pro" }] } }),
          isDone: (wiki, { account }) => wiki.users.some(({ email }) => email === account.email),
          again: "ACCOUNT_ALREADY_EXISTS",
        },
      },
    },
  },
  {
    mistake: "an account that exists is created again",
    caughtBy: "create_account: done twice does no harm",
    connector: createWikiConnector({
      tasks: {
        async create_account({ client }, { account }) {
          const { id } = await client.createUser(account.email!);
          return { account: { id } };
        },
      },
    }),
  },
  {
    mistake: "a create is sent again after its response was lost",
    caughtBy: "create_account: survives faults before and after the effect",
    connector: createWikiConnector({
      client: (_, http) => ({
        createUser: (email) => http.request({ method: "POST", path: "/users", body: { email }, isIdempotent: true }),
      }),
    }),
  },
  {
    mistake: "an account that is missing counts as suspended",
    caughtBy: "suspend_account: fails with ACCOUNT_NOT_FOUND for a missing account",
    connector: createWikiConnector({
      client: (good) => ({
        async setActive(id, isActive) {
          try {
            await good.setActive(id, isActive);
          } catch (error) {
            if (!isUpstreamError(error) || error.status !== 404) throw error;
          }
        },
      }),
    }),
  },
  {
    mistake: "a missing permission is reported as an error of the connector",
    caughtBy: "delete_account: fails with PERMISSION_DENIED if forbidden",
    connector: createWikiConnector({
      client: (good) => ({
        async deleteUser(id) {
          try {
            await good.deleteUser(id);
          } catch (error) {
            throw new Error("it did not work", { cause: error });
          }
        },
      }),
    }),
  },
  {
    mistake: "a rate limit fails a task at once",
    caughtBy: "suspend_account: waits for a rate limit, then fails with RATE_LIMITED",
    connector: createWikiConnector({
      tasks: {
        async suspend_account({ client }, { account }) {
          try {
            await client.setActive(account.id, false);
          } catch (error) {
            throw new TaskError("INTERNAL_ERROR", "The wiki is busy.", { cause: error });
          }
        },
      },
    }),
  },
  {
    mistake: "a lost response counts as done",
    caughtBy: "suspend_account: survives faults before and after the effect",
    connector: createWikiConnector({
      tasks: {
        async suspend_account({ client }, { account }) {
          try {
            await client.setActive(account.id, false);
          } catch (error) {
            if (!isUpstreamError(error) || error.effect !== "unknown") throw error;
          }
        },
      },
    }),
  },
  {
    mistake: "an action is declared that the protocol does not have",
    caughtBy: "undeclared actions are refused without a call",
    connector: createWikiConnector({
      tasks: { wipe_account: async () => undefined } as object,
    }),
  },
];
