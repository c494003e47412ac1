import { createBambooSandbox, type BambooState } from "@bridgekit/connector-hr/sandbox";
import { join } from "node:path";
import type { Addresses } from "../addresses.ts";
import { readState, writeState } from "../keep-state.ts";
import type { System } from "../system.ts";
import { planBambooHrTasks } from "./plan-bamboohr-tasks.ts";

/** Starts the BambooHR of the third region in its state of the last run. Tasks wait in it. */
export async function startBambooHr(folder: string, addresses: Addresses): Promise<System> {
  const file = join(folder, "bamboohr-americas.json");
  const apiKey = "sandbox-key-americas";
  const state = await readState<BambooState>(file);
  const bamboo = createBambooSandbox({ apiKey, seed: { employees: 100, region: "americas" }, ...(state && { state }) });
  const server = await addresses.listen("hr-americas", (port) => bamboo.listen({ port }));
  return {
    key: "hr-americas",
    url: server.url,
    settings: { HR_AMERICAS_URL: server.url, HR_AMERICAS_API_KEY: apiKey },
    countAccounts: () => bamboo.company.employees.size,
    planTasks: () => planBambooHrTasks(bamboo),
    save: () => writeState(file, bamboo.snapshot()),
    close: () => server.close(),
  };
}
