import { readFileSync } from "node:fs";
import type { ApiDescription } from "@bridgekit/sandbox";

const text = readFileSync(new URL("../../vendor-specs/bamboohr-v1.openapi.json", import.meta.url), "utf8");

const document = correct(JSON.parse(text));

/** BambooHR's description of its API, of the company's own address and of the older gateway for the company "acme". */
export const descriptions: ApiDescription[] = ["/api", "/api/gateway.php/acme"].map((basePath) => ({
  document,
  basePath,
  covers: (path) =>
    /^\/v1(?:_1)?\//.test(path.slice(basePath.length)) && path.startsWith(basePath) && isDescribed(path),
}));

/** The tables of those who changed are part of the API, and not of the cut of the description that is kept here. */
function isDescribed(path: string): boolean {
  return !path.includes("/employees/changed/tables/");
}

/** Corrections of the schemas where BambooHR's real responses, or the text of its description, differ. */
function correct(document: any): unknown {
  // The paths begin below `/api`, because the gateway has a different address before the version.
  document.paths = Object.fromEntries(
    Object.entries(document.paths).map(([path, operations]) => [path.replace(/^\/api/, ""), operations]),
  );
  // The names are said to be in one text with commas, and an example shows it; the schema would have one parameter per name.
  const list = document.paths["/v1/employees"].get;
  list.parameters.find(({ name }: { name: string }) => name === "fields").explode = false;
  // A report also has null, for a missing value.
  const report = document.paths["/v1/reports/custom"].post.responses["200"].content["application/json"].schema;
  report.properties.employees.items.additionalProperties = { type: ["string", "null"] };
  return document;
}
