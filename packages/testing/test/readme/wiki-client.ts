import { pageByCursor, undefinedOn, type ConnectTools } from "@bridgekit/core";

interface Row {
  id: string;
  name?: string;
  email?: string;
  spaces?: { id: string }[];
}

/** The calls that the connector of the project's README makes. */
export function createWikiClient({ url, token }: { url: string; token: string }, createHttp: ConnectTools["http"]) {
  const http = createHttp({ system: "The wiki", baseUrl: url, headers: { authorization: `Bearer ${token}` } });
  const list = (path: string) =>
    pageByCursor<Row>(
      async (after = "") => {
        const { items } = await http.list<Row>({ method: "GET", path, query: { after } });
        return { items, next: items.at(-1)?.id ?? null };
      },
      { list: `GET ${path}`, idOf: ({ id }) => id },
    );
  return {
    isSignedIn: async () => (await undefinedOn(http.request({ method: "GET", path: "/me" }), 401)) !== undefined,
    async *spaces() {
      for await (const { id, name } of list("/spaces")) yield { id, name: name! };
    },
    async *users() {
      for await (const { id, email, spaces } of list("/users")) yield { id, email: email!, spaces: spaces! };
    },
    spacesOf: (id: string) => http.request<string[]>({ method: "GET", path: `/users/${id}/spaces` }),
    join: (space: string, id: string) => http.request({ method: "PUT", path: `/spaces/${space}/members/${id}` }),
    leave: (space: string, id: string) => http.request({ method: "DELETE", path: `/spaces/${space}/members/${id}` }),
    suspend: (id: string) => http.request({ method: "PUT", path: `/users/${id}/suspended` }),
  };
}
