import { z } from "zod";

const address = z.url({ protocol: /^https?$/ });

export const jiraConfig = z.strictObject({
  /** Address of the site: `https://acme.atlassian.net`. */
  site: address,
  /** The Atlassian account to which the API token belongs. */
  email: z.email(),
  apiToken: z.string().min(1).meta({ secret: true }),
  /** For a token with scopes, which works only through `apiUrl`; `https://SITE/_edge/tenant_info` returns the id. */
  cloudId: z.string().min(1).optional(),
  /** Enables suspend and unsuspend, every email, and the status `suspended`. */
  organization: z
    .strictObject({
      /** The id in the URL of Atlassian Administration. */
      id: z.string().min(1),
      /** An API key of the organization, not the API token of a person. */
      apiKey: z.string().min(1).meta({ secret: true }),
      /** Required if the organization has several directories. */
      directoryId: z.string().min(1).optional(),
    })
    .optional(),
  /** Accounts other than the company's people: apps, and customers of a service desk. */
  include: z.array(z.enum(["app", "customer"])).default([]),
  /** Keys of the products that new accounts get, such as `jira-software`; each takes a seat. */
  newAccountProducts: z.array(z.string().min(1)).default([]),
  /** Atlassian's gateway. */
  apiUrl: address.default("https://api.atlassian.com"),
});

export type JiraConfig = z.output<typeof jiraConfig>;
