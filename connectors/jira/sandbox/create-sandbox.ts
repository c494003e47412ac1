import { createRandom, createSandbox, type ApiDescription, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import type { Credential } from "./caller.ts";
import { JiraSite } from "./jira-site.ts";
import type { OrganizationSettings } from "./organization.ts";
import { seedJira, type SeedOptions } from "./seed.ts";
import type { JiraState } from "./state.ts";

export interface JiraSandboxOptions {
  /** What to generate; ignored if a `state` is given. */
  seed?: SeedOptions;
  /** A snapshot to continue from; it is copied. */
  state?: JiraState;
  /** Who may call, and as what; the token "jira-sandbox-token" of the first person as site administrator. */
  credentials?: readonly Credential[];
  organization?: OrganizationSettings;
  cloudId?: string;
  /** Descriptions that requests and answers are checked against, such as Atlassian's own. */
  descriptions?: readonly ApiDescription[];
}

export interface JiraSandbox extends Sandbox {
  /** The site itself, to look at and to change as somebody does on Jira's own pages. */
  readonly site: JiraSite;
  /** The email of the administrator to whom the usual token belongs. */
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
  organization = { id: "org-sandbox", apiKey: "org-sandbox-key", directoryId: "dir-sandbox" },
  cloudId = "11111111-2222-4333-8444-555555555555",
  descriptions = [],
}: JiraSandboxOptions = {}): JiraSandbox {
  const site = new JiraSite(state);
  const email = site.users.values().find(({ accountType }) => accountType === "atlassian")?.emailAddress ?? "";
  // Who was ever there stays in the list, so a sandbox that goes on from a snapshot gives out no id a second time.
  const random = createRandom(`new accounts after ${state.users.length}`);
  const app = createApp({
    site,
    cloudId,
    organization,
    credentials: credentials ?? [{ email, apiToken: "jira-sandbox-token", role: "site-administrator" }],
    newAccountId: () => `712020:${random.uuid()}`,
  });
  const sandbox = createSandbox({ answer: (request) => app.fetch(request), descriptions });
  return Object.assign(sandbox, { site, email, snapshot: () => site.snapshot() });
}
