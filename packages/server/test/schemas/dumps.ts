import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { migrations } from "../../src/database/migrations.ts";

/** Every released schema, and the next one. */
export const schemas = Object.keys(migrations);
export const newest = schemas.at(-1) ?? "";

/** The path of a schema's dump. */
export function dumpFile(schema: string): string {
  return fileURLToPath(new URL(`${schema}.jsonl`, import.meta.url));
}

export function readDump(schema: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(dumpFile(schema)), crlfDelay: Infinity });
}
