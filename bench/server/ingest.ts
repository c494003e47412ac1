import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { Measured } from "../report.ts";
import type { ServerBench } from "./bench.ts";
import { makeApp, push } from "./load.ts";
import { account, pages } from "./people.ts";

const TABLE = `create table copied (
  app_id uuid not null, slug text not null, id text not null, data jsonb not null, primary key (app_id, slug, id)
)`;
/** The bodies and the text to copy are created before the clock starts, and must fit into memory. */
const MOST_RECORDS = 300_000;
const APP = "00000000-0000-4000-8000-000000000000";

/** Compares pushing pages of 100 accounts with 4 refs each over 8 HTTP connections with COPY of the accounts to a table. */
export const ingest: ServerBench = {
  limit: 0.5,
  isAtMost: false,
  async run(server, wanted): Promise<Measured> {
    const records = Math.min(wanted, MOST_RECORDS);
    const bodies = [...pages(records)];
    const app = await makeApp(server);
    await push(server, app, pages(Math.round(records / 10)));
    const started = performance.now();
    await push(server, app, bodies.values());
    const ownSeconds = (performance.now() - started) / 1000;
    const copySeconds =
      server.databaseUrl === undefined ? await copyIntoPglite(records) : await copy(server.databaseUrl, records);
    const rate = (seconds: number) => `${Math.round(records / seconds)} accounts/s`;
    return { ratio: copySeconds / ownSeconds, text: `${rate(ownSeconds)}, COPY ${rate(copySeconds)}` };
  },
};

function* lines(records: number): Generator<string> {
  const quote = (text: string) => text.replaceAll("\\", "\\\\");
  for (let number = 0; number < records; number++) {
    const data = account(number);
    yield `${APP}\taccount\t${data.id}\t${quote(JSON.stringify(data))}\n`;
  }
}

async function copy(databaseUrl: string, records: number): Promise<number> {
  const text = [...lines(records)].join("");
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(TABLE);
    const started = performance.now();
    await pipeline(Readable.from([text]), client.query(copyFrom("copy copied from stdin")));
    return (performance.now() - started) / 1000;
  } finally {
    await client.end();
  }
}

async function copyIntoPglite(records: number): Promise<number> {
  const database = await PGlite.create();
  try {
    await database.exec(TABLE);
    const blob = new Blob([...lines(records)]);
    const started = performance.now();
    await database.query("copy copied from '/dev/blob'", [], { blob });
    return (performance.now() - started) / 1000;
  } finally {
    await database.close();
  }
}
