import { Client, Pool, type PoolClient, TypeOverrides, types } from "pg";

const ACQUIRE_TIMEOUT_MS = 10_000;
export const STATEMENT_TIMEOUT_MS = 30_000;
/**
 * A worker that is stopped amid a transaction, with its machine or alone, must not hold its locks for longer: the others
 * would wait for them.
 */
const IDLE_TRANSACTION_TIMEOUT_MS = 10_000;

// Generations are counters far below the limit of a number.
const typeParsers = new TypeOverrides();
typeParsers.setTypeParser(types.builtins.INT8, Number);

interface PoolOptions {
  url: string;
  connections: number;
  silenceMs: number;
  onError: (error: Error) => void;
}

/**
 * Opens connections of which those are dropped that no longer respond: a firewall that has forgotten one drops every packet,
 * and it would be used again and again. It has likely forgotten those too that were not in use.
 */
export function openPool({ url, connections, silenceMs, onError }: PoolOptions): Pool {
  const idle = new Set<PoolClient>();
  const pool = new Pool({
    connectionString: url,
    max: connections,
    types: typeParsers,
    Client: FleetClient,
    connectionTimeoutMillis: ACQUIRE_TIMEOUT_MS,
    query_timeout: silenceMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Not as startup parameters, which a pooler may refuse.
    onConnect: async (client) => {
      await client.query(`set statement_timeout = ${STATEMENT_TIMEOUT_MS}`);
      await client.query(`set idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_TIMEOUT_MS}`);
    },
  });
  pool.on("error", onError);
  pool.on("connect", (client) => {
    // A connection that breaks while it is in use would otherwise end the process.
    client.on("error", onError);
    if (client instanceof FleetClient) client.onSilence = () => idle.forEach(discard);
  });
  pool.on("acquire", (client) => idle.delete(client));
  pool.on("release", (_error, client) => idle.add(client));
  pool.on("remove", (client) => idle.delete(client));
  return pool;
}

class FleetClient extends Client {
  onSilence: (() => void) | undefined;

  // The driver has many signatures; a call without a callback returns a promise.
  override query(...args: any[]): any {
    const query = super.query.bind(this) as (...args: any[]) => any;
    if (typeof args.at(-1) === "function") return query(...args);
    return (query(...args) as Promise<unknown>).catch((error: Error) => {
      if (error.message === "Query read timeout") {
        discard(this);
        this.onSilence?.();
      }
      throw error;
    });
  }
}

/** Ends a connection without waiting for the other side. */
function discard(client: Client | PoolClient): void {
  // Missing in @types/pg; the driver ends connections that can't be set up like this.
  const { connection } = client as unknown as { connection: { stream: { destroy(error: Error): void } } };
  connection.stream.destroy(new Error("A connection to the fleet's database was dropped: it does not respond."));
}
