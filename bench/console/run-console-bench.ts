import { Client } from "pg";
import { percentile95 } from "../server/percentile.ts";
import { type BenchServer, startServer } from "../server/start-server.ts";
import { compareWithApi } from "./compare-with-api.ts";
import type { ConsoleCall } from "./console-call.ts";
import { fill, type Filled, keepSyncing } from "./fill.ts";
import { fillOnce } from "./fill-once.ts";
import { time } from "./measure.ts";
import { consoleCalls } from "./operations.ts";
import { readScans, scannedSince } from "./scans.ts";

export interface ConsoleBenchOptions {
  accounts: number;
  /** How often each call is made. */
  rounds: number;
  json: boolean;
  /** A folder whose database is filled the first time, and used again as it is later. */
  data: string | undefined;
  /** Leaves the server running until a signal, to look at the console. */
  isKept: boolean;
}

const LIMIT_MS = 100;
const WARM_UP_CALLS = 3;
/** How often the progress is printed. */
const TELL_MS = 10_000;

/** Measures every read of the console against a large database while a sync runs; returns whether each is fast enough. */
export async function runConsoleBench({ accounts, rounds, json, data, isKept }: ConsoleBenchOptions): Promise<boolean> {
  const started = performance.now();
  const tell = (text: string) => {
    if (!json) console.log(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${text}`);
  };
  await using server = await startServer("postgres", data);
  const client = new Client({ connectionString: server.databaseUrl });
  await client.connect();
  try {
    const filled = await fillOnce(data, accounts, () => fillAsTheServer(server, client, { accounts, tell }));
    const calls = consoleCalls(filled);
    tell("looking for scans");
    const scans = await findScans(server, client, calls);
    for (const scan of scans) tell(`SCANS ${scan}`);
    tell(`measuring ${calls.length} calls, ${rounds} times each, while another app syncs`);
    const stop = keepSyncing(server, filled.synced);
    const lines = await measure(server, client, { calls, rounds, tell });
    const syncs = await stop();
    tell(`the other app synced ${syncs} times; peak memory of the server ${server.peakMegabytes().toFixed(0)} MB`);
    print(lines, json);
    if (isKept) {
      console.log(`${server.url} with the key ${server.key} on ${server.databaseUrl}`);
      await new Promise(() => {});
    }
    return scans.length === 0 && lines.every(({ p95 }) => p95 < LIMIT_MS);
  } finally {
    await client.end();
  }
}

/** Fills the database after a proof that it becomes what a server would have written. */
async function fillAsTheServer(
  server: BenchServer,
  client: Client,
  { accounts, tell }: { accounts: number; tell: (text: string) => void },
): Promise<Filled> {
  const { rows } = await client.query(
    'select orgs.id as "orgId", api_keys.id as "keyId" from orgs join api_keys on org_id = orgs.id order by api_keys.created_at',
  );
  const owner = rows.find(({ keyId }) => server.key.includes(keyId)) ?? rows[0];
  tell(`${await compareWithApi(server, client, owner)} rows are as the server writes them`);
  return fill(server, client, { owner, accounts, tell });
}

/** The large tables that the calls scan, without a sync beside them. */
async function findScans(server: BenchServer, client: Client, calls: readonly ConsoleCall[]): Promise<string[]> {
  for (const call of calls) await time(server, call, 0);
  const before = await readScans(client);
  for (const call of calls) for (let index = 0; index < WARM_UP_CALLS; index++) await time(server, call, index);
  return scannedSince(before, await readScans(client));
}

interface Line {
  name: string;
  p50: number;
  p95: number;
  max: number;
  /** The p95 beside that of a read by primary key on a connection of its own. */
  ratio: number;
}

/** In rounds, so that each call meets the sync in all of its phases. */
async function measure(
  server: BenchServer,
  client: Client,
  { calls, rounds, tell }: { calls: readonly ConsoleCall[]; rounds: number; tell: (text: string) => void },
): Promise<Line[]> {
  const times = new Map(calls.map((call) => [call, [] as number[]]));
  const reads: number[] = [];
  let told = performance.now();
  for (let round = 0; round < rounds; round++) {
    for (const [call, own] of times) {
      if (performance.now() - told > TELL_MS) {
        tell(`round ${round + 1} of ${rounds}: ${call.name}`);
        told = performance.now();
      }
      own.push(await time(server, call, round + WARM_UP_CALLS));
    }
    for (let read = 0; read < 5; read++) {
      const started = performance.now();
      await client.query("select * from orgs where id = (select org_id from apps limit 1)");
      reads.push(performance.now() - started);
    }
  }
  const one = percentile95(reads);
  const toLine = (name: string, own: readonly number[]): Line => {
    const p95 = percentile95(own);
    const p50 = own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)]!;
    return { name, p50, p95, max: Math.max(...own), ratio: p95 / one };
  };
  return [toLine("(a read by primary key)", reads), ...[...times].map(([call, own]) => toLine(call.name, own))];
}

function print(lines: readonly Line[], json: boolean): void {
  if (json) {
    for (const line of lines) console.log(JSON.stringify({ bench: "console", ...line, holds: line.p95 < LIMIT_MS }));
    return;
  }
  const width = Math.max(...lines.map(({ name }) => name.length));
  console.log(`${"".padEnd(width)}       p50       p95       max     ratio`);
  for (const { name, p50, p95, max, ratio } of lines)
    console.log(
      `${name.padEnd(width)}${[p50, p95, max].map((figure) => `${figure.toFixed(1)} ms`.padStart(10)).join("")}` +
        `${ratio.toFixed(1).padStart(10)}${p95 < LIMIT_MS ? "" : "  MISSES"}`,
    );
  const missing = lines.filter(({ p95 }) => p95 >= LIMIT_MS);
  console.log(
    missing.length === 0
      ? `console: all ${lines.length - 1} calls answer in under ${LIMIT_MS} ms at p95`
      : `console: ${missing.length} of ${lines.length - 1} calls MISS ${LIMIT_MS} ms at p95: ${missing.map(({ name }) => name).join("; ")}`,
  );
}
