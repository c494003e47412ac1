import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { peakOf } from "../peak-memory.ts";

export interface Timing {
  status: string;
  records: number;
  /** From the start of the session until the last page was acknowledged. */
  pushSeconds: number;
  /** From the start of the session until it was completed. */
  totalSeconds: number;
}

const bin = fileURLToPath(new URL("../../packages/cli/bin/bridge.js", import.meta.url));
const config = fileURLToPath(new URL("./bridge.config.ts", import.meta.url));
const PEAK_POLL_MILLISECONDS = 50;

/** Runs the real `bridge sync` in a process of its own; its times come from its events, its memory from the kernel. */
export async function runCommand(env: NodeJS.ProcessEnv): Promise<Timing & { peakMegabytes: number }> {
  const child = spawn(process.execPath, [bin, "sync", "--config", config, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  let peakMegabytes = 0;
  const poll = setInterval(() => {
    peakMegabytes = peakOf(child.pid!) ?? peakMegabytes;
  }, PEAK_POLL_MILLISECONDS);
  const times: Record<string, number> = {};
  let records = 0;
  let status = "failed";
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as { event: string; at: string; status?: string; pushed?: Record<string, number> };
    times[event.event] = Date.parse(event.at) / 1000;
    if (event.event !== "sync.ended") continue;
    status = event.status!;
    records = Object.values(event.pushed!).reduce((sum, count) => sum + count, 0);
  }
  if (child.exitCode === null) await once(child, "exit");
  clearInterval(poll);
  const started = times["sync.started"]!;
  const pushSeconds = times["sync.progress"]! - started;
  return { status, records, pushSeconds, totalSeconds: times["sync.ended"]! - started, peakMegabytes };
}
