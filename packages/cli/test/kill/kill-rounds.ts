import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BridgeClient } from "@bridgekit/client";
import { serve } from "@bridgekit/server";
import { createTestBridge, type TestBridge } from "@bridgekit/server/testing";
import { fixture, startBridgeCommand, type Running } from "../support/bridgekit-command.ts";
import { Office, textOf } from "./office.ts";

export interface KillOptions {
  rounds: number;
  log: (line: string) => void;
}

export interface KillResult {
  rounds: number;
  tasks: number;
  /** Number of handler calls, repetitions included. */
  calls: number;
  /** Sessions open when the runner died, and tasks whose handler had started or whose outcome was unreported. */
  openSessions: number;
  openTasks: number;
  /** Compared live records. */
  records: number;
}

const PEOPLE = 350;
const TASKS_PER_ROUND = 6;
const MOST_CALLS_BEFORE_KILL = 90;
const LONGEST_DELAY_MS = 30;
const END_LIMIT_MS = 1_800_000;
// Tasks that a dead runner claimed but did not start are free once the lease expires.
const LEASE_MS = 90_000;

/** How far the clock of the Bridge is ahead. */
interface Clock {
  aheadMs: number;
}

/**
 * Kills `bridgekit run` at random moments of its syncs and tasks and starts it again on the same state. Throws at the first
 * thing that is not as it must be: somebody who is removed or was never there, or a task that was done twice or is lost.
 */
export async function runKillRounds({ rounds, log }: KillOptions): Promise<KillResult> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-kill-"));
  const clock: Clock = { aheadMs: 0 };
  const now = () => new Date(Date.now() + clock.aheadMs);
  const core = await createTestBridge({ now });
  try {
    await using trial = await Trial.open(core, folder, clock);
    for (let round = 1; round <= rounds; round++)
      log(`round ${round} of ${rounds}: ${await trial.playRound(round % 5 === 1)}`);
    await trial.end();
    return { ...trial.result, rounds };
  } finally {
    await core.close();
    await rm(folder, { recursive: true });
  }
}

/** Summarizes all rounds in one line. */
export function describeKills({ rounds, tasks, calls, openSessions, openTasks, records }: KillResult): string {
  return (
    `${rounds} kills: ${openSessions} with a session open, ${openTasks} tasks cut off; ${tasks} tasks by ${calls} calls of ` +
    `handlers, none done twice or lost; ${records} live records compared, nobody removed`
  );
}

class Trial implements AsyncDisposable {
  readonly office = new Office();
  readonly result = { tasks: 0, calls: 0, openSessions: 0, openTasks: 0, records: 0 };
  /** Tasks whose outcome was in the journal when a runner died, and their outcomes. */
  readonly #known = new Map<string, string>();
  readonly #tasks = new Set<string>();
  readonly #wrong: string[] = [];
  readonly #folder: string;
  readonly #clock: Clock;
  #bridge!: BridgeClient;
  #appId = "";
  #env: NodeJS.ProcessEnv = {};
  #closing: AsyncDisposable[] = [];
  #onCall: (request: Request) => Promise<void> | void = () => undefined;
  #running: Running | undefined;
  #hires = 0;

  private constructor(folder: string, clock: Clock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  static async open(core: TestBridge, folder: string, clock: Clock): Promise<Trial> {
    const trial = new Trial(folder, clock);
    const counted = (answer: (request: Request) => Promise<Response>) => async (request: Request) => {
      await trial.#onCall(request);
      return answer(request);
    };
    const beginStop = () => undefined;
    const answer = (request: Request) => trial.office.answer(request, (taskId) => trial.#begin(taskId));
    const office = await serve({ fetch: counted(answer), beginStop }, { port: 0, drainMs: 0 });
    const server = await serve(
      { fetch: counted(async (request) => core.fetch(request)), beginStop: () => core.beginStop() },
      { port: 0, drainMs: 0 },
    );
    trial.#closing = [server, office];
    const { url, apiKey, client } = await core.openOrg({ origin: server.url });
    trial.#env = { BRIDGE_URL: url, BRIDGE_API_KEY: apiKey, OFFICE_URL: office.url, STATE_DIR: folder };
    // Calls of this client do not go through the office's counter.
    trial.#bridge = client;
    for (let n = 0; n < PEOPLE; n++) trial.office.add(`p${n}@example.com`);
    await trial.#syncOnce();
    for await (const app of trial.#bridge.listApps()) trial.#appId = app.id;
    // The guard would hide the removals that this proof looks for.
    await trial.#bridge.updateApp(trial.#appId, { removal_guard: null });
    return trial;
  }

  /** Lets the runner live for a while, kills it and checks everything. Returns what it was doing. */
  async playRound(isInPush: boolean): Promise<string> {
    // The runner restarts at once or after a while.
    if (Math.random() < 0.5) this.#clock.aheadMs += LEASE_MS;
    await this.#createTasks();
    const stayed = new Set(this.office.people.keys());
    const before = await this.#active();
    const kill = isInPush ? this.#killInPush() : this.#killAnywhere();
    this.#start();
    const moment = await kill;

    const open = (await this.#sessionStates()).filter((status) => status === "in_progress").length;
    const interrupted = await this.#readJournal();
    this.result.openSessions += open;
    this.result.openTasks += interrupted;
    const live = await this.#active();
    for (const text of live.values())
      if (!this.office.ever.has(text)) this.#wrong.push(`${text} is live and never was so`);
    for (const id of before.keys())
      if (stayed.has(id) && this.office.people.has(id) && !live.has(id))
        this.#wrong.push(`${id} was there all the time and is removed`);
    this.result.records += live.size;
    this.#throwWrong();
    return `killed ${moment}; ${open} sessions open, ${interrupted} tasks cut off, ${live.size} records as they must be`;
  }

  /** Lets a runner finish everything; then both sides must be equal. */
  async end(): Promise<void> {
    this.#clock.aheadMs += LEASE_MS;
    const running = this.#start();
    const deadline = performance.now() + END_LIMIT_MS;
    while ((await this.#openTasks()).length > 0) {
      if (performance.now() > deadline) throw new Error(`Tasks are left: ${(await this.#openTasks()).join(", ")}`);
      await sleep(200);
    }
    running.process.kill("SIGTERM");
    await running.finished;
    await this.#readJournal();
    await this.#syncOnce();
    const live = await this.#active();
    for (const person of this.office.people.values())
      if (live.get(person.id) !== textOf(person))
        this.#wrong.push(`${textOf(person)} is live as ${live.get(person.id)}`);
    for (const id of live.keys()) if (!this.office.people.has(id)) this.#wrong.push(`${id} is live and gone`);
    await this.#checkTasks();
    this.#throwWrong();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#running?.kill();
    for (const server of this.#closing) await server[Symbol.asyncDispose]();
  }

  #start(): Running {
    this.#running = startBridgeCommand(["run", "--config", fixture("kill")], this.#env);
    return this.#running;
  }

  async #syncOnce(): Promise<void> {
    const { code, stdout, stderr } = await startBridgeCommand(["sync", "--config", fixture("kill")], this.#env)
      .finished;
    if (code !== 0) throw new Error(`A sync in peace ended with ${code}:\n${stdout}${stderr}`);
  }

  async #killAnywhere(): Promise<string> {
    const calls = Math.floor(Math.random() * MOST_CALLS_BEFORE_KILL);
    const delayMs = Math.round(Math.random() * LONGEST_DELAY_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    let count = 0;
    this.#onCall = () => void (count++ >= calls && resolve());
    await promise;
    await sleep(delayMs);
    await this.#running!.kill();
    return `${delayMs} ms after call ${calls}`;
  }

  /** Picks a moment while a pushed page awaits its response, when a session is certainly open. */
  #killInPush(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#onCall = async ({ method, url }) => {
        if (method !== "PUT" || !url.includes("/sync/")) return;
        await this.#running!.kill().then(() => resolve("during a push"), reject);
      };
    });
  }

  async #createTasks(): Promise<void> {
    const people = [...this.office.people.values()];
    for (let n = 0; n < TASKS_PER_ROUND; n++) {
      const { id, email } = people[Math.floor(Math.random() * people.length)]!;
      const isKnown = (await this.#active()).has(id);
      const hire = ++this.#hires;
      const action = n % 3 === 0 || !isKnown ? "create_account" : n % 3 === 1 ? "suspend_account" : "delete_account";
      const account =
        action === "create_account" ? { id: `new${hire}`, email: `new${hire}@example.com` } : { id, email };
      this.#tasks.add((await this.#bridge.createTask(this.#appId, { action, payload: { account } })).id);
    }
  }

  #begin(taskId: string): void {
    this.result.calls++;
    if (this.#known.has(taskId))
      this.#wrong.push(`task ${taskId} was executed although its outcome was in the journal`);
  }

  /** Reads the outcomes on disk; returns the number of started or unreported tasks. */
  async #readJournal(): Promise<number> {
    const text = await readFile(join(this.#folder, "journal", `${this.#appId}.jsonl`), "utf8").catch(() => "");
    // The last line may be incomplete.
    const lines = text
      .slice(0, text.lastIndexOf("\n") + 1)
      .split("\n")
      .filter(Boolean);
    const entries = lines.map(
      (line) => JSON.parse(line) as { taskId?: string; state: string; outcome?: { status: string } },
    );
    const states = new Map<string, string>();
    for (const { taskId, state, outcome } of entries) {
      if (taskId === undefined) continue;
      states.set(taskId, state);
      if (outcome) this.#known.set(taskId, outcome.status);
    }
    return [...states.values()].filter((state) => state !== "reported").length;
  }

  async #active(): Promise<Map<string, string>> {
    const active = new Map<string, string>();
    for await (const record of this.#bridge.listRecords(this.#appId, "account"))
      if (record.removed_at === null) active.set(record.data.id, textOf({ ...record.data, status: record.status }));
    return active;
  }

  async #sessionStates(): Promise<string[]> {
    const sessions = await Array.fromAsync(this.#bridge.listSyncs(this.#appId, { pageSize: 100 }));
    return sessions.slice(0, 1).map(({ status }) => status);
  }

  async #openTasks(): Promise<string[]> {
    const tasks = await Array.fromAsync(this.#bridge.listTasks(this.#appId, { pageSize: 100 }));
    return tasks.filter(({ status }) => status !== "completed" && status !== "failed").map(({ id }) => id);
  }

  async #checkTasks(): Promise<void> {
    const people = new Map([...this.office.people.values()].map((person) => [person.email, person]));
    for await (const { id, action, status, payload } of this.#bridge.listTasks(this.#appId, { pageSize: 100 })) {
      this.result.tasks++;
      this.#tasks.delete(id);
      const email = payload.account.email!;
      if (this.#known.get(id) !== status)
        this.#wrong.push(`task ${id} is ${status}, and ${this.#known.get(id)} in the journal`);
      const times = this.office.created.filter((address) => address === email).length;
      if (action === "create_account" && times !== 1) this.#wrong.push(`${email} was created ${times} times`);
      if (status !== "completed") continue;
      if (action === "delete_account" && people.has(email)) this.#wrong.push(`${email} is still there`);
      if (action === "suspend_account" && people.get(email)?.status === "active")
        this.#wrong.push(`${email} is active`);
    }
    for (const id of this.#tasks) this.#wrong.push(`task ${id} is lost`);
  }

  #throwWrong(): void {
    if (this.#wrong.length > 0) throw new Error(this.#wrong.slice(0, 10).join("\n"));
  }
}
