import { join } from "node:path";
import { readState, writeState } from "./keep-state.ts";

/** The default ports of the demo. Ports of the last run take precedence. */
const USUAL_PORTS: Readonly<Record<string, number>> = {
  bridge: 7400,
  "hr-emea": 7401,
  "hr-apac": 7402,
  "hr-americas": 7403,
  "jira-engineering": 7404,
  "jira-legal": 7405,
  "jira-finance": 7406,
  salesforce: 7407,
};

/** Gives each part of the demo its port of the last run: a sync reads a system at a new address twice. */
export interface Addresses {
  /** Starts a part on its port, or on a free one if it is in use. */
  listen<Running>(key: string, start: (port: number) => Promise<Running & { url: string }>): Promise<Running>;
  /** Remembers the ports. */
  save(): Promise<void>;
}

export async function openAddresses(folder: string, say: (line: string) => void): Promise<Addresses> {
  const file = join(folder, "ports.json");
  const last = (await readState<Record<string, number>>(file)) ?? {};
  const now: Record<string, number> = {};
  return {
    async listen(key, start) {
      const port = last[key] ?? USUAL_PORTS[key] ?? 0;
      const running = await start(port).catch((error: unknown) => {
        if (!isTaken(error)) throw error;
        say(`Port ${port} of ${key} is taken by another program; ${key} takes a free one.`);
        return start(0);
      });
      now[key] = Number(new URL(running.url).port);
      return running;
    },
    save: () => writeState(file, now),
  };
}

function isTaken(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if ("code" in cause && cause.code === "EADDRINUSE") return true;
  return false;
}
