import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeHttpPage } from "./http-page.ts";
import { writePackagePages } from "./package-page.ts";

// Writes docs/reference, which git ignores: a page for each entry of a package, and one for the HTTP API.

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = `${root}docs/reference`;

const entries = [
  { page: "core", specifier: "@bridgekit/core", file: `${root}packages/core/src/index.ts` },
  { page: "core-run", specifier: "@bridgekit/core/run", file: `${root}packages/core/src/run.ts` },
  { page: "client", specifier: "@bridgekit/client", file: `${root}packages/client/src/index.ts` },
  { page: "testing", specifier: "@bridgekit/testing", file: `${root}packages/testing/src/index.ts` },
  { page: "sandbox", specifier: "@bridgekit/sandbox", file: `${root}packages/sandbox/src/index.ts` },
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [entry, text] of writePackagePages(entries, `${root}tsconfig.json`)) {
  const { page } = entries.find((known) => known === entry)!;
  writeFileSync(`${folder}/${page}.md`, text);
}
writeFileSync(`${folder}/http.md`, writeHttpPage(readFileSync(`${root}spec/openapi.yaml`, "utf8")));
