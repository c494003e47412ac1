import { defineConnector, pageByOffset, type Http } from "@bridgekit/core";
import { z } from "zod";

/** Records in one response of the system. */
const PAGE = 1000;

/** A connector for the system of the bench. */
export const people = defineConnector({
  name: "people",
  title: "The people of the bench",
  config: z.object({ url: z.url() }),

  resourceTypes: {
    team: { type: "group", name: "Team" },
    department: { type: "group", name: "Department" },
    license: { type: "license", name: "License" },
    account: { type: "account", name: "Account" },
  },

  connect: ({ url }, { http }) => http({ system: "The system of the bench", baseUrl: url }),
  check: () => Promise.resolve([]),

  sync: ({ client }) => ({
    team: () => list(client, "team"),
    department: () => list(client, "department"),
    license: () => list(client, "license"),
    account: () => list(client, "account"),
  }),
});

function list(http: Http, slug: string): AsyncGenerator<any> {
  const fetchPage = (offset: number) =>
    http.request<{ items: { id: string }[]; total: number }>({
      method: "GET",
      path: `/${slug}`,
      query: { offset, limit: PAGE },
    });
  return pageByOffset(fetchPage, { list: slug, idOf: ({ id }) => id, limit: PAGE });
}
