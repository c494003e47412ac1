import { peakOf } from "../peak-memory.ts";
import { peopleLists } from "./people-lists.ts";

/** Input of the runner and of the loop. */
export const PAGES_IN_FLIGHT = 16;

export interface RunTarget {
  /** Base URL of the organisation. */
  url: string;
  key: string;
  app: string;
  accounts: number;
}

export interface RunTimes {
  seconds: number;
  /** CPU time of this process. */
  cpuSeconds: number;
  /** Peak resident memory; Linux only. */
  peakMegabytes?: number | undefined;
}

/** The records of a type, from memory: there is no system to wait for. */
export async function* recordsOf(slug: string, accounts: number): AsyncGenerator<any> {
  const { total, at } = peopleLists(accounts)[slug]!;
  for (let index = 0; index < total; index++) yield at(index);
}

/** Runs the work of the process and prints how long it took, without the start of the process. */
export async function measureRun(run: (target: RunTarget) => Promise<void>): Promise<void> {
  const [url, key, app, accounts] = process.argv.slice(2) as [string, string, string, string];
  const started = performance.now();
  const cpu = process.cpuUsage();
  await run({ url, key, app, accounts: Number(accounts) });
  const { user, system } = process.cpuUsage(cpu);
  const times: RunTimes = { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
  times.peakMegabytes = peakOf(process.pid);
  console.log(JSON.stringify(times));
}
