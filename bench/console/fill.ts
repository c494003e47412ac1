import type { Client } from "pg";
import { call, complete, push } from "../server/load.ts";
import type { BenchServer } from "../server/start-server.ts";
import { type FilledApp, fillApp, type Owner } from "./fill-app.ts";
import { accountAt } from "./story.ts";

const SMALL_APPS = 498;
const SMALL = { accounts: 40, sessions: 12, tasks: 100 };
/** Its sync goes on during the measurement. */
const SYNCED_ACCOUNTS = 50_000;
const HELD_ACCOUNTS = 20_000;
const PAGE_SIZE = 100;

export interface Filled {
  main: FilledApp;
  small: readonly FilledApp[];
  synced: FilledApp;
  held: { app: FilledApp; syncId: string };
}

/** Fills an organisation with 501 apps, one of them with nearly everything. */
export async function fill(
  server: BenchServer,
  client: Client,
  { owner, accounts, tell }: { owner: Owner; accounts: number; tell: (text: string) => void },
): Promise<Filled> {
  const make = (name: string, story: FilledApp["story"]) => fillApp(client, owner, { name, story });
  const share = Math.min(1, accounts / 1_000_000);
  tell(`filling an app with ${accounts} accounts, 5 refs each`);
  const main = await make("Main", {
    accounts,
    sessions: Math.max(50, Math.round(4_000 * share)),
    tasks: Math.round(50_000 * share) + 200,
  });
  const small: FilledApp[] = [];
  await client.query("begin");
  for (let number = 1; number <= SMALL_APPS; number++) {
    if (number % 100 === 0) tell(`filled ${number} of ${SMALL_APPS} small apps`);
    small.push(await make(`App ${number}`, SMALL));
  }
  await client.query("commit");
  const synced = await make("Synced", { ...SMALL, accounts: SYNCED_ACCOUNTS });
  const app = await make("Held", { ...SMALL, accounts: HELD_ACCOUNTS });
  tell("analyzing the tables");
  await client.query("vacuum (analyze)");
  return { main, small, synced, held: { app, syncId: await hold(server, app) } };
}

/** A sync that lacks half of the accounts, which the removal guard holds. */
async function hold(server: BenchServer, { id }: FilledApp): Promise<string> {
  const guard = JSON.stringify({ removal_guard: { max_share: 0.2, min_count: 10 } });
  await call(server, "PATCH", `/apps/${id}/`, guard);
  const syncId = await push(
    server,
    id,
    accountPages(HELD_ACCOUNTS / 2, () => 1),
  );
  await complete(server, id, syncId).catch(() => {});
  return syncId;
}

/** Pages of accounts as request bodies. */
function* accountPages(accounts: number, versionOf: (number: number) => number): Generator<string> {
  for (let first = 0; first < accounts; first += PAGE_SIZE) {
    const count = Math.min(PAGE_SIZE, accounts - first);
    const records = Array.from({ length: count }, (_, index) => accountAt(first + index, versionOf(first + index)));
    yield JSON.stringify({ records });
  }
}

/** Syncs an app again and again, each time with changes in a tenth of its accounts; returns a function that stops it. */
export function keepSyncing(server: BenchServer, { id }: FilledApp): () => Promise<number> {
  let isStopped = false;
  const work = async () => {
    let syncs = 0;
    for (; !isStopped; syncs++) {
      const pages = accountPages(SYNCED_ACCOUNTS, (number) => (number % 10 === syncs % 10 ? 1_000 + syncs : 1));
      const syncId = await push(
        server,
        id,
        whileNot(() => isStopped, pages),
      );
      if (!isStopped) await complete(server, id, syncId);
    }
    return syncs;
  };
  const working = work();
  working.catch(() => {});
  return () => {
    isStopped = true;
    return working;
  };
}

function* whileNot(isStopped: () => boolean, pages: Iterable<string>): Generator<string> {
  for (const page of pages) {
    if (isStopped()) return;
    yield page;
  }
}
