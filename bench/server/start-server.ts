import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@bridgekit/test-postgres";
import { startChild } from "../child.ts";
import { peakOf } from "../peak-memory.ts";

export const BACKENDS = ["postgres", "pglite"] as const;
export type Backend = (typeof BACKENDS)[number];

/** A Bridge in its own process on a fresh database. */
export interface BenchServer extends AsyncDisposable {
  backend: Backend;
  /** Base URL of the organisation. */
  url: string;
  key: string;
  /** URL of the PostgreSQL; undefined on PGlite, which no other process can open. */
  databaseUrl: string | undefined;
  /** Peak memory of the process so far, in MB. */
  peakMegabytes(): number;
}

const bin = fileURLToPath(new URL("../../packages/cli/bin/bridgekit.js", import.meta.url));

/** With a folder PostgreSQL keeps its data there. */
export async function startServer(backend: Backend, kept?: string): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-bench-"));
  const postgres = backend === "postgres" ? await startPostgres({ isDurable: true, folder: kept }) : undefined;
  const environment = postgres === undefined ? {} : { DATABASE_URL: postgres.url };
  const args = [bin, "up", "--port", "0", "--data", join(folder, "data"), "--json"];
  const server = await startChild<{ url: string; key: string | null }>(process.execPath, args, environment);
  return {
    backend,
    url: server.line.url,
    key: await keepKey(server.line.key, kept),
    databaseUrl: postgres?.url,
    peakMegabytes: () => peakOf(server.process.pid!) ?? Number.NaN,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The Bridge prints its first key once: where it goes on with kept data, the key is kept beside them. */
async function keepKey(printed: string | null, kept: string | undefined): Promise<string> {
  if (kept === undefined) return printed!;
  const file = join(kept, "key");
  if (printed === null) return await readFile(file, "utf8");
  await writeFile(file, printed, { mode: 0o600 });
  return printed;
}
