import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

type Spawn = () => ChildProcess;

/** Processes that start again when they end, until the end. */
export class Processes {
  readonly #spawns: readonly Spawn[];
  readonly #children: (ChildProcess | undefined)[];
  #isOver = false;
  /** When one was killed, in milliseconds. */
  readonly killed: number[] = [];

  constructor(spawns: readonly Spawn[]) {
    this.#spawns = spawns;
    this.#children = spawns.map(() => undefined);
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

  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    this.#isOver = true;
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
