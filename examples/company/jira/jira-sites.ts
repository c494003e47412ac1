import { createJiraSandbox, type JiraState } from "@bridgekit/connector-jira/sandbox";
import { join } from "node:path";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planJiraTasks } from "./plan-jira-tasks.ts";

const UNITS = [
  { unit: "engineering", people: 90, groups: 8, projects: 4 },
  { unit: "legal", people: 20, groups: 3, projects: 2 },
  { unit: "finance", people: 30, groups: 4, projects: 2 },
];

/** Starts a Jira site for each business unit, as the last run left it. Tasks wait in the first one. */
export function startJiraSites(folder: string): Promise<System[]> {
  return Promise.all(
    UNITS.map(async ({ unit, ...seed }, index): Promise<System> => {
      const file = join(folder, `jira-${unit}.json`);
      const state = await readState<JiraState>(file);
      const jira = createJiraSandbox({ seed: { ...seed, seed: unit }, ...(state && { state }) });
      const { url, close } = await jira.listen();
      const prefix = `JIRA_${unit.toUpperCase()}`;
      return {
        key: `jira-${unit}`,
        url,
        settings: {
          [`${prefix}_URL`]: url,
          [`${prefix}_EMAIL`]: jira.email,
          [`${prefix}_API_TOKEN`]: "jira-sandbox-token",
          ATLASSIAN_ORG_ID: "org-sandbox",
          ATLASSIAN_ORG_API_KEY: "org-sandbox-key",
        },
        countAccounts: () =>
          [...jira.site.users.values()].filter((user) => user.accountType === "atlassian" && !user.isHidden).length,
        ...(index === 0 && { planTasks: () => planJiraTasks(jira) }),
        save: () => writeState(file, jira.snapshot()),
        close,
      };
    }),
  );
}
