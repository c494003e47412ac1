import { Client } from "pg";

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 5_000;

export interface Listener {
  onNotice: (payload: string) => void;
  /** Notifications in between are lost: check for changes. */
  onGap: () => void;
}

/** Calls the listener with every committed notification on the channel. */
export type Listen = (channel: string, listener: Listener) => Promise<{ close(): Promise<void> }>;

/** Listens on its own connection and reopens it after it breaks. Rejects if the first one fails. */
export async function listenToPostgres(
  url: string,
  channel: string,
  { onNotice, onGap, onError }: Listener & { onError: (error: Error) => void },
): Promise<{ close(): Promise<void> }> {
  let current: Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failures = 0;
  let isClosed = false;

  async function connect(): Promise<void> {
    const client = new Client({
      connectionString: url,
      application_name: "bridge-listen",
      keepAlive: true,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
    });
    current = client;
    client.on("notification", ({ payload }) => onNotice(payload ?? ""));
    client.on("error", (error) => lose(client, error));
    client.on("end", () => lose(client, new Error("The listening connection was closed.")));
    await client.connect();
    await client.query(`listen ${client.escapeIdentifier(channel)}`);
    failures = 0;
    heartbeat(client);
  }

  // A query detects a connection that broke silently.
  function heartbeat(client: Client): void {
    if (current !== client) return;
    timer = setTimeout(() => {
      client.query("select 1").then(
        () => heartbeat(client),
        (error: Error) => lose(client, error),
      );
    }, HEARTBEAT_MS);
  }

  function lose(client: Client, error: Error): void {
    if (isClosed || current !== client) return;
    current = undefined;
    clearTimeout(timer);
    client.end().catch(() => {});
    onError(error);
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures++);
    timer = setTimeout(() => {
      connect().then(onGap, (reason: Error) => {
        if (current !== undefined) lose(current, reason);
      });
    }, delay);
  }

  try {
    await connect();
  } catch (error) {
    isClosed = true;
    await current?.end().catch(() => {});
    throw error;
  }
  return {
    async close() {
      isClosed = true;
      clearTimeout(timer);
      await current?.end().catch(() => {});
    },
  };
}
