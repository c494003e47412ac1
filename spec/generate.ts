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

// Runners check records before they send them, without depending on a validator, and the server does before any other check.
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
 * Generates the client's types, the document that the server validates with and serves, the checks of records for runners and
 * the server, and the schemas that explain what is wrong with a record that fails.
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

/** The server visits every ref anyway, to check its target, and checks its form at the same time with `Ref`. */
function withoutRefs(schemas: Record<string, Schema>): Record<string, Schema> {
  const { properties = {}, ...fields } = schemas["AccountFields"] ?? {};
  const others = Object.entries(properties).filter(([, { $ref }]) => $ref !== "#/components/schemas/RefMap");
  const { RefMap: _refMap, ...kept } = schemas;
  return { ...kept, AccountFields: { ...fields, properties: Object.fromEntries(others) } };
}

/** Removes descriptions and examples from a schema. */
function withoutProse(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutProse);
  if (typeof schema !== "object" || schema === null) return schema;
  const rules = Object.entries(schema).filter(([key, value]) => key !== "examples" && !isProse(key, value));
  return Object.fromEntries(rules.map(([key, value]) => [key, withoutProse(value)]));
}

/** A property may be named `description`; then its value is a schema. */
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
