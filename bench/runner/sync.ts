import { fileURLToPath } from "node:url";
import { startChild } from "../child.ts";
import type { Measured } from "../report.ts";
import { makeApp, push } from "../server/load.ts";
import { pages } from "../server/people.ts";
import { startServer, type BenchServer } from "../server/start-server.ts";
import { startDelayProxy } from "./delay-proxy.ts";
import { runCommand, type Timing } from "./run-command.ts";
import { startSystem } from "./start-system.ts";

const DELAY_MILLISECONDS = 20;
const LIMITS = { sync: 3, "sync-delayed": 10 };
const guide = fileURLToPath(new URL("./guide_loop.py", import.meta.url));

type Target = Pick<BenchServer, "url" | "key">;

/**
 * Compares `bridgekit sync` with the guide's loop: the same records, read from the same system during the measurement, into
 * the same Bridge on PostgreSQL; once on loopback, and once with a delay each way to the Bridge. The clock stops when the
 * last page is acknowledged.
 */
export async function* sync(records: number): AsyncGenerator<{ bench: string; limit: number; measured: Measured }> {
  await using system = await startSystem(records);
  for (const bench of ["sync", "sync-delayed"] as const) {
    await using server = await startServer("postgres");
    await using proxy = await startDelayProxy(Number(new URL(server.url).port), DELAY_MILLISECONDS);
    // Otherwise the first run would include the server's warm-up.
    await push(server, await makeApp(server), pages(Math.round(records / 10)));
    const near = { url: server.url, key: server.key };
    const target = bench === "sync" ? near : { ...near, url: behind(proxy.port, near.url) };
    const own = await runCommand({ ...target, app: await makeApp(server), systemUrl: system.line.url });
    const theirs = await runGuide(target, await makeApp(server), system.line.url);
    if (own.records !== theirs.records)
      throw new Error(`${own.records} records were pushed, the loop pushed ${theirs.records}`);
    const text = `${own.records} records in ${describe(own)}, the guide's loop in ${describe(theirs)}`;
    yield { bench, limit: LIMITS[bench], measured: { ratio: theirs.pushSeconds / own.pushSeconds, text } };
  }
}

/** Throws if there is no `python3` with `requests`: a missing comparison does not hold. */
async function runGuide({ url, key }: Target, app: string, systemUrl: string): Promise<Timing> {
  const start = startChild<Timing>("python3", [guide, url, key, app, systemUrl]);
  await using child = await start.catch((cause: unknown) => {
    throw new Error("The guide's loop did not run; it needs python3 with the package requests.", { cause });
  });
  if (child.line.status !== "completed") throw new Error(`The guide's sync ended as ${child.line.status}.`);
  return child.line;
}

function behind(port: number, url: string): string {
  const address = new URL(url);
  address.port = String(port);
  return address.href;
}

const describe = ({ pushSeconds, totalSeconds }: Timing) =>
  `${pushSeconds.toFixed(1)} s (${totalSeconds.toFixed(1)} s until it was live)`;
