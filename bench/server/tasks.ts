import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { call, complete, makeApp, push } from "./load.ts";
import { pages } from "./people.ts";
import { p95, percentile95 } from "./percentile.ts";
import type { BenchServer } from "./start-server.ts";

const RUNNERS = 50;
const TASKS = 300;
const WARM_UP_TASKS = 50;
const WAIT_SECONDS = 30;

interface Claimed {
  tasks: { id: string }[];
}

/** Compares the time from creating a task until one of 50 waiting runners has it with one HTTP round trip. */
export const tasks: ServerBench = {
  limit: 10,
  isAtMost: true,
  async run(server): Promise<Measured> {
    const app = await makeApp(server);
    await complete(server, app, await push(server, app, pages(RUNNERS)));
    const runners = startRunners(server, app);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await handOut(server, app, runners, WARM_UP_TASKS);
    const own = percentile95(await handOut(server, app, runners, TASKS));
    runners.stop();
    const roundTrip = () => fetch(new URL("/healthz", server.url)).then((response) => response.text());
    await p95(WARM_UP_TASKS, roundTrip);
    const one = await p95(TASKS, roundTrip);
    return { ratio: own / one, text: `p95 ${own.toFixed(2)} ms, one round trip ${one.toFixed(2)} ms` };
  },
};

interface Runners {
  /** Resolves with the time at which a runner got the task. */
  held(taskId: string): Promise<number>;
  stop(): void;
}

function startRunners(server: BenchServer, app: string): Runners {
  const times = new Map<string, number>();
  const waiting = new Map<string, (time: number) => void>();
  let isStopped = false;
  const work = async (runner: string) => {
    const body = JSON.stringify({ runner, limit: 1, lease_seconds: 600 });
    while (!isStopped) {
      const claimed = await call<Claimed>(server, "POST", `/apps/${app}/tasks/claim/`, body, {
        prefer: `wait=${WAIT_SECONDS}`,
      });
      const now = performance.now();
      for (const { id } of claimed.tasks) {
        times.set(id, now);
        waiting.get(id)?.(now);
      }
    }
  };
  for (let index = 0; index < RUNNERS; index++) void work(`runner-${index}`).catch(() => undefined);
  return {
    held: (taskId) =>
      new Promise((resolve) => {
        const time = times.get(taskId);
        if (time === undefined) waiting.set(taskId, resolve);
        else resolve(time);
      }),
    stop: () => void (isStopped = true),
  };
}

/** Returns the milliseconds from creating a task until a runner has it. */
async function handOut(server: BenchServer, app: string, runners: Runners, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const started = performance.now();
    const body = JSON.stringify({
      action: "suspend_account",
      payload: { account: { id: `u${String(index % RUNNERS).padStart(7, "0")}` } },
    });
    const { id } = await call<{ id: string }>(server, "POST", `/apps/${app}/tasks/`, body);
    times.push((await runners.held(id)) - started);
    await call(server, "PATCH", `/apps/${app}/tasks/${id}/status/`, JSON.stringify({ status: "completed" }));
  }
  return times;
}
