import { createOAuth, pageByToken, TaskError, UpstreamError, urlPath } from "@bridgekit/core";
import type { ConnectTools, RateLimitResponse } from "@bridgekit/core";
import { behindRow, QUERIES_OF, type LoginRow, type UserRow } from "./queries.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { explainSalesforceError, isSalesforceError } from "./salesforce-errors.ts";
import { isIdOf } from "./salesforce-ids.ts";

export type SalesforceClient = ReturnType<typeof createSalesforceClient>;

type Fields = Readonly<Record<string, unknown>>;
type QueryPage = { totalSize?: number; done?: boolean; nextRecordsUrl?: string | null };

/** The calls of Salesforce's REST API that the connector makes. */
export function createSalesforceClient(config: SalesforceConfig, createHttp: ConnectTools["http"]) {
  const { url, signIn, apiVersion, keepForTasks } = config;
  const system = `Salesforce at ${new URL(url).host}`;
  const token = { system, baseUrl: url, path: "/services/oauth2/token", signIn, baseUrlField: "instance_url" };
  const auth = createOAuth(token, createHttp);
  const limits = { read: readUsage, quotaFloor: keepForTasks };
  const http = createHttp({ system, baseUrl: url, auth, limits, explain: explainSalesforceError });
  const root = `/services/data/v${apiVersion}`;
  const rowPath = (object: string, id: string) => root + urlPath`/sobjects/${object}/${id}`;

  /**
   * All rows of a query, by as many calls as Salesforce makes pages. The fields have to include Id. Pages end with the
   * session that began the query, and where a user has too many queries open: then it begins again behind the last row.
   */
  async function* query<Row extends { Id: string }>(soql: string): AsyncGenerator<Row> {
    let last: string | undefined;
    for (let begin = soql; ;) {
      try {
        for await (const row of pagesOf<Row>(begin)) {
          last = row.Id;
          yield row;
        }
        return;
      } catch (error) {
        const next = last === undefined ? begin : behindRow(soql, last);
        // Where nothing came since it began, it would begin for ever.
        if (!isSalesforceError(error, "INVALID_QUERY_LOCATOR") || next === begin) throw error;
        begin = next;
      }
    }
  }

  function pagesOf<Row extends { Id: string }>(soql: string): AsyncGenerator<Row> {
    const list = `${system}: the query of ${/\bFROM (\w+)/.exec(soql)![1]!}`;
    return pageByToken<Row>(
      async (next) => {
        const page = next === undefined ? { path: `${root}/query`, query: { q: soql } } : { path: next };
        const { items, body } = await http.list<Row, QueryPage>({ method: "GET", ...page }, "records");
        const { done: isLast, nextRecordsUrl, totalSize } = body;
        if (typeof isLast !== "boolean") throw UpstreamError.final(`${list} does not say whether it is done`);
        // The next page's address as Salesforce gave it; one that would lead to another host is refused.
        if (nextRecordsUrl && !nextRecordsUrl.startsWith("/"))
          throw UpstreamError.final(`${list} names a next page that is no path of the org`);
        return { items, isLast, nextToken: nextRecordsUrl ?? null, total: totalSize ?? null };
      },
      { list, idOf: ({ Id }) => Id },
    );
  }

  async function first<Row extends { Id: string }>(soql: string): Promise<Row | undefined> {
    for await (const row of query<Row>(soql)) return row;
    return undefined;
  }

  return {
    system,
    query,
    first,
    /** Signs in; the user who is signed in, where that is told. */
    async userId(): Promise<string | undefined> {
      const { response } = await auth.token();
      return /\/(005[A-Za-z0-9]{12,15})$/.exec(String(response["id"]))?.[1];
    },

    /** The user of an account id; throws ACCOUNT_NOT_FOUND where there is none. */
    async getUser(accountId: string): Promise<UserRow> {
      // Salesforce refuses a query with an id of another form, by a code that says nothing of users.
      const user = isIdOf("005", accountId) ? await first<UserRow>(QUERIES_OF.user(accountId)) : undefined;
      if (!user) throw new TaskError("ACCOUNT_NOT_FOUND", `${system} has no user ${accountId}.`);
      return user;
    },
    /** The row that freezes a user. */
    async getLogin(userId: string): Promise<LoginRow> {
      const login = await first<LoginRow>(QUERIES_OF.login(userId));
      const message = `${system} does not show the login of user ${userId}; the connector's user needs Manage Users to freeze.`;
      if (!login) throw new TaskError("PERMISSION_DENIED", message);
      return login;
    },

    createUser: async (body: Fields) =>
      (await http.request<{ id: string }>({ method: "POST", path: `${root}/sobjects/User`, body })).id,
    /** Setting a field to the same value twice is as good as once. */
    update: (object: "User" | "UserLogin", id: string, body: Fields) =>
      http.request({ method: "PATCH", path: rowPath(object, id), body, isIdempotent: true }),
    /** A second row for the same assignment is refused by a code that is read as done. */
    createAssignment: (object: string, body: Fields) =>
      http.request({ method: "POST", path: `${root}/sobjects/${object}`, body, isIdempotent: true }),
    deleteAssignment: (object: string, id: string) => http.request({ method: "DELETE", path: rowPath(object, id) }),
    /** Salesforce answers the new password, which goes no further than this, and mails one to the user. */
    async resetPassword(userId: string): Promise<void> {
      // Each call makes a new password and sends a mail.
      await http.request({ method: "DELETE", path: `${rowPath("User", userId)}/password`, isIdempotent: false });
    },
  };
}

/**
 * `Sforce-Limit-Info: api-usage=134/15000`: calls of the last 24 hours, and how many there may be. They are those of the
 * org, and so is every other limit; an org has a host of its own.
 */
function readUsage({ headers }: RateLimitResponse) {
  const [, used, limit] = /\bapi-usage=(\d+)\/(\d+)/.exec(headers.get("sforce-limit-info") ?? "") ?? [];
  const scope = "host" as const;
  return used === undefined ? { scope } : { scope, quota: { used: Number(used), limit: Number(limit) } };
}
