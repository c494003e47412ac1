import { createJiraSandbox, type JiraSandbox, type JiraState } from "@bridgekit/connector-jira/sandbox";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planJiraTasks } from "./plan-jira-tasks.ts";

interface Unit {
  unit: string;
  people: number;
  groups: number;
  projects: number;
}

const UNITS: readonly [Unit, ...Unit[]] = [
  { unit: "engineering", people: 90, groups: 8, projects: 4 },
  { unit: "legal", people: 20, groups: 3, projects: 2 },
  { unit: "finance", people: 30, groups: 4, projects: 2 },
];

/** Starts a Jira site for each business unit in its state of the last run. Tasks wait in the first one. */
export async function startJiraSites(folder: string, addresses: Addresses): Promise<System[]> {
  const [first, ...others] = UNITS;
  return Promise.all([startFirst(folder, addresses, first), ...others.map((unit) => start(folder, addresses, unit))]);
}

async function startFirst(folder: string, addresses: Addresses, unit: Unit): Promise<System> {
  const { jira, ...system } = await start(folder, addresses, unit);
  return { ...system, planTasks: () => planJiraTasks(jira) };
}

async function start(
  folder: string,
  addresses: Addresses,
  { unit, ...seed }: Unit,
): Promise<System & { jira: JiraSandbox }> {
  const file = join(folder, `jira-${unit}.json`);
  const state = await readState<JiraState>(file);
  const jira = createJiraSandbox({ seed: { ...seed, seed: unit }, ...(state && { state }) });
  const key = `jira-${unit}`;
  const server = await addresses.listen(key, (port) => jira.listen({ port }));
  const prefix = `JIRA_${unit.toUpperCase()}`;
  return {
    jira,
    key,
    url: server.url,
    settings: {
      [`${prefix}_URL`]: server.url,
      [`${prefix}_EMAIL`]: jira.email,
      [`${prefix}_API_TOKEN`]: "jira-sandbox-token",
      ATLASSIAN_ORG_ID: "org-sandbox",
      ATLASSIAN_ORG_API_KEY: "sandbox-organization-key",
    },
    countAccounts: () =>
      [...jira.site.users.values()].filter((user) => user.accountType === "atlassian" && !user.isHidden).length,
    save: () => writeState(file, jira.snapshot()),
    close: () => server.close(),
  };
}
