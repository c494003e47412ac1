import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createApi } from "./support/api.ts";
import { createDatabase, DATABASES, openBridge } from "./support/open-bridge.ts";
import { createBridge } from "../src/index.ts";
import { silent } from "./support/silent.ts";

describe.each(DATABASES)("the system on %s", (kind) => {
  test("says what runs, how large the database is, and what is kept how long", async () => {
    await using bridge = await openBridge(kind, { retentionDays: 400, sessionDays: null });
    const api = await createApi(bridge);
    const { status, body } = await api.call("GET", "/system/");
    expect(status).toBe(200);
    expect(body).toMatchObject({
      versions: { contract: "1.0.0", node: process.version },
      database: {
        product: kind === "pglite" ? "embedded" : "postgres",
        version: expect.stringMatching(/^PostgreSQL \d+(\.\d+)?( \(PGlite [\d.]+\))?$/),
        migration: expect.stringMatching(/^\d{4}_\w+$/),
        size_bytes: expect.any(Number),
      },
      queue: { reconciliations: { count: 0, oldest_seconds: 0 }, deletions: { count: 0 } },
      retention: { days: 400, session_days: null, lag_seconds: expect.any(Number) },
    });
    expect(body.database.size_bytes).toBeGreaterThan(1_000_000);
  });
});

test("the embedded database shows its disk, and neither its folder nor an address", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bridge-system-"));
  try {
    await using bridge = await createBridge({
      database: { kind: "pglite", dataDir: join(folder, "data") },
      logger: silent,
    });
    const api = await createApi(bridge);
    const { body } = await api.call("GET", "/system/");
    expect(body.database.disk.free_bytes).toBeGreaterThan(0);
    expect(body.database.disk.total_bytes).toBeGreaterThan(body.database.disk.free_bytes);
    expect(JSON.stringify(body)).not.toContain(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const { database, drop } = await createDatabase("postgres");
  {
    await using bridge = await createBridge({ database, logger: silent });
    const { body } = await (await createApi(bridge)).call("GET", "/system/");
    expect(body.database.disk).toBeNull();
    expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|password/);
  }
  await drop();
});
