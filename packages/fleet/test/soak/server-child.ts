import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createBridge, serve } from "@bridgekit/server";

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]!, Number(process.argv[3]));

async function main(databaseUrl: string, port: number): Promise<void> {
  const bridge = await createBridge({ database: { kind: "postgres", url: databaseUrl }, rateLimit: null });
  await serve(bridge, { port });
  process.stdout.write("ready\n");
}

/** Starts a Bridge in a process of its own, until it is killed. */
export function spawnServer(databaseUrl: string, port: number) {
  const file = fileURLToPath(import.meta.url);
  // Its log says that the database went away, which is meant to happen.
  return spawn(process.execPath, [file, databaseUrl, String(port)], { stdio: ["ignore", "pipe", "ignore"] });
}
