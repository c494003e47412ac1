import type { RunKind } from "../database/tables.ts";

interface RunFields {
  app: string;
  kind: RunKind;
  generation: number;
  job: { id: string; name: string };
}

/** A run in progress on this worker. */
export class LiveRun {
  readonly app: string;
  readonly kind: RunKind;
  readonly generation: number;
  readonly job: RunFields["job"];
  /** Why it was aborted: it is no longer ours (`lost`), or the worker ends (`stopped`). */
  abortedAs: "lost" | "stopped" | undefined;
  /** False once its end is being written: then it is missing among the runs in progress, and not lost. */
  isCounted = true;
  readonly #controller = new AbortController();
  readonly #loss = new AbortController();

  constructor({ app, kind, generation, job }: RunFields) {
    this.app = app;
    this.kind = kind;
    this.generation = generation;
    this.job = job;
  }

  get key(): string {
    return `${this.kind} ${this.generation} ${this.app}`;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts once the run is no longer ours. */
  get lossSignal(): AbortSignal {
    return this.#loss.signal;
  }

  lose(why: string): void {
    this.#abort("lost", why);
    // Also if it was stopping, and its tasks had some time left.
    this.#loss.abort(new Error(`The run was aborted: ${why}.`));
  }

  stop(): void {
    this.#abort("stopped", "the worker is stopping");
  }

  #abort(as: "lost" | "stopped", why: string): void {
    if (this.signal.aborted) return;
    this.abortedAs = as;
    this.#controller.abort(new Error(`The run was aborted: ${why}.`));
  }
}
