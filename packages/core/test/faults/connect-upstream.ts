import { z } from "zod";
import {
  defineConnector,
  pageByCursor,
  pageByLink,
  pageByOffset,
  pageByToken,
  type Http,
  type TaskContext,
  type TaskPayload,
} from "../../src/index.ts";
import { createConnection, type Connection } from "../../src/run.ts";
import type { Respond } from "./faulty-fetch.ts";
import type { Person, Team } from "./upstream.ts";
import type { ListKind } from "./upstream-api.ts";

export interface UpstreamConnection {
  list: ListKind;
  /** People in a page. */
  limit: number;
  respond: Respond;
  /** Called when a handler begins. */
  onHandler?: (context: TaskContext<Http>) => void;
}

const BASE = "http://office.example.com";

interface Page {
  people: Person[];
  total?: number;
  next?: string | null;
  isLast: boolean;
}

/** A connection to the system in memory, written as an author would. */
export function connectUpstream({ list, limit, respond, ...options }: UpstreamConnection): Promise<Connection> {
  const office = defineConnector({
    name: "office",
    title: "Office",
    config: z.object({}),
    resourceTypes: { team: { type: "group", name: "Team" }, account: { type: "account", name: "Person" } },
    connect: (_config, { http }) => http({ system: "Office", baseUrl: BASE }),
    check: async () => [],
    sync: ({ client, partial }) => ({
      async *team() {
        yield* await get<Team[]>(client, "/teams");
      },
      async *account() {
        yield* listPeople(client, { list, limit, partial });
      },
    }),
    // Read only if there are receipts.
    changes: {
      cursor: async ({ client }) => String((await changes(client, "999999999")).next),
      async *since({ client }, cursor) {
        const { people, next } = await changes(client, cursor);
        for (const record of people) yield { slug: "account" as const, record };
        return String(next);
      },
    },
    findAccount: (_context, id) => ({ id }),
    access: {
      team: {
        list: async ({ client }, { id }) =>
          (await get<Person>(client, `/people/${id}`)).memberships.team.map((team) => team.id),
        add: ({ client }, { id }, team) => client.request({ method: "PUT", path: `/people/${id}/teams/${team.id}` }),
        remove: async () => undefined,
      },
    },
    create: {
      find: async ({ client }, { email }) => (await get<Person[]>(client, "/people", { email: email! }))[0],
      create: async ({ client }, { email }, { team }) => {
        const body = { email, memberships: { team: team?.added ?? [] } };
        return (await client.request<Person>({ method: "POST", path: "/people", body })).id;
      },
      wasMadeSince: () => true,
      gives: ["team"],
    },
    tasks: {
      suspend_account: (context, { account }) => setStatus(context, account.id, "suspended"),
      unsuspend_account: (context, { account }) => setStatus(context, account.id, "active"),
      async delete_account({ client }, { account }) {
        const isThere = (await get<Person[]>(client, "/people", { email: account.email! })).length > 0;
        if (isThere) await client.request({ method: "DELETE", path: `/people/${account.id}` });
      },
    },
    verify: {
      suspend_account: (context, payload) => readStatus(context, payload),
      unsuspend_account: (context, payload) => readStatus(context, payload),
      delete_account: (context, payload) => readStatus(context, payload),
    },
  });

  async function readStatus({ client }: { client: Http }, { account }: TaskPayload) {
    const [person] = await get<Person[]>(client, "/people", { email: account.email! });
    return person && { status: person.status };
  }

  async function setStatus(context: TaskContext<Http>, id: string, status: Person["status"]): Promise<void> {
    const path = `/people/${id}`;
    const person = await get<Person>(context.client, path);
    if (person.status !== status) await context.client.request({ method: "PATCH", path, body: { status } });
  }
  const tasks = Object.entries(office.tasks).map(([action, handler]): [string, typeof handler] => [
    action,
    (context, payload) => {
      options.onHandler?.(context);
      return handler(context, payload);
    },
  ]);
  return createConnection(
    { ...office, tasks: Object.fromEntries(tasks) },
    {},
    {
      fetch: (input, init) => respond(new Request(input, init)),
      retry: { retries: 4, minDelaySeconds: 0.001, maxDelaySeconds: 0.004 },
    },
  );
}

function listPeople(
  client: Http,
  { list, limit, partial }: { list: ListKind; limit: number; partial: (reason: string) => void },
): AsyncGenerator<Person> {
  const rules = { list: "GET /people", idOf: (person: Person) => person.id, onDoubt: partial };
  const read = async (query: Record<string, string | number | undefined>) => {
    const { people, ...page } = await get<Page>(client, "/people", { limit, ...query });
    return { items: people, ...page };
  };
  switch (list) {
    case "offset":
    case "offset and total":
      return pageByOffset((offset) => read({ offset }), { ...rules, limit });
    case "cursor":
    case "cursor and total":
      return pageByCursor((after) => read({ after }), rules);
    case "token":
      return pageByToken(async (after) => {
        const { next, ...page } = await read({ after });
        return { ...page, nextToken: next };
      }, rules);
    case "link":
      return pageByLink(
        `${BASE}/people?limit=${limit}`,
        (link) => read(Object.fromEntries(new URL(link).searchParams)),
        rules,
      );
  }
}

const get = <T>(client: Http, path: string, query: Record<string, string | number | undefined> = {}) =>
  client.request<T>({ method: "GET", path, query });

const changes = (client: Http, after: string) => get<{ people: Person[]; next: number }>(client, "/changes", { after });
