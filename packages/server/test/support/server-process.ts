import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { DatabaseOptions } from "../../src/index.ts";

/** A server in another process, to be killed. */
export interface ServerProcess extends AsyncDisposable {
  url: string;
  /** An admin key; undefined if no organisation was named. */
  key: string | undefined;
  /** SIGKILL; resolves once the process is gone. */
  kill: () => Promise<void>;
}

const CHILD = fileURLToPath(new URL("server-child.ts", import.meta.url));

/** Starts a server and waits until it listens. */
export async function startServer(database: DatabaseOptions, org?: string): Promise<ServerProcess> {
  const args = [CHILD, JSON.stringify(database), ...(org === undefined ? [] : [org])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const first = once(createInterface({ input: child.stdout }), "line") as Promise<[string]>;
  const ready = await Promise.race([first, ended.then(() => undefined)]);
  if (ready === undefined) throw new Error(`A server ended with ${child.exitCode} before it listened.`);
  const { url, key } = JSON.parse(ready[0]) as { url: string; key?: string };
  return { url, key, kill, [Symbol.asyncDispose]: kill };
}
