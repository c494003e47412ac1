import { Client } from "pg";
import { preparedName } from "./prepared.ts";
import { PATIENT } from "./tune.ts";

// No statement of ours takes so long, whatever the size of its tables.
const PATIENT_TIMEOUT_MS = 3_600_000;

/**
 * A connection that prepares the statements marked by `prepared`, and that is dropped where nothing is heard on it: a
 * firewall that has forgotten it swallows every question, and the pool would hand it out again and again.
 */
export class BridgeClient extends Client {
  /** Within a transaction whose statements may take as long as they need. */
  #isPatient = false;

  // The driver calls it in many shapes; only that of Kysely, text and values, is looked at.
  override query(...args: any[]): any {
    const [text, values] = args;
    const query = super.query.bind(this) as (...args: any[]) => any;
    if (typeof text !== "string" || typeof args.at(-1) === "function") return query(...args);
    if (text === PATIENT) this.#isPatient = true;
    if (text === "commit" || text === "rollback") this.#isPatient = false;
    const name = preparedName(text);
    const result: Promise<unknown> = query({
      ...(name !== undefined && { name }),
      ...(this.#isPatient && { query_timeout: PATIENT_TIMEOUT_MS }),
      text,
      values,
    });
    return result.catch((error: Error) => {
      if (error.message === "Query read timeout") this.discard("nothing was heard on it");
      throw error;
    });
  }

  /** Ends the connection without asking the other side. */
  discard(reason: string): void {
    // @types/pg leaves it out; the driver itself ends a connection like this that can't be set up.
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(new Error(`The connection to the database was dropped: ${reason}.`));
  }
}
