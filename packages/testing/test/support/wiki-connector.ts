import {
  defineConnector,
  isUpstreamError,
  type Connector,
  type ErrorResponse,
  type Http,
  type SyncContext,
} from "@bridgekit/core";
import { z } from "zod";
import { createWikiClient, type WikiClient } from "./wiki-client.ts";
import type { WikiUser } from "./wiki-product.ts";

interface WikiConfig {
  url: string;
  token: string;
}

/** What a broken connector does differently. */
export interface WikiChanges {
  client?: (good: WikiClient, http: Http, config: WikiConfig) => Partial<WikiClient>;
  sync?: Partial<Record<"team" | "seat" | "account", (context: SyncContext<WikiClient>) => AsyncIterable<any>>>;
  changes?: Partial<NonNullable<Connector<any, WikiClient>["changes"]>>;
  tasks?: Partial<Connector<any, WikiClient>["tasks"]>;
}

/** A connector that passes the kit, apart from the changes. */
export function createWikiConnector({
  client: change,
  sync = {},
  changes = {},
  tasks = {},
}: WikiChanges = {}): Connector {
  const wiki = defineConnector({
    name: "wiki",
    title: "Wiki",
    config: z.object({ url: z.url(), token: z.string().meta({ secret: true }) }),
    resourceTypes: {
      team: { type: "group", name: "Team" },
      seat: { type: "license", name: "Seat" },
      account: { type: "account", name: "User" },
    },
    connect: (config, { http: createHttp }): WikiClient => {
      const headers = { authorization: `Bearer ${config.token}` };
      const http = createHttp({ system: "The wiki", baseUrl: config.url, headers, explain });
      const good = createWikiClient(http);
      return { ...good, ...change?.(good, http, config) };
    },
    check: async ({ client }) => [{ name: "token", isOk: (await client.whoAmI()).name !== "" }],
    sync: ({ client }) => ({
      async *team() {
        yield* client.teams();
      },
      async *seat() {
        yield* await client.seats();
      },
      async *account() {
        const teamsOf = new Map<string, { id: string }[]>();
        for await (const { id } of client.teams())
          for await (const user of client.members(id)) teamsOf.set(user, [...(teamsOf.get(user) ?? []), { id }]);
        for await (const user of client.users()) yield toAccount(user, teamsOf.get(user.id) ?? []);
      },
    }),
    changes: {
      cursor: async ({ client }) => (await client.changes()).next,
      async *since({ client }, cursor) {
        const { users, next } = await client.changes(cursor);
        for (const id of new Set(users)) {
          const user = await unlessGone(() => client.getUser(id));
          const teams = await client.teamsOf(id);
          if (user)
            yield {
              slug: "account" as const,
              record: toAccount(
                user,
                teams.map((team) => ({ id: team })),
              ),
            };
        }
        return next;
      },
    },
    access: {
      team: {
        list: ({ client }, id) => client.teamsOf(id),
        add: ({ client }, id, team) => client.addMember(team.id, id),
        remove: ({ client }, id, team) => client.removeMember(team.id, id),
      },
    },
    create: {
      needs: ["email"],
      find: ({ client }, { email }) => client.findUser(email!),
      create: async ({ client }, { email }) => (await client.createUser(email!)).id,
      // The wiki does not show when a user was created.
      wasMadeSince: () => true,
    },
    tasks: {
      async suspend_account({ client }, { account }) {
        await client.setActive(account.id, false);
      },
      async delete_account({ client, interruptedAt }, { account }) {
        if (interruptedAt) await unlessGone(() => client.deleteUser(account.id));
        else await client.deleteUser(account.id);
      },
    },
  });
  return {
    ...wiki,
    sync(context: SyncContext<WikiClient>) {
      const changed = Object.entries(sync).map(([slug, stream]) => [slug, () => stream(context)]);
      return { ...wiki.sync(context), ...Object.fromEntries(changed) };
    },
    changes: { ...wiki.changes, ...changes },
    tasks: { ...wiki.tasks, ...tasks },
  } as Connector;
}

export function toAccount({ id, email, name, isActive, seat }: WikiUser, teams: { id: string }[]) {
  return {
    id,
    username: id,
    ...(email && { email }),
    ...(name && { display_name: name }),
    status: isActive ? ("active" as const) : ("suspended" as const),
    memberships: { team: teams },
    assignments: { seat: [{ id: seat }] },
  };
}

async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!isUpstreamError(error) || error.code !== "ACCOUNT_NOT_FOUND") throw error;
    return undefined;
  }
}

function explain({ status }: ErrorResponse) {
  return status === 404 ? { code: "ACCOUNT_NOT_FOUND" as const, message: "no such user" } : undefined;
}
