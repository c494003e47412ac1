import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { migrations } from "../../src/database/migrations.ts";

/** Every schema that was released, and the one that is next. */
export const schemas = Object.keys(migrations);
export const newest = schemas.at(-1) ?? "";

/** Where the dump of a schema is. */
export function dumpFile(schema: string): string {
  return fileURLToPath(new URL(`${schema}.jsonl`, import.meta.url));
}

export function readDump(schema: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(dumpFile(schema)), crlfDelay: Infinity });
}
