import { createWikiConnector } from "../support/wiki-connector.ts";
import { wikiOptions } from "../support/wiki-options.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const givesSeatsAtCreation: BrokenConnector = {
  mistake: "the author tries create_account with a license among the memberships, which no Bridge sends",
  caughtBy: "create_account: is done",
  connector: createWikiConnector(),
  options: {
    ...wikiOptions,
    actions: {
      ...wikiOptions.actions,
      create_account: {
        payload: () => ({ account: { id: "new", email: "new@example.com" }, memberships: { seat: [{ id: "pro" }] } }),
        isDone: (wiki, { account }) => wiki.users.some(({ email }) => email === account.email),
        again: "ACCOUNT_ALREADY_EXISTS",
      },
    },
  },
};
