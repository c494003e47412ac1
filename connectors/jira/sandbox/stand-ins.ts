import { defineStandIn } from "@bridgekit/sandbox";
import { createJiraSandbox } from "./create-sandbox.ts";

/** The stand-ins of this package by name, for starting them by hand. */
export const standIns = {
  jira: defineStandIn({
    title: "Jira Cloud",
    create(people) {
      const sandbox = createJiraSandbox({ seed: { people } });
      const config = (url: string) => ({
        site: url,
        email: sandbox.email,
        apiToken: "jira-sandbox-token",
        apiUrl: url,
        organization: { id: "org-sandbox", apiKey: "sandbox-organization-key" },
      });
      return { sandbox, connected: { app: "jira", from: "@bridgekit/connector-jira", imported: "jira", config } };
    },
  }),
};
