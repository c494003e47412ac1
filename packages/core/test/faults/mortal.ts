import type { OpenJournal, Journal, JournalEntry } from "../../src/run.ts";
import type { Respond } from "./faulty-fetch.ts";

/** One life of a runner that dies at a step: nothing it does afterwards reaches the disk or another system. */
export class Life {
  readonly #dying = new AbortController();
  readonly #onDeath: () => void;
  #steps: number;

  /** `onDeath` sees the disk as the next life finds it. */
  constructor(steps: number, onDeath: () => void) {
    this.#steps = steps;
    this.#onDeath = onDeath;
  }

  /** Aborts at the death. */
  get signal(): AbortSignal {
    return this.#dying.signal;
  }

  /** A step of the outside world; the runner may die before and after it. */
  async live<T>(step: () => Promise<T>): Promise<T> {
    this.#stepOn();
    const result = await step();
    this.#stepOn();
    return result;
  }

  #stepOn(): void {
    if (!this.signal.aborted && --this.#steps < 0) {
      this.#onDeath();
      this.#dying.abort(new Error("the process died"));
    }
    this.signal.throwIfAborted();
  }
}

export function mortalResponse(respond: Respond, life: () => Life): Respond {
  return (request) => life().live(() => respond(request));
}

/** The journal of one life. `onWritten` is called with each entry on disk. */
export function mortalJournal(journal: OpenJournal, life: Life, onWritten: (entry: JournalEntry) => void): Journal {
  return {
    runner: journal.runner,
    get: (taskId) => journal.get(taskId),
    entries: () => journal.entries(),
    write: (entry) =>
      life.live(async () => {
        await journal.write(entry);
        // What was in flight at the death does not arrive.
        life.signal.throwIfAborted();
        onWritten(entry);
      }),
  };
}
