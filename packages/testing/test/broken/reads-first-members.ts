import type { WikiPage } from "../support/wiki-client.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const readsFirstMembers: BrokenConnector = {
  mistake: "only the first page of a team's members is read",
  caughtBy: "a read yields what the product has",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *members(team) {
        const page = await http.request<WikiPage<string>>({ method: "GET", path: `/teams/${team}/members` });
        if (!Array.isArray(page?.values)) throw new Error("another page than was asked for");
        yield* page.values;
      },
    }),
  }),
};
