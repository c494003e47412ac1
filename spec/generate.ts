import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";
import type { Schema } from "./record-schema.ts";
import { writeRecordChecks } from "./write-record-checks.ts";

const source = new URL("./openapi.yaml", import.meta.url);
const recordsFolder = new URL("../packages/core/src/sync/record/", import.meta.url);
const pagesFolder = new URL("../packages/server/src/sync/pages/", import.meta.url);
const banner = "// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n\n";

// What a record is made of. Runners check it before they send it, without a validator among their dependencies, and the
// server before it looks closer.
const RECORD_SCHEMAS = [
  "Ref",
  "RefMap",
  "RecordStatus",
  "AccountFields",
  "AccountRecord",
  "GroupRecord",
  "LicenseRecord",
] as const;

/**
 * What the contract is turned into: the client's types, the document that the server validates with and serves, the
 * checks that runners and the server put to records, and the schemas that say what is wrong with one that fails.
 */
async function generate(): Promise<Map<URL, string>> {
  const types = astToString(await openapiTS(source));
  const contract = parse(readFileSync(source, "utf8")) as { components: { schemas: Record<string, object> } };
  const document = JSON.stringify(contract, null, 2);
  const records = RECORD_SCHEMAS.map((name) => [name, withoutProse(contract.components.schemas[name])]);
  const recordSchemas = Object.fromEntries(records) as Record<string, Schema>;
  const schemaType = readFileSync(new URL("record-schema.ts", import.meta.url), "utf8");
  return new Map([
    [new URL("record-checks.ts", recordsFolder), `${banner}${writeRecordChecks(recordSchemas)}`],
    [new URL("record-checks.ts", pagesFolder), `${banner}${writeRecordChecks(withoutRefs(recordSchemas))}`],
    [
      new URL("record-schemas.ts", recordsFolder),
      `${banner}${schemaType}\nexport const recordSchemas = ${JSON.stringify(recordSchemas, null, 2)} as const satisfies Record<string, Schema>;\n`,
    ],
    [new URL("../packages/client/src/openapi.ts", import.meta.url), `${banner}${types}`],
    [
      new URL("../packages/server/src/http/openapi-document.ts", import.meta.url),
      `${banner}export const openapiDocument = ${document} as const;\n`,
    ],
  ]);
}

/** The server looks at every ref anyway, at what it points to: it checks their form at once, by `Ref`. */
function withoutRefs(schemas: Record<string, Schema>): Record<string, Schema> {
  const { properties = {}, ...fields } = schemas["AccountFields"] ?? {};
  const others = Object.entries(properties).filter(([, { $ref }]) => $ref !== "#/components/schemas/RefMap");
  const { RefMap: _refMap, ...kept } = schemas;
  return { ...kept, AccountFields: { ...fields, properties: Object.fromEntries(others) } };
}

/** The schema without what is there for people. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (typeof schema !== "object" || schema === null) return schema;
  const rules = Object.entries(schema).filter(([key, value]) => key !== "examples" && !isProse(key, value));
  return Object.fromEntries(rules.map(([key, value]) => [key, withoutProse(value)]));
}

/** A property may be named `description` too, and then its value is a schema. */
function isProse(key: string, value: unknown): boolean {
  return key === "description" && typeof value === "string";
}

function read(file: URL): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

const isCheck = process.argv.includes("--check");
const stale: string[] = [];
for (const [file, content] of await generate()) {
  if (isCheck && read(file) !== content) stale.push(fileURLToPath(file));
  if (!isCheck) writeFileSync(file, content);
}
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(", ")}. Run \`pnpm generate\` and commit what it writes.`);
  process.exitCode = 1;
}
