import { defineStandIn } from "@bridgekit/sandbox";
import { createSalesforceSandbox } from "./create-sandbox.ts";

/** The stand-ins of this package by name, for starting them by hand. */
export const standIns = {
  salesforce: defineStandIn({
    title: "Salesforce",
    create(people) {
      const sandbox = createSalesforceSandbox({ seed: { people } });
      const signIn = {
        grant: "client_credentials",
        clientId: "sandbox-client",
        clientSecret: "secret-salesforce-sandbox",
      };
      const newUser = { profileId: sandbox.org.rows("Profile")[1]!.Id };
      const config = (url: string) => ({ url, signIn, newUser });
      const from = "@bridgekit/connector-salesforce";
      return { sandbox, connected: { app: "salesforce", from, imported: "salesforce", config } };
    },
  }),
};
