import { createWikiConnector } from "../support/wiki-connector.ts";
import type { BrokenConnector } from "./broken-connector.ts";

export const repeatsCreation: BrokenConnector = {
  mistake: "creating is sent again where its answer was lost",
  caughtBy: "create_account: survives faults before and after the effect",
  connector: createWikiConnector({
    client: (_, http) => ({
      createUser: (email) => http.request({ method: "POST", path: "/users", body: { email }, isIdempotent: true }),
    }),
  }),
};
