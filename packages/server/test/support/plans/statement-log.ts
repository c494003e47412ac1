import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";

export interface Statement {
  text: string;
  values: readonly unknown[];
}

// The statements of the job engine are not the server's.
const OURS = /^\s*(?:\/\*.*?\*\/)?\s*(?:with|select|insert|update|delete)\b(?!.*\bpgboss\b)/is;

/** Every statement of the server that reaches a database while the log is open, each text once. */
export class StatementLog implements Disposable {
  readonly #statements = new Map<string, Statement>();
  readonly #undo = [this.#listen(Client.prototype), this.#listen(PGlite.prototype)];

  get statements(): Statement[] {
    return [...this.#statements.values()];
  }

  [Symbol.dispose](): void {
    for (const undo of this.#undo) undo();
  }

  /** Wraps a driver's method; returns a function that restores it. */
  #listen(driver: { query: (...args: any[]) => any }): () => void {
    const { query } = driver;
    const note = (args: readonly any[]) => this.#note(args);
    driver.query = function (this: unknown, ...args: any[]) {
      note(args);
      return query.apply(this, args);
    };
    return () => (driver.query = query);
  }

  /** A driver accepts a text and its values, or both in an object. */
  #note([first, second]: readonly any[]): void {
    const { text, values } = typeof first === "string" ? { text: first, values: second } : first;
    if (typeof text !== "string" || !OURS.test(text)) return;
    this.#statements.set(text, { text, values: Array.isArray(values) ? values : [] });
  }
}
