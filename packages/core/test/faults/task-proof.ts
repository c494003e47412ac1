import { copyFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Task, TaskCreate } from "@bridgekit/client";
import type { Http, TaskContext } from "../../src/index.ts";
import {
  openFileJournal,
  registerResourceTypes,
  runSync,
  runTasks,
  type Connection,
  type TaskRunOptions,
} from "../../src/run.ts";
import type { TestBridge } from "../support/start-bridge.ts";
import { withoutClaims } from "../support/task-app.ts";
import { Chance } from "./chance.ts";
import { connectUpstream } from "./connect-upstream.ts";
import { findUnexpected } from "./expected-people.ts";
import { TASK_FAULTS, FAULTS, withFaults } from "./faulty-fetch.ts";
import { Life, mortalResponse, mortalJournal } from "./mortal.ts";
import { Tally } from "./tally.ts";
import { respondFrom } from "./upstream-api.ts";
import { createUpstream, type Upstream } from "./upstream.ts";

export interface TaskProofOptions {
  bridge: TestBridge;
  tasks: number;
  seed: number;
  onProgress?: (tasks: number) => void;
}

export interface TaskProofResult {
  tasks: number;
  /** `completed`, `failed`. */
  ends: Tally;
  /** Times that a runner died and its journal was opened again. */
  deaths: number;
  /** Calls of handlers, including repetitions. */
  calls: number;
  faults: Tally;
}

const TASKS_PER_ROUND = 50;
const ROUNDS_AT_A_TIME = 4;
const MOST_LIVES = 12;
const LEASE_SECONDS = 5;
const END_LIMIT_MS = 1_800_000;
const FAST = { minDelaySeconds: 0.001, maxDelaySeconds: 0.004 };

/** Carries out tasks under random faults and deaths, round after round. Throws at the first thing that is wrong. */
export async function proveTasks({ bridge, tasks, seed, onProgress }: TaskProofOptions): Promise<TaskProofResult> {
  const result: TaskProofResult = { tasks: 0, ends: new Tally(), deaths: 0, calls: 0, faults: new Tally() };
  const rounds = Math.ceil(tasks / TASKS_PER_ROUND);
  await Promise.all(
    Array.from({ length: ROUNDS_AT_A_TIME }, async (_, first) => {
      for (let round = first; round < rounds; round += ROUNDS_AT_A_TIME) {
        const wrong = await new TaskRound(bridge, new Chance(`${seed} tasks ${round}`), result).play();
        if (wrong.length > 0) throw new Error(`seed ${seed}, round ${round}:\n${wrong.slice(0, 10).join("\n")}`);
        onProgress?.(result.tasks);
      }
    }),
  );
  return result;
}

/** One line about all tasks. */
export function describeTasks({ tasks, ends, deaths, calls, faults }: TaskProofResult): string {
  return `${tasks} tasks (${ends.describe()}) by ${calls} calls of handlers, ${deaths} deaths of runners; ${faults.total} faults: ${faults.describe()}`;
}

interface LifeOptions extends Omit<TaskRunOptions, "journal" | "connection"> {
  connect: () => Promise<Connection>;
}

class TaskRound {
  readonly #bridge: TestBridge;
  readonly #chance: Chance;
  readonly #result: TaskProofResult;
  readonly #upstream: Upstream;
  readonly #wrong: string[] = [];
  /** Tasks with their outcome on the disk, with their intent on the disk, and with a called handler. */
  readonly #known = new Map<string, "completed" | "failed">();
  readonly #begun = new Set<string>();
  readonly #executed = new Set<string>();
  #rate = 0;
  #life = new Life(Infinity, () => undefined);

  constructor(bridge: TestBridge, chance: Chance, result: TaskProofResult) {
    this.#bridge = bridge;
    this.#chance = chance;
    this.#result = result;
    this.#upstream = createUpstream(20, 5, chance);
  }

  /** Returns what was wrong. */
  async play(): Promise<string[]> {
    const { client } = this.#bridge;
    const chance = this.#chance;
    const hasClaims = chance.happens("claims", 0.8);
    const upstream = mortalResponse(
      respondFrom(this.#upstream, "cursor", () => ({ chance, driftRate: 0, lieRate: 0 })),
      () => this.#life,
    );
    const faultyUpstream = withFaults(upstream, () => this.#faults(FAULTS, "system"));
    // Each life is a new process that shares nothing with the one before.
    const connect = () =>
      connectUpstream({
        list: "cursor",
        limit: 100,
        respond: faultyUpstream,
        onHandler: (context) => this.#begin(context),
      });
    const connection = await connect();
    const respond = async (request: Request) =>
      (hasClaims ? undefined : withoutClaims(request)) ?? this.#bridge.fetch(request);
    const faulty = withFaults(
      mortalResponse(respond, () => this.#life),
      () => this.#faults(TASK_FAULTS, "Bridge"),
    );
    const bridge = this.#bridge.connect((input, init) => faulty(new Request(input, init)));

    const { id: appId } = await client.createApp({ name: "Tasks" });
    await registerResourceTypes(client, appId, connection.connector);
    await runSync({ bridge: client, appId, connection });
    const before = new Map(this.#upstream.people);
    const created = new Map<string, Task>();
    for (const task of this.#drawTasks()) {
      const made = await client.createTask(appId, task);
      created.set(made.id, made);
    }

    const folder = await mkdtemp(join(tmpdir(), "bridgekit-faults-"));
    try {
      await this.#live(folder, {
        bridge,
        appId,
        connect,
        concurrency: 1 + chance.below("concurrency", 8),
        retry: { retries: 4, ...FAST },
        taskRetry: { budgetSeconds: 20, ...FAST },
        verifyDelaySeconds: 0.001,
        leaseSeconds: LEASE_SECONDS,
        stopGraceSeconds: 0,
      });
    } finally {
      await rm(folder, { recursive: true });
    }
    for await (const task of client.listTasks(appId, { pageSize: 100 })) created.set(task.id, task);
    return [...this.#wrong, ...this.#check([...created.values()], before)];
  }

  /** Lives one after another under faults, then without faults until no task is open. */
  async #live(folder: string, options: LifeOptions): Promise<void> {
    const chance = this.#chance;
    this.#rate = chance.pick("rate", [0.02, 0.1, 0.25]);
    let life = 0;
    const next = async (steps: number) => {
      const path = join(folder, `${life}.jsonl`);
      const copy = () => copyFileSync(path, join(folder, `${++life}.jsonl`));
      this.#life = new Life(steps, copy);
      const error = await this.#liveOnce(path, options);
      if (this.#life.signal.aborted) this.#result.deaths++;
      else copy();
      return error;
    };
    while (life < MOST_LIVES && this.#known.size < TASKS_PER_ROUND) {
      // A Bridge that keeps failing ends a run, and the next one goes on.
      await next(chance.happens("immortal", 0.05) ? Infinity : chance.below("steps", 300));
    }
    this.#rate = 0;
    const deadline = performance.now() + END_LIMIT_MS;
    for (;;) {
      const error = await next(Infinity);
      if (error) throw error;
      const pending = await Array.fromAsync(this.#bridge.client.listTasks(options.appId, { pageSize: 100 }));
      const isDone = pending.every(({ status }) => status === "completed" || status === "failed");
      if (isDone || performance.now() > deadline) return;
      // A task that a dead runner had claimed and not begun is free once its lease has ended.
      await sleep(500);
    }
  }

  async #liveOnce(path: string, { connect, ...options }: LifeOptions): Promise<Error | undefined> {
    await using file = await openFileJournal(path);
    for (const entry of file.entries()) this.#note(entry);
    const journal = mortalJournal(file, this.#life, (entry) => this.#note(entry));
    try {
      await runTasks({ ...options, connection: await connect(), journal, signal: this.#life.signal });
      return undefined;
    } catch (error) {
      return error as Error;
    }
  }

  #faults(faults: typeof FAULTS | typeof TASK_FAULTS, side: string) {
    const onFault = (name: string) => this.#result.faults.add(`${side}: ${name}`);
    return { faults, chance: this.#chance, rate: this.#rate, onFault };
  }

  #note(entry: { taskId: string; state: string; outcome?: { status: "completed" | "failed" } }): void {
    if (entry.outcome) this.#known.set(entry.taskId, entry.outcome.status);
    else this.#begun.add(entry.taskId);
  }

  #begin({ taskId, interruptedAt }: TaskContext<Http>): void {
    this.#result.calls++;
    if (this.#life.signal.aborted) return;
    if (this.#known.has(taskId)) this.#wrong.push(`task ${taskId} was executed although its outcome was on the disk`);
    if (!this.#begun.has(taskId)) this.#wrong.push(`task ${taskId} was executed before its intent was on the disk`);
    if (this.#executed.has(taskId) && !interruptedAt)
      this.#wrong.push(`task ${taskId} was executed again without interruptedAt`);
    this.#executed.add(taskId);
  }

  #drawTasks(): TaskCreate[] {
    const chance = this.#chance;
    const accounts = [...this.#upstream.people.values()].slice(0, 15).map(({ id, email }) => ({ id, email }));
    const team = () => ({ id: `t${chance.below("team", 5)}` });
    return Array.from({ length: TASKS_PER_ROUND }, (_, n): TaskCreate => {
      const account = chance.pick("account", accounts);
      switch (chance.below("action", 6)) {
        case 0: {
          const wished = { id: `wished-${n}`, email: `new${n}@example.com` };
          accounts.push(wished);
          return { action: "create_account", payload: { account: wished, memberships: { team: [team()] } } };
        }
        case 1:
          return { action: "delete_account", payload: { account } };
        case 2:
          return { action: "unsuspend_account", payload: { account } };
        case 3:
          return {
            action: "update_account",
            payload: { account, changes: { team: { added: [team()], removed: [] } } },
          };
        default:
          return { action: "suspend_account", payload: { account } };
      }
    });
  }

  #check(tasks: readonly Task[], before: Upstream["people"]): string[] {
    const result = this.#result;
    const wrong = findUnexpected(before, tasks, this.#upstream);
    for (const { id, action, status, payload, result: reported } of tasks) {
      result.tasks++;
      result.ends.add(status);
      if (status !== "completed" && status !== "failed") wrong.push(`task ${id} is ${status} at the end`);
      else if (this.#known.get(id) !== status)
        wrong.push(`task ${id} is ${status}, and ${this.#known.get(id)} in the journal`);
      const { email } = payload.account;
      const times = this.#upstream.created.filter((address) => address === email).length;
      if (action !== "create_account") continue;
      if (times > 1) wrong.push(`${email} was created ${times} times`);
      if (status === "completed" && reported?.account?.id === undefined)
        wrong.push(`the id of ${email} was not reported`);
    }
    return wrong;
  }
}
