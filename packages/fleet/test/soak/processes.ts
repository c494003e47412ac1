import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

type Spawn = () => ChildProcess;

/** Processes that start again when they end, until the end; some stand still for a while. */
export class Processes {
  readonly #spawns: readonly Spawn[];
  readonly #children: (ChildProcess | undefined)[];
  #isOver = false;
  /** When one was killed, or stood still or went on, in milliseconds. */
  readonly killed: number[] = [];
  /** When one went on that had stood still. */
  readonly continued: number[] = [];
  /** Those that stand still, and what lets them go on. */
  readonly #stopped = new Map<ChildProcess, () => void>();

  constructor(spawns: readonly Spawn[]) {
    this.#spawns = spawns;
    this.#children = spawns.map(() => undefined);
    // Ctrl-C ends none that stands still.
    process.once("exit", () => this.#children.forEach((child) => child?.kill("SIGKILL")));
  }

  /** Resolves once each has printed its first line. */
  async start(): Promise<void> {
    await Promise.all(this.#spawns.map((_, index) => this.#start(index)));
  }

  /** Ends one of them. Returns its number. */
  kill(signal: NodeJS.Signals): number {
    const index = Math.floor(Math.random() * this.#children.length);
    this.killed.push(Date.now());
    this.#children[index]?.kill(signal);
    return index;
  }

  /** Lets one of them stand still, as a machine does whose disk hangs. Returns its number; undefined if it does already. */
  halt(milliseconds: number): number | undefined {
    const index = Math.floor(Math.random() * this.#children.length);
    const child = this.#children[index];
    if (!child || this.#stopped.has(child)) return undefined;
    this.killed.push(Date.now());
    child.kill("SIGSTOP");
    const goOn = () => {
      clearTimeout(timer);
      this.#stopped.delete(child);
      if (child.signalCode !== null) return;
      this.killed.push(Date.now());
      this.continued.push(Date.now());
      child.kill("SIGCONT");
    };
    const timer = setTimeout(goOn, milliseconds);
    this.#stopped.set(child, goOn);
    return index;
  }

  /** Lets all go on that stand still. */
  goOn(): void {
    for (const goOn of this.#stopped.values()) goOn();
  }

  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.#isOver = true;
    this.goOn();
    await Promise.all(
      this.#children.map(async (child) => {
        if (!child || child.exitCode !== null || child.signalCode !== null) return;
        child.kill(signal);
        await once(child, "exit");
      }),
    );
  }

  async #start(index: number): Promise<void> {
    const child = this.#spawns[index]!();
    this.#children[index] = child;
    const ready = once(child.stdout!, "data");
    child.once("exit", () => {
      if (this.#isOver) return;
      setTimeout(() => !this.#isOver && void this.#start(index), 200 + Math.random() * 1000);
    });
    await Promise.race([ready, once(child, "exit")]);
  }
}
