import { fileURLToPath } from "node:url";
import { createBridge, serve } from "@bridgekit/server";
import { endWithParent, spawnFile } from "../support/child-process.ts";

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]!, Number(process.argv[3]));

async function main(databaseUrl: string, port: number): Promise<void> {
  endWithParent();
  const bridge = await createBridge({ database: { kind: "postgres", url: databaseUrl }, rateLimit: null });
  await serve(bridge, { port });
  process.stdout.write("ready\n");
}

/** Starts a Bridge in a process of its own, until it is killed. */
export function spawnServer(databaseUrl: string, port: number) {
  // Its log says that the database went away, which is meant to happen.
  return spawnFile(fileURLToPath(import.meta.url), [databaseUrl, String(port)], "ignore");
}
