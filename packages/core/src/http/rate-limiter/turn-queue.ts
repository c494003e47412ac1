import type { Queue, QueueAddOptions } from "p-queue";

type Run = () => Promise<unknown>;

export interface TurnOptions extends QueueAddOptions {
  /** Connections take turns within a priority. */
  connection: object;
}

/** The calls that wait for a host: higher priorities first. Within a priority the connections take turns, call by call. */
export class TurnQueue implements Queue<Run, TurnOptions> {
  /** By priority, then by connection in the order of their turns. */
  readonly #waiting = new Map<number, Map<object, Run[]>>();
  size = 0;

  enqueue(run: Run, { priority = 0, connection = this }: Partial<TurnOptions> = {}): void {
    const turns = this.#waiting.get(priority) ?? new Map<object, Run[]>();
    this.#waiting.set(priority, turns);
    const calls = turns.get(connection);
    if (calls) calls.push(run);
    else turns.set(connection, [run]);
    this.size++;
  }

  dequeue(): Run | undefined {
    if (this.size === 0) return undefined;
    const priority = Math.max(...this.#waiting.keys());
    const turns = this.#waiting.get(priority)!;
    const [connection, calls] = turns.entries().next().value!;
    const run = calls.shift();
    turns.delete(connection);
    if (calls.length > 0) turns.set(connection, calls);
    else if (turns.size === 0) this.#waiting.delete(priority);
    this.size--;
    return run;
  }

  /** Removes a call that was aborted. */
  remove(given: unknown): void {
    for (const [priority, turns] of this.#waiting)
      for (const [connection, calls] of turns) {
        const index = calls.findIndex((run) => run === given);
        if (index === -1) continue;
        calls.splice(index, 1);
        if (calls.length === 0) turns.delete(connection);
        if (turns.size === 0) this.#waiting.delete(priority);
        this.size--;
        return;
      }
  }

  filter({ priority = 0 }: Readonly<Partial<TurnOptions>>): Run[] {
    return [...(this.#waiting.get(priority)?.values() ?? [])].flat();
  }

  setPriority(): never {
    throw new Error("A call keeps its priority.");
  }
}
