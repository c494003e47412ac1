import { pageByCursor, urlPath, type ConnectTools, type CursorPage } from "@bridgekit/core";
import { explainMySystemError } from "./my-system-errors.ts";

export interface MySystemTeam {
  id: string;
  name: string;
  description: string | null;
}

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
    explain: explainMySystemError,
  });

  /** Every item, or a throw: the list ends with the page that has no `next`, and with as many items as its `total`. */
  function list<Item extends { id: string }>(path: string): AsyncGenerator<Item> {
    return pageByCursor(
      (cursor) => http.request<CursorPage<Item>>({ method: "GET", path, query: { limit: 100, cursor } }),
      { list: `GET ${path} of ${system}`, idOf: ({ id }) => id },
    );
  }

  return {
    /** To whom the token belongs. */
    me: () => http.request<MySystemUser>({ method: "GET", path: "/api/me" }),
    teams: () => list<MySystemTeam>("/api/teams"),
    users: () => list<MySystemUser>("/api/users"),
    updateUser: (id: string, changes: { isActive: boolean }) =>
      http.request({
        method: "PATCH",
        path: urlPath`/api/users/${id}`,
        body: changes,
        // It sets a value, so a call whose answer was lost may be sent again.
        isIdempotent: true,
      }),
  };
}
