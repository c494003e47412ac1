import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { AloneJob, Isolate } from "@bridgekit/fleet";
import pLimit from "p-limit";

const BIN = fileURLToPath(new URL("../../bin/bridgekit.js", import.meta.url));

/** All runs of a worker that died run alone: as many processes at once would need more memory than its machine has. */
const MOST_PROCESSES = 2;

/** Carries out a job in a process of its own, which has the same configs. */
export function createIsolate(configs: readonly string[], options: readonly string[], env: NodeJS.ProcessEnv): Isolate {
  const args = [...configs.flatMap((config) => ["--config", config]), ...options];
  const slots = pLimit(MOST_PROCESSES);
  const runAlone = (job: AloneJob, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const child = spawn(
        process.execPath,
        [...process.execArgv, BIN, "worker", ...args, "--alone", JSON.stringify(job)],
        {
          env,
          stdio: ["ignore", "inherit", "inherit"],
        },
      );
      const stop = () => child.kill("SIGTERM");
      signal.addEventListener("abort", stop);
      const end = () => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      child.once("error", end);
      child.once("exit", end);
    });
  return (job, signal) => slots(() => (signal.aborted ? undefined : runAlone(job, signal)));
}
