import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { afterEach } from "vitest";
import {
  createJiraSandbox,
  type Credential,
  type JiraSandbox,
  type JiraSandboxOptions,
  type Role,
} from "../../sandbox/index.ts";
import { jira as connector } from "../../src/index.ts";
import { CLOUD_ID, descriptions } from "./vendor-specs.ts";

export const API_TOKEN = "jira-canary-token";
export const ORGANIZATION = { id: "org-1", apiKey: "org-canary-key" };

const opened: JiraSandbox[] = [];
// After every test: requests and responses match Atlassian's description.
afterEach(() => {
  for (const jira of opened.splice(0)) jira.assertNoViolations();
});

/** A Jira sandbox that is checked against Atlassian's description. */
export function openJira(options: JiraSandboxOptions = {}): JiraSandbox {
  const jira = createJiraSandbox({ seed: { people: 30 }, cloudId: CLOUD_ID, descriptions, ...options });
  opened.push(jira);
  return jira;
}

/** Connects to a Jira sandbox in this process; by default with the site administrator's token. */
export async function connectJira(
  { role = "site-administrator", ...options }: JiraSandboxOptions & { role?: Role } = {},
  config: object = {},
): Promise<{ jira: JiraSandbox; connection: Connection }> {
  const credentials: Credential[] = [];
  const jira = openJira({
    credentials,
    organization: { ...ORGANIZATION, directoryId: "dir-1" },
    ...options,
  });
  credentials.push({ email: jira.email, apiToken: API_TOKEN, role });
  const settings = {
    site: "http://jira.example.com",
    email: jira.email,
    apiToken: API_TOKEN,
    apiUrl: "http://api.example.com",
    ...config,
  };
  return { jira, connection: await createConnection(connector, settings, { fetch: jira.fetch, retry: quickRetry }) };
}

/** The people of a site. */
export function peopleOf(jira: JiraSandbox) {
  return [...jira.site.users.values()].filter(({ accountType, isHidden }) => accountType === "atlassian" && !isHidden);
}
