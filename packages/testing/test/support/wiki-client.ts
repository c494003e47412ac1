import { UpstreamError, type Http } from "@bridgekit/core";
import type { WikiUser } from "./wiki-product.ts";

export interface WikiPage<Row> {
  values: Row[];
  start: number;
  total: number;
  next: number | null;
}

export type WikiClient = ReturnType<typeof createWikiClient>;

/** A correct client: its lists prove their end. */
export function createWikiClient(http: Http) {
  async function* list<Row>(path: string, query: Record<string, string> = {}): AsyncGenerator<Row> {
    let count = 0;
    let total: number | undefined;
    for (let start = 0; ;) {
      const page = await http.request<WikiPage<Row>>({ method: "GET", path, query: { ...query, start } });
      if (!Array.isArray(page?.values) || page.start !== start) throw unusable(`returned another page of ${path}`);
      // When somebody leaves, all rows behind move up, and one of them is on no page.
      if (page.total < (total ?? 0)) throw unusable(`lost rows of ${path} while it was read`);
      total = page.total;
      count += page.values.length;
      yield* page.values;
      if (page.next !== null) start = page.next;
      else if (count === page.total) return;
      else throw unusable(`returned ${count} of ${page.total} rows of ${path}`);
    }
  }

  return {
    whoAmI: () => http.request<{ name: string }>({ method: "GET", path: "/me" }),
    seats: () => http.request<{ id: string; name: string }[]>({ method: "GET", path: "/seats" }),
    teams: () => list<{ id: string; name: string }>("/teams"),
    members: (team: string) => list<string>(`/teams/${team}/members`),
    users: () => list<WikiUser>("/users"),
    async findUser(email: string): Promise<WikiUser | undefined> {
      return (await Array.fromAsync(list<WikiUser>("/users", { email })))[0];
    },
    createUser: (email: string) => http.request<WikiUser>({ method: "POST", path: "/users", body: { email } }),
    getUser: (id: string) => http.request<WikiUser>({ method: "GET", path: `/users/${id}` }),
    teamsOf: (id: string) => http.request<string[]>({ method: "GET", path: `/users/${id}/teams` }),
    changes: (since?: string) =>
      http.request<{ users: string[]; next: string }>({ method: "GET", path: "/changes", query: { since } }),
    setActive: (id: string, isActive: boolean) =>
      http.request({ method: "PUT", path: `/users/${id}/active`, body: isActive }),
    deleteUser: (id: string) => http.request({ method: "DELETE", path: `/users/${id}` }),
    removeMember: (team: string, user: string) =>
      http.request({ method: "DELETE", path: `/teams/${team}/members/${user}` }),
    addMember: (team: string, user: string) => http.request({ method: "PUT", path: `/teams/${team}/members/${user}` }),
  };
}

function unusable(message: string): UpstreamError {
  return new UpstreamError(`The wiki ${message}`, { code: "INTERNAL_ERROR", isRetryable: false, effect: "none" });
}
