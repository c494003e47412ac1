import { createRandom, createSandbox, type ApiDescription, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import type { Credential } from "./caller.ts";
import { JiraSite } from "./jira-site.ts";
import type { OrganizationSettings } from "./organization.ts";
import { seedJira, type SeedOptions } from "./seed.ts";
import type { JiraState } from "./state.ts";

export interface JiraSandboxOptions {
  /** What to generate; ignored with `state`. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: JiraState;
  /** Callers with their rights; by default the first person, a site administrator, with the token "jira-sandbox-token". */
  credentials?: readonly Credential[];
  organization?: OrganizationSettings;
  cloudId?: string;
  /** Descriptions to check requests and responses against, such as Atlassian's own. */
  descriptions?: readonly ApiDescription[];
}

export interface JiraSandbox extends Sandbox {
  /** The site itself, to read and to change as people do on Jira's own pages. */
  readonly site: JiraSite;
  /** The email of the administrator who has the default token. */
  readonly email: string;
  snapshot(): JiraState;
}

/**
 * A stateful stand-in for a Jira Cloud site, for Atlassian's gateway to it and for the organization above it.
 *
 * @example
 * const jira = createJiraSandbox({ seed: { people: 50 } });
 * jira.fault(when({ path: "/rest/api/3/users/search", nth: 2 }, { kind: "login-page" }));
 * const connection = await createConnection(connector, { site: "http://jira.example.com", email: jira.email, apiToken: "jira-sandbox-token" }, { fetch: jira.fetch });
 */
export function createJiraSandbox({
  seed = { people: 25 },
  state = seedJira(seed),
  credentials,
  organization = { id: "org-sandbox", apiKey: "sandbox-organization-key", directoryId: "dir-sandbox" },
  cloudId = "11111111-2222-4333-8444-555555555555",
  descriptions = [],
}: JiraSandboxOptions = {}): JiraSandbox {
  const site = new JiraSite(state);
  const email = site.users.values().find(({ accountType }) => accountType === "atlassian")?.emailAddress ?? "";
  // Former users stay in the list, so a sandbox that continues from a snapshot assigns no id twice.
  const random = createRandom(`new accounts after ${state.users.length}`);
  const app = createApp({
    site,
    cloudId,
    organization,
    credentials: credentials ?? [{ email, apiToken: "jira-sandbox-token", role: "site-administrator" }],
    newAccountId: () => `712020:${random.uuid()}`,
  });
  const sandbox = createSandbox({ fetch: (request) => app.fetch(request), descriptions });
  return Object.assign(sandbox, { site, email, snapshot: () => site.snapshot() });
}
