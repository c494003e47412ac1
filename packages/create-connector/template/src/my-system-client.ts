import { pageByCursor, urlPath, type ConnectTools, type CursorPage } from "@bridgekit/core";

export interface MySystemUser {
  id: string;
  email: string | null;
  name: string | null;
  role: "admin" | "member";
  isActive: boolean;
  teamIds: string[];
}

/** The calls of the REST API that the connector makes. */
export function createMySystemClient({ url, token }: { url: string; token: string }, createHttp: ConnectTools["http"]) {
  const system = `My system at ${url.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: url,
    headers: { authorization: `Bearer ${token}` },
    // An error is `{error: {message}}`. The status alone does not say that a 404 is about the account.
    explain: ({ path, status, body }) => ({
      message: (body as { error?: { message?: string } } | null)?.error?.message,
      ...(status === 404 && path.startsWith("/api/users/") && { code: "ACCOUNT_NOT_FOUND" }),
    }),
  });

  /** Reads a whole list or throws: it ends with a page without `next`, and with `total` items. */
  const list = <Item extends { id: string }>(path: string): AsyncGenerator<Item> =>
    pageByCursor((cursor) => http.request<CursorPage<Item>>({ method: "GET", path, query: { limit: 100, cursor } }), {
      list: `GET ${path} of ${system}`,
      idOf: ({ id }) => id,
    });

  return {
    /** Returns the user of the token. */
    me: () => http.request<MySystemUser>({ method: "GET", path: "/api/me" }),
    teams: () => list<{ id: string }>("/api/teams"),
    users: () => list<MySystemUser>("/api/users"),
    // It sets a value, so it may be sent again after a lost response.
    updateUser: (id: string, body: { isActive: boolean }) =>
      http.request({ method: "PATCH", path: urlPath`/api/users/${id}`, body, isIdempotent: true }),
  };
}
