import { connect } from "node:net";
import { Client, type ClientConfig } from "pg";
import { CallerGoneError, currentCaller } from "./caller.ts";
import { preparedName } from "./prepared.ts";
import { isLostStatement, isReadOnlyError, isStaleStatement } from "./transient-error.ts";
import { PATIENT } from "./tune.ts";

// No statement of the Bridge takes this long, whatever the size of its tables.
const PATIENT_TIMEOUT_MS = 3_600_000;

const CANCEL_TIMEOUT_MS = 5_000;
// "Message Formats" of PostgreSQL: CancelRequest.
const CANCEL_CODE = 80_877_102;

const BEGIN = /^(?:begin|start transaction)\b/;

/** Whether connections keep prepared statements; a pooler that gives them to others between transactions does not. */
export interface Preparing {
  isPossible: boolean;
}

/**
 * A connection that prepares the statements marked by `prepared`. It is dropped if it no longer responds: a firewall
 * that has forgotten it drops every packet, and the pool would hand it out again and again. Reads are cancelled when
 * their client goes.
 */
export class BridgeClient extends Client {
  /** In a transaction whose statements may take as long as they need. */
  #isPatient = false;
  #isInTransaction = false;
  /** Why it is to be discarded after its transaction. */
  #unfit: string | undefined;
  readonly #preparing: Preparing;

  constructor({ preparing = { isPossible: true }, ...config }: ClientConfig & { preparing?: Preparing } = {}) {
    super(config);
    this.#preparing = preparing;
  }

  // The driver has many signatures; those of Kysely (text and values) and of the pool (with a callback) are handled.
  override query(...args: any[]): any {
    const [text, values] = args;
    const query = super.query.bind(this) as (...args: any[]) => any;
    if (typeof text !== "string") return query(...args);
    const done = args.at(-1);
    if (typeof done === "function")
      return query(...args.slice(0, -1), (error: Error | undefined, result: unknown) => {
        if (error) this.#judge(error);
        done(error, result);
      });
    if (text === PATIENT) this.#isPatient = true;
    if (BEGIN.test(text)) this.#isInTransaction = true;
    const isEnd = text === "commit" || text === "rollback";
    if (isEnd) this.#isPatient = false;
    const caller = currentCaller();
    const gone = caller?.isReading && !isEnd ? caller.gone : undefined;
    if (gone?.aborted) return Promise.reject(new CallerGoneError());
    const name = this.#preparing.isPossible ? preparedName(text) : undefined;
    const send = (): Promise<unknown> =>
      query({
        ...(name !== undefined && { name }),
        ...(this.#isPatient && { query_timeout: PATIENT_TIMEOUT_MS }),
        text,
        values,
      });
    const sent = (gone === undefined ? send() : this.#sendUntil(gone, send)).catch((error: Error) => {
      this.#judge(error);
      throw error;
    });
    return isEnd ? sent.finally(() => this.#endTransaction()) : sent;
  }

  /** Drops the connection where an error says that another one would do better. */
  #judge(error: Error): void {
    if (isLostStatement(error)) this.#preparing.isPossible = false;
    if (error.message === "Query read timeout") this.discard("it does not respond");
    else if (isStaleStatement(error)) this.#replace("its prepared statements are out of date");
    else if (isReadOnlyError(error)) this.#replace("its server allows no changes, like the standby after a failover");
  }

  /** Discards the connection after its transaction, whose end would otherwise hide the error. */
  #replace(reason: string): void {
    if (this.#isInTransaction) this.#unfit = reason;
    else this.discard(reason);
  }

  #endTransaction(): void {
    this.#isInTransaction = false;
    if (this.#unfit !== undefined) this.discard(this.#unfit);
  }

  async #sendUntil(gone: AbortSignal, send: () => Promise<unknown>): Promise<unknown> {
    const cancel = () => {
      this.#cancel();
    };
    gone.addEventListener("abort", cancel, { once: true });
    try {
      return await send();
    } catch (error) {
      throw gone.aborted ? new CallerGoneError() : error;
    } finally {
      gone.removeEventListener("abort", cancel);
      // A cancellation may arrive late and must not hit another caller's statement.
      if (gone.aborted) void this.end();
    }
  }

  /**
   * Asks the database to cancel the statement of this connection, by a request without a response on another
   * connection.
   */
  #cancel(): void {
    // Missing in @types/pg; the driver's own `cancel` reads them, but does not support TLS.
    const { host, port, processID, secretKey } = this as unknown as Cancellable;
    const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    socket.setTimeout(CANCEL_TIMEOUT_MS, () => socket.destroy());
    // The statement then runs until its time limit.
    socket.on("error", () => {});
    const message = Buffer.alloc(16);
    for (const [index, number] of [message.length, CANCEL_CODE, processID, secretKey].entries())
      message.writeInt32BE(number, index * 4);
    socket.end(message);
  }

  /** Ends the connection without waiting for the other side. */
  discard(reason: string): void {
    // Missing in @types/pg; the driver ends connections that can't be set up like this.
    const { connection } = this as unknown as { connection: { stream: { destroy(error: Error): void } } };
    connection.stream.destroy(new Error(`The connection to the database was dropped: ${reason}.`));
  }
}

interface Cancellable {
  host: string;
  port: number;
  processID: number;
  secretKey: number;
}
