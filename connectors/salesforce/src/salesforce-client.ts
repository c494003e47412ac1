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
   * Reads all rows of a query, one call for each page. The fields must include Id. Cursors expire with the session, and if
   * the user has too many open queries: then the query starts again after the last row.
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
        // Without a row since the last start it would start forever.
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
        if (typeof isLast !== "boolean") throw UpstreamError.final(`${list} lacks "done"`);
        // Salesforce's own address of the next page; another host is refused.
        if (nextRecordsUrl && !nextRecordsUrl.startsWith("/"))
          throw UpstreamError.final(`${list} has a next page that is not a path of the org`);
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
    /** Signs in. Returns the user, if Salesforce returns it. */
    async userId(): Promise<string | undefined> {
      const { response } = await auth.token();
      return /\/(005[A-Za-z0-9]{12,15})$/.exec(String(response["id"]))?.[1];
    },

    /** Throws ACCOUNT_NOT_FOUND if the user does not exist. */
    async getUser(accountId: string): Promise<UserRow> {
      // Salesforce refuses a query with a malformed id with a code that does not mention users.
      const user = isIdOf("005", accountId) ? await first<UserRow>(QUERIES_OF.user(accountId)) : undefined;
      if (!user) throw new TaskError("ACCOUNT_NOT_FOUND", `${system} has no user ${accountId}.`);
      return user;
    },
    /** Returns the row that freezes a user. */
    async getLogin(userId: string): Promise<LoginRow> {
      const login = await first<LoginRow>(QUERIES_OF.login(userId));
      const message = `${system} does not show the login of user ${userId}; the connector's user needs Manage Users to freeze.`;
      if (!login) throw new TaskError("PERMISSION_DENIED", message);
      return login;
    },

    createUser: async (body: Fields) =>
      (await http.request<{ id: string }>({ method: "POST", path: `${root}/sobjects/User`, body })).id,
    /** Idempotent: it sets fields. */
    update: (object: "User" | "UserLogin", id: string, body: Fields) =>
      http.request({ method: "PATCH", path: rowPath(object, id), body, isIdempotent: true }),
    /** Idempotent: Salesforce refuses a second row with a code that counts as done. */
    createAssignment: (object: string, body: Fields) =>
      http.request({ method: "POST", path: `${root}/sobjects/${object}`, body, isIdempotent: true }),
    deleteAssignment: (object: string, id: string) => http.request({ method: "DELETE", path: rowPath(object, id) }),
    /** Salesforce mails a new password to the user, and returns it here, where it is dropped. */
    async resetPassword(userId: string): Promise<void> {
      // Each call generates a new password and sends a mail.
      await http.request({ method: "DELETE", path: `${rowPath("User", userId)}/password`, isIdempotent: false });
    },
  };
}

/**
 * `Sforce-Limit-Info: api-usage=134/15000`: the calls of the last 24 hours and their maximum. This and every other limit is
 * the org's; each org has its own host.
 */
function readUsage({ headers }: RateLimitResponse) {
  const [, used, limit] = /\bapi-usage=(\d+)\/(\d+)/.exec(headers.get("sforce-limit-info") ?? "") ?? [];
  const scope = "host" as const;
  return used === undefined ? { scope } : { scope, quota: { used: Number(used), limit: Number(limit) } };
}
