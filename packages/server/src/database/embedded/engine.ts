import type { PGlite, Results } from "@electric-sql/pglite";
import { preparedName } from "../prepared.ts";
import { adviseOn, DatabaseFailure, toError } from "./database-failure.ts";
import { PreparedStatements } from "./prepared-statements.ts";

/**
 * PGlite, not used again once it has failed. PostgreSQL recovers from a full disk by ending the failed process and
 * starting another. In this process nothing can end it, and the next statement may loop for ever.
 */
export class Engine {
  readonly #pglite: PGlite;
  readonly #statements: PreparedStatements;
  readonly #onFailure: (failure: DatabaseFailure) => void;
  #failure: DatabaseFailure | undefined;

  constructor(pglite: PGlite, onFailure: (failure: DatabaseFailure) => void) {
    this.#pglite = pglite;
    this.#statements = new PreparedStatements(pglite);
    this.#onFailure = onFailure;
  }

  get failure(): DatabaseFailure | undefined {
    return this.#failure;
  }

  query<Row = any>(text: string, values?: unknown[]): Promise<Results<Row>> {
    const name = preparedName(text);
    return this.#guard(() =>
      name === undefined
        ? this.#pglite.query<Row>(text, values)
        : this.#statements.query<Row>(name, text, values ?? []),
    );
  }

  exec(text: string): Promise<Results[]> {
    return this.#guard(() => this.#pglite.exec(text));
  }

  listen(channel: string, onNotice: (payload: string) => void): Promise<() => Promise<void>> {
    return this.#guard(() => this.#pglite.listen(channel, onNotice));
  }

  async close(): Promise<void> {
    if (this.#failure === undefined) await this.#pglite.close();
  }

  async #guard<T>(run: () => Promise<T>): Promise<T> {
    if (this.#failure) throw this.#failure;
    try {
      return await run();
    } catch (error) {
      if (this.#failure === undefined && isEnd(error)) {
        this.#failure = new DatabaseFailure(describe(toError(error)), { cause: error });
        this.#onFailure(this.#failure);
      }
      throw this.#failure ?? error;
    }
  }
}

// PostgreSQL, appendix A: class 53 is "insufficient resources".
const NO_RESOURCES = /^53[0-9A-Z]{3}$/;

/** PostgreSQL ran out of a resource, ended itself, or its WebAssembly or its file system trapped. */
function isEnd(error: unknown): boolean {
  if (error instanceof RangeError) return true;
  const { code, severity, name } = (error ?? {}) as { code?: unknown; severity?: unknown; name?: unknown };
  if (name === "ExitStatus" || name === "RuntimeError" || name === "ErrnoError") return true;
  return (typeof code === "string" && NO_RESOURCES.test(code)) || severity === "PANIC" || severity === "FATAL";
}

function describe(error: Error): string {
  return `The embedded database failed (${error.message}) and can't be used any more. ${adviseOn(error)}; acknowledged changes are kept.`;
}
