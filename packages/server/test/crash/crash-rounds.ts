import { createDatabaseAt, type DatabaseKind, type DatabasePlaces } from "../support/database-places.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";
import { type Acknowledged, Connector, LostResponseError } from "./connector.ts";

const CONNECTORS = 8;
const ORG = "main";
const LONGEST_DELAY_MS = 2_000;

export interface CrashOptions {
  places: DatabasePlaces;
  kind: DatabaseKind;
  rounds: number;
  log: (line: string) => void;
}

export interface CrashResult extends Acknowledged {
  rounds: number;
  /** Calls during which the server died. */
  lost: number;
  /** Connectors that had ended a session and not seen it reconciled when the server died. */
  due: number;
  /** Compared live records. */
  records: number;
}

/**
 * Kills a server under load and starts it again on the same data, round after round. Throws at the first acknowledged
 * thing that is missing or partial.
 */
export async function runCrashRounds({ places, kind, rounds, log }: CrashOptions): Promise<CrashResult> {
  const { database, drop } = await createDatabaseAt(places, kind);
  let server: ServerProcess = await startServer(database, ORG);
  const send = async (method: string, path: string, body?: unknown) => call(server, method, path, body);
  const connectors = Array.from({ length: CONNECTORS }, (_, index) => new Connector(`app${index}`, send));
  const total: CrashResult = {
    rounds: 0,
    pages: 0,
    completes: 0,
    abandons: 0,
    reports: 0,
    lost: 0,
    due: 0,
    records: 0,
  };
  try {
    await Promise.all(connectors.map((connector, index) => connector.setUp(index)));
    for (let round = 1; round <= rounds; round++) {
      const { delayMs, lost } = await loadAndKill(server, connectors);
      server = await startServer(database, ORG);
      const verified = await Promise.all(connectors.map((connector) => connector.verify()));
      const due = verified.filter(({ wasDue }) => wasDue).length;
      const records = verified.reduce((sum, each) => sum + each.records, 0);
      const acknowledged = takeAcknowledged(connectors);
      add(total, { ...acknowledged, rounds: 1, lost, due, records });
      const { pages, completes, abandons, reports } = acknowledged;
      log(
        `${kind} round ${round} of ${rounds}: killed ${delayMs} ms after a complete; ${pages} pages, ${completes} completes, ` +
          `${abandons} abandons, ${reports} reports acknowledged; ${lost} responses lost, ${due} reconciliations not yet seen; ${records} records as they must be`,
      );
    }
  } finally {
    await server.kill();
    await drop();
  }
  return total;
}

/** One line about all rounds. */
export function describeCrashes({
  rounds,
  pages,
  completes,
  abandons,
  reports,
  lost,
  due,
  records,
}: CrashResult): string {
  return (
    `${rounds} rounds: ${pages} pages, ${completes} completes, ${abandons} abandons and ${reports} reports acknowledged, ` +
    `${lost} responses lost, ${due} reconciliations not yet seen at the kill, ${records} records compared, nothing missing`
  );
}

/** Lets all connectors work, and kills the server at a random moment after one of them completed a session. */
async function loadAndKill(
  server: ServerProcess,
  connectors: readonly Connector[],
): Promise<{ delayMs: number; lost: number }> {
  const { promise: completed, resolve: onComplete } = Promise.withResolvers<void>();
  const working = connectors.map((connector) => connector.work(onComplete));
  const settled = Promise.allSettled(working);
  // A connector that fails for any other reason than the kill ends the round at once.
  await Promise.race([completed, ...working.map((work) => work.catch(() => {}))]);
  const delayMs = Math.round(Math.random() * LONGEST_DELAY_MS);
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  await server.kill();
  const failures = (await settled).flatMap((result) =>
    result.status === "rejected" ? [result.reason as unknown] : [],
  );
  const broken = failures.find((error) => !(error instanceof LostResponseError));
  if (broken !== undefined) throw broken;
  return { delayMs, lost: failures.length };
}

async function call({ url, key }: ServerProcess, method: string, path: string, body?: unknown) {
  try {
    const response = await fetch(`${url}/org/${ORG}/api/v1/bridge${path}`, {
      method,
      headers: { authorization: `Api-Key ${key}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? undefined : JSON.parse(text) };
  } catch (error) {
    throw new LostResponseError(`${method} ${path} got no response.`, { cause: error });
  }
}

function takeAcknowledged(connectors: readonly Connector[]): Acknowledged {
  const sum: Acknowledged = { pages: 0, completes: 0, abandons: 0, reports: 0 };
  for (const connector of connectors) {
    add(sum, connector.acknowledged);
    connector.acknowledged = { pages: 0, completes: 0, abandons: 0, reports: 0 };
  }
  return sum;
}

function add<Sums extends object>(sums: Sums, more: Sums): void {
  for (const name of Object.keys(sums) as (keyof Sums)[]) (sums[name] as number) += more[name] as number;
}
