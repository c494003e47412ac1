import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeBackup } from "../../src/index.ts";
import { dumpFile, newest } from "./dumps.ts";
import { fill, MADE_AT } from "./fill.ts";

// Writes the dump of the newest schema, once it is final: `pnpm --filter @bridgekit/server dump-schema`.
const folder = await mkdtemp(join(tmpdir(), "bridge-schema-"));
const database = { kind: "pglite", dataDir: join(folder, "data") } as const;
await fill(database);
const lines = await Array.fromAsync(writeBackup(database, { now: () => MADE_AT }));
await writeFile(dumpFile(newest), `${lines.join("\n")}\n`);
await rm(folder, { recursive: true });
console.log(`${dumpFile(newest)}: ${lines.length} lines`);
