import { mkdtemp, rm } from "node:fs/promises";
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

export async function startServer(backend: Backend): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-bench-"));
  const postgres = backend === "postgres" ? await startPostgres({ isDurable: true }) : undefined;
  const environment = postgres === undefined ? {} : { DATABASE_URL: postgres.url };
  const args = [bin, "up", "--port", "0", "--data", join(folder, "data"), "--json"];
  const server = await startChild<{ url: string; key: string }>(process.execPath, args, environment);
  return {
    backend,
    ...server.line,
    databaseUrl: postgres?.url,
    peakMegabytes: () => peakOf(server.process.pid!) ?? Number.NaN,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
