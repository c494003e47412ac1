import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, expect, onTestFinished, test } from "vitest";

const start = fileURLToPath(new URL("../start.ts", import.meta.url));
const SYSTEMS = 7;
let demo: ChildProcess | undefined;
afterEach(() => demo?.kill("SIGKILL"));

/** Starts the demo, returns the results of the first syncs of `bridgekit run`, and stops it. */
async function watchRounds(folder: string, rounds: number): Promise<Map<string, string[]>> {
  demo = spawn(process.execPath, [start, "--json", "--data", folder, "--sync-every", "1"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(demo, "close");
  const ends = new Map<string, string[]>();
  const isEnough = () => ends.size === SYSTEMS && [...ends.values()].every(({ length }) => length >= rounds);
  for await (const line of createInterface({ input: demo.stdout! })) {
    const { event, app, status, msg } = JSON.parse(line) as Record<string, string>;
    if (event !== "sync.ended" && event !== "failed") continue;
    ends.set(app!, [...(ends.get(app!) ?? []), status ?? msg!]);
    if (isEnough()) demo.kill("SIGTERM");
  }
  await closed;
  return ends;
}

test("a second start on the same data finds each system, also one whose port is in use", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-demo-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const readPorts = async () =>
    JSON.parse(await readFile(join(folder, "ports.json"), "utf8")) as Record<string, number>;
  await watchRounds(folder, 1);
  const before = await readPorts();

  const other = createServer().listen(before["hr-apac"], "127.0.0.1");
  await once(other, "listening");
  const ends = await watchRounds(folder, 2);
  other.close();

  const bad = [...ends.values()].flat().filter((end) => end !== "completed" && end !== "updated");
  expect(bad).toEqual([]);
  expect(ends.size).toBe(SYSTEMS);
  const after = await readPorts();
  expect(after["hr-apac"]).not.toBe(before["hr-apac"]);
  expect({ ...after, "hr-apac": 0 }).toEqual({ ...before, "hr-apac": 0 });
}, 300_000);
