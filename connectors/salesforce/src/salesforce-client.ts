import { pageByToken, UpstreamError, urlPath, type ConnectTools } from "@bridgekit/core";
import { behindRow } from "./queries.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { isSalesforceError } from "./salesforce-errors.ts";
import { createSession } from "./salesforce-session.ts";

export type SalesforceClient = ReturnType<typeof createSalesforceClient>;

interface QueryPage<Row> {
  totalSize?: number;
  done?: boolean;
  nextRecordsUrl?: string;
  records: Row[];
}

/** The calls of Salesforce's REST API that the connector makes. */
export function createSalesforceClient(config: SalesforceConfig, createHttp: ConnectTools["http"]) {
  const system = `Salesforce at ${new URL(config.url).host}`;
  const session = createSession(config, createHttp);
  const root = `/services/data/v${config.apiVersion}`;
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
    const object = /\bFROM (\w+)/.exec(soql)![1]!;
    const list = `${system}: the query of ${object}`;
    return pageByToken<Row>(
      async (next) => {
        const page = await session.request<QueryPage<Row> | undefined>(
          next === undefined
            ? { method: "GET", path: `${root}/query`, query: { q: soql } }
            : { method: "GET", path: toPath(list, next) },
        );
        if (!Array.isArray(page?.records) || typeof page.done !== "boolean")
          throw unusable(`${list} was answered with something that is no list of records`);
        const { records: items, done: isLast, nextRecordsUrl, totalSize } = page;
        return { items, isLast, nextToken: nextRecordsUrl ?? null, total: totalSize ?? null };
      },
      { list, idOf: ({ Id }) => Id },
    );
  }

  return {
    system,
    userId: () => session.userId(),
    query,
    async first<Row extends { Id: string }>(soql: string): Promise<Row | undefined> {
      for await (const row of query<Row>(soql)) return row;
      return undefined;
    },

    async createUser(fields: Readonly<Record<string, unknown>>): Promise<string> {
      const { id } = await session.request<{ id: string }>({
        method: "POST",
        path: `${root}/sobjects/User`,
        body: fields,
      });
      return id;
    },
    /** Setting a field to the same value twice is as good as once. */
    update: (object: "User" | "UserLogin", id: string, fields: Readonly<Record<string, unknown>>) =>
      session.request({ method: "PATCH", path: rowPath(object, id), body: fields, isIdempotent: true }),
    /** A second row for the same assignment is refused by a code that is read as done. */
    createAssignment: (object: string, fields: Readonly<Record<string, string>>) =>
      session.request({ method: "POST", path: `${root}/sobjects/${object}`, body: fields, isIdempotent: true }),
    deleteAssignment: (object: string, id: string) => session.request({ method: "DELETE", path: rowPath(object, id) }),
    /** Salesforce answers the new password, which goes no further than this, and mails one to the user. */
    async resetPassword(userId: string): Promise<void> {
      // Each call makes a new password and sends a mail.
      await session.request({ method: "DELETE", path: `${rowPath("User", userId)}/password`, isIdempotent: false });
    },
  };
}

/** The next page's address as Salesforce gave it; one that would lead to another host is refused. */
function toPath(list: string, nextRecordsUrl: string): string {
  if (nextRecordsUrl.startsWith("/")) return nextRecordsUrl;
  throw unusable(`${list} names a next page that is no path of the org`);
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(message, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
