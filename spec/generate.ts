import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";
import { parse } from "yaml";

const source = new URL("./openapi.yaml", import.meta.url);
const banner = "// Generated from spec/openapi.yaml by `pnpm generate`. Do not edit.\n\n";

/** What the contract is turned into: the client's types, and the document that the server validates with and serves. */
async function generate(): Promise<Map<URL, string>> {
  const types = astToString(await openapiTS(source));
  const document = JSON.stringify(parse(readFileSync(source, "utf8")), null, 2);
  return new Map([
    [new URL("../packages/client/src/openapi.ts", import.meta.url), `${banner}${types}`],
    [
      new URL("../packages/server/src/http/openapi-document.ts", import.meta.url),
      `${banner}export const openapiDocument = ${document} as const;\n`,
    ],
  ]);
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
