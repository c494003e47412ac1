import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { peakOf } from "../peak-memory.ts";

export interface Timing {
  status: string;
  records: number;
  /** Until the last page was acknowledged. */
  pushSeconds: number;
  /** Until the session was completed. */
  totalSeconds: number;
}

interface CommandTarget {
  /** Base URL of the organisation. */
  url: string;
  key: string;
  app: string;
  systemUrl: string;
}

interface SyncEvent {
  event: string;
  at: string;
  status?: string;
  pushed?: Record<string, number>;
  message?: string;
}

const bin = fileURLToPath(new URL("../../packages/cli/bin/bridgekit.js", import.meta.url));
const config = fileURLToPath(new URL("./bridge.config.ts", import.meta.url));
const PEAK_POLL_MILLISECONDS = 20;

/** Runs the real `bridgekit sync` in its own process; times come from its events, memory from the kernel. */
export async function runCommand({
  url,
  key,
  app,
  systemUrl,
}: CommandTarget): Promise<Timing & { peakMegabytes: number }> {
  await using state = await mkdtempDisposable(join(tmpdir(), "bridgekit-bench-"));
  const child = spawn(process.execPath, [bin, "sync", "--config", config, "--json"], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      BRIDGE_URL: url,
      BRIDGE_API_KEY: key,
      APP_ID: app,
      SYSTEM_URL: systemUrl,
      STATE_DIR: state.path,
    },
  });
  let peakMegabytes = 0;
  const poll = setInterval(() => {
    peakMegabytes = peakOf(child.pid!) ?? peakMegabytes;
  }, PEAK_POLL_MILLISECONDS);
  const times: Record<string, number> = {};
  let end: SyncEvent | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line) as SyncEvent;
    times[event.event] = Date.parse(event.at) / 1000;
    end = event;
  }
  if (child.exitCode === null) await once(child, "exit");
  clearInterval(poll);
  if (end?.status !== "completed") throw new Error(`The sync did not complete: ${end?.message ?? end?.status}`);
  const started = times["sync.started"]!;
  return {
    status: end.status,
    records: Object.values(end.pushed!).reduce((sum, count) => sum + count, 0),
    pushSeconds: times["sync.progress"]! - started,
    totalSeconds: times["sync.ended"]! - started,
    peakMegabytes,
  };
}
