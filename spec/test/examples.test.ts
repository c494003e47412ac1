import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import { parse } from "yaml";

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, { examples?: unknown[] }> };
}
interface Operation {
  operationId?: string;
  tags?: string[];
  "x-roles"?: string[];
  responses?: Record<string, unknown>;
  requestBody?: unknown;
}

const document = parse(readFileSync(new URL("../openapi.yaml", import.meta.url), "utf8")) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, "bridge");

test.each(Object.entries(document.components.schemas))("schema %s has examples, and they are valid", (name, schema) => {
  const validate = ajv.getSchema(`bridge#/components/schemas/${name}`);
  expect(schema.examples?.length, "an example").toBeGreaterThan(0);
  for (const example of schema.examples ?? [])
    expect(validate?.(example), `${JSON.stringify(example)}: ${ajv.errorsText(validate?.errors)}`).toBe(true);
});

const methods = new Set(["get", "post", "put", "patch", "delete"]);
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => methods.has(method))
    .map(([method, operation]) => ({ path, method, operation })),
);

test.each(operations)("$method $path is named, tagged and says how it fails", ({ operation }) => {
  expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/);
  expect(operation.tags?.length).toBeGreaterThan(0);
  const declared = Object.keys(operation.responses ?? {});
  expect(declared).toEqual(expect.arrayContaining(["401", "403", "404", "429"]));
  if (operation.requestBody) expect(declared).toEqual(expect.arrayContaining(["400", "413", "415"]));
});

const ROLES = ["connector", "auditor", "operator", "admin"];

test.each(operations)(
  "$method $path says which roles may call it, and an administrator always may",
  ({ operation }) => {
    const roles = operation["x-roles"] ?? [];
    expect(roles).toContain("admin");
    expect(roles).toEqual(ROLES.filter((role) => roles.includes(role)));
  },
);

test.each(operations)("$method $path is for an auditor exactly then that it only reads", ({ method, operation }) => {
  // A preview has a body, and changes nothing; that of an erasure is for whoever may erase.
  const onlyReads = method === "get" || operation.operationId === "previewGuard";
  expect(operation["x-roles"]?.includes("auditor")).toBe(onlyReads);
});
