import { fileURLToPath } from "node:url";
import { startChild, type Child } from "../child.ts";

const file = fileURLToPath(new URL("./system-process.ts", import.meta.url));

/** The system that is read, in a process of its own. */
export function startSystem(accounts: number): Promise<Child<{ url: string }>> {
  return startChild(process.execPath, [file, String(accounts)]);
}
