import { z } from "zod";

const address = z.url({ protocol: /^https?$/ });

export const jiraConfig = z.strictObject({
  /** Address of the site: `https://acme.atlassian.net`. */
  site: address,
  /** The Atlassian account to which the API token belongs. */
  email: z.email(),
  apiToken: z.string().min(1).meta({ secret: true }),
  /** For a token with scopes, which works through `apiUrl` only; `https://SITE/_edge/tenant_info` tells the id. */
  cloudId: z.string().min(1).optional(),
  /** Gives suspend and unsuspend, everybody's email, and tells suspended from inactive. */
  organization: z
    .strictObject({
      /** The id in the address of Atlassian Administration. */
      id: z.string().min(1),
      /** An API key of the organization; not the API token of a person. */
      apiKey: z.string().min(1).meta({ secret: true }),
      /** Needed where the organization has several directories. */
      directoryId: z.string().min(1).optional(),
    })
    .optional(),
  /** Accounts that are no people of the company: those of apps, and customers of a service desk. */
  include: z.array(z.enum(["app", "customer"])).default([]),
  /** Keys of the products that accounts get when they are created, such as `jira-software`; each takes a seat. */
  newAccountProducts: z.array(z.string().min(1)).default([]),
  /** Where Atlassian's own gateway is. */
  apiUrl: address.default("https://api.atlassian.com"),
});

export type JiraConfig = z.output<typeof jiraConfig>;
