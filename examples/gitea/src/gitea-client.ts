import { pageByCursor, TaskError, toTexts, undefinedOn, urlPath, type ConnectTools } from "@bridgekit/core";

export interface GiteaUser {
  id: number;
  login: string;
  full_name: string;
  email: string;
  is_admin: boolean;
  active: boolean;
  prohibit_login: boolean;
  /** Empty for a local account. */
  login_name: string;
  /** Since Gitea 1.22; 0 for a local account. */
  source_id?: number;
}

export interface GiteaOrganization {
  id: number;
  username: string;
}

export interface GiteaTeam {
  id: number;
  name: string;
  description: string;
}

/** The calls of Gitea's REST API, version 1, that the connector makes. */
export function createGiteaClient({ url, token }: { url: string; token: string }, createHttp: ConnectTools["http"]) {
  const system = `Gitea at ${url.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: url,
    headers: { authorization: `token ${token}` },
    // Gitea's error is `{message, url}`. The status alone does not say that a 404 is about the account.
    explain: ({ path, status, body }) => ({
      ...(status === 404 && path.startsWith("/api/v1/admin/users/") && { code: "ACCOUNT_NOT_FOUND" }),
      ...toTexts(Object(body), { message: "message" }, "the error"),
    }),
  });

  /**
   * Reads a list. Gitea counts pages from 1, caps their size, and ends a list with an empty page; the total is in a header.
   * If the total falls during the read, rows moved up and one may have been skipped, which `onDoubt` reports.
   */
  function list<Item extends { id: number }>(path: string, onDoubt?: (reason: string) => void): AsyncGenerator<Item> {
    return pageByCursor(
      async (page = "1") => {
        const query = { page, limit: 50 };
        const { items, headers } = await http.list<Item>({ method: "GET", path: `/api/v1${path}`, query });
        const total = headers.get("x-total-count");
        return { items, next: items.length > 0 ? String(Number(page) + 1) : null, total: total ? Number(total) : null };
      },
      { list: `GET ${path} of ${system}`, idOf: ({ id }) => id, ...(onDoubt && { onDoubt }) },
    );
  }

  const memberPath = (teamId: string, login: string) => urlPath`/api/v1/teams/${teamId}/members/${login}`;

  return {
    me: () => http.request<GiteaUser>({ method: "GET", path: "/api/v1/user" }),
    users: (onDoubt: (reason: string) => void) => list<GiteaUser>("/admin/users", onDoubt),
    organizations: () => list<GiteaOrganization>("/admin/orgs"),
    teamsOf: (organization: string) => list<GiteaTeam>(urlPath`/orgs/${organization}/teams`),
    membersOf: (teamId: number) => list<GiteaUser>(urlPath`/teams/${teamId}/members`),

    /** Finds the user by id, since Gitea's calls take the login, which may change. Throws ACCOUNT_NOT_FOUND. */
    async getUser(id: string): Promise<GiteaUser> {
      const request = { method: "GET", path: "/api/v1/users/search", query: { uid: id } } as const;
      const user = (await http.list<GiteaUser>(request, "data")).items.find((found) => String(found.id) === id);
      if (!user) throw new TaskError("ACCOUNT_NOT_FOUND", `${system} has no user with the id ${id}.`);
      return user;
    },

    setLoginProhibited: ({ login, login_name, source_id = 0 }: GiteaUser, isProhibited: boolean) =>
      http.request({
        method: "PATCH",
        path: urlPath`/api/v1/admin/users/${login}`,
        // Gitea requires the first two with every change, and would change them otherwise.
        body: { source_id, login_name: login_name || login, prohibit_login: isProhibited },
        isIdempotent: true,
      }),
    async isMember(teamId: string, login: string): Promise<boolean> {
      const request = { method: "GET", path: memberPath(teamId, login) } as const;
      return (await undefinedOn(http.request<GiteaUser>(request), 404)) !== undefined;
    },
    addToTeam: (teamId: string, login: string) => http.request({ method: "PUT", path: memberPath(teamId, login) }),
    removeFromTeam: (teamId: string, login: string) =>
      http.request({ method: "DELETE", path: memberPath(teamId, login) }),
  };
}
