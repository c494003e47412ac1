import type { WikiPage } from "../support/wiki-client.ts";
import type { WikiUser } from "../support/wiki-product.ts";
import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const endsAtKnownRows: BrokenConnector = {
  mistake: "a page that was seen before ends a list",
  caughtBy: "a list that repeats its page for ever is an error or partial, at every call",
  connector: createWikiConnector({
    client: (_, http) => ({
      async *users() {
        const seen = new Set<string>();
        for (let start: number | null = 0; start !== null;) {
          const page: WikiPage<WikiUser> = await http.request({ method: "GET", path: "/users", query: { start } });
          const isKnown = page.values.some(({ id }) => seen.has(id));
          if (isKnown) return;
          for (const { id } of page.values) seen.add(id);
          yield* page.values;
          start = page.next;
        }
      },
    }),
  }),
};
