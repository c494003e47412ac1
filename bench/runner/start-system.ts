import { fileURLToPath } from "node:url";
import { startChild, type Child } from "../child.ts";

const file = fileURLToPath(new URL("./system-process.ts", import.meta.url));

/** Starts the system in its own process. */
export function startSystem(accounts: number): Promise<Child<{ url: string }>> {
  return startChild(process.execPath, [file, String(accounts)]);
}
