import { parse } from "yaml";

interface Schema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  allOf?: Schema[];
  format?: string;
  default?: unknown;
}

interface Content {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema?: Schema }>;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
  "x-roles"?: string[];
}

interface Contract {
  info: { description: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, unknown>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Content>;
  };
}

const METHODS = ["get", "post", "put", "patch", "delete"];
const EXTENSION = "Extension";

/** Returns the page of the HTTP API: its operations by tag, then its schemas. */
export function writeHttpPage(yaml: string): string {
  const contract = parse(yaml) as Contract;
  const tags = contract.tags.filter(({ name }) => name !== EXTENSION);
  const operations = listOperations(contract);
  const sections = tags.map(({ name, description }) => {
    const texts = operations.filter(({ tag }) => tag === name).map(({ text }) => text);
    return [`## ${name}`, toText(description), ...texts].join("\n\n");
  });
  const schemas = Object.entries(contract.components.schemas).map(([name, schema]) => describeSchema(name, schema));
  return [
    "---\noutline: [2, 3]\n---",
    "# HTTP API",
    toText(contract.info.description),
    ...sections,
    "## Schemas",
    ...schemas,
  ].join("\n\n");
}

function listOperations(contract: Contract): { tag: string; text: string }[] {
  return Object.entries(contract.paths).flatMap(([path, item]) => {
    const shared = (item["parameters"] ?? []) as Parameter[];
    return METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method] as Operation;
      const text = describeOperation(`${method.toUpperCase()} ${path}`, operation, { contract, shared });
      return { tag: operation.tags[0]!, text };
    });
  });
}

function describeOperation(
  call: string,
  { operationId, tags, summary, description, parameters = [], requestBody, responses, ...rest }: Operation,
  { contract, shared }: { contract: Contract; shared: readonly Parameter[] },
): string {
  const roles = rest["x-roles"];
  const notes = [roles && `Roles: ${roles.join(", ")}.`, tags.includes(EXTENSION) && "Extension."].filter(Boolean);
  const all = [...shared, ...parameters].map((one) => (one.$ref ? contract.components.parameters[toName(one)]! : one));
  const rows = all.map(({ name, in: place, required, schema = {}, description: text = "" }) => [
    `\`${name}\`${required ? "" : "?"}`,
    place,
    toType(schema),
    text,
  ]);
  const results = Object.entries(responses).map(([status, response]) => {
    const found = response.$ref ? contract.components.responses[toName(response)]! : response;
    return [status, toBody(found), found.description ?? ""];
  });
  return [
    `### ${summary} {#${operationId}}`,
    `\`\`\`http\n${call}\n\`\`\``,
    notes.join(" "),
    toText(description ?? ""),
    rows.length > 0 ? toTable(["Parameter", "In", "Type", ""], rows) : "",
    requestBody ? `Body: ${toBody(requestBody)}` : "",
    toTable(["Status", "Body", ""], results),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function describeSchema(name: string, schema: Schema): string {
  const parts = [schema, ...(schema.allOf ?? [])];
  const rows = parts.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([field, child]) => [
      `\`${field}\`${required.includes(field) ? "" : "?"}`,
      toType(child),
      child.description ?? "",
    ]),
  );
  const table = rows.length > 0 ? toTable(["Field", "Type", ""], rows) : toType({ ...schema, description: "" });
  const from = (schema.allOf ?? []).filter(({ $ref }) => $ref).map(toType);
  return [
    `### ${name}`,
    toText(schema.description ?? ""),
    from.length > 0 ? `Includes ${from.join(" and ")}.` : "",
    table,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function toBody({ content = {} }: Content): string {
  const types = Object.entries(content).map(([type, { schema = {} }]) =>
    type === "application/json" ? toType(schema) : `\`${type}\``,
  );
  return types.join(" or ") || "none";
}

function toType(schema: Schema): string {
  const options = schema.oneOf ?? schema.anyOf;
  if (schema.$ref) return `[\`${toName(schema)}\`](#${toName(schema).toLowerCase()})`;
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(" ");
  if (options) return options.map(toType).join(" or ");
  if (schema.allOf) return schema.allOf.map(toType).join(" and ");
  if (schema.items) return `list of ${toType(schema.items)}`;
  if (typeof schema.additionalProperties === "object") return `map of ${toType(schema.additionalProperties)}`;
  const type = [schema.type ?? "any"].flat().join(" or ");
  return schema.format ? `${type} (${schema.format})` : type;
}

function toName({ $ref = "" }: { $ref?: string }): string {
  return $ref.slice($ref.lastIndexOf("/") + 1);
}

function toTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [titles, titles.map(() => "---"), ...rows.map((row) => row.map(toCell))];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function toCell(text: string): string {
  return toText(text).trim().replaceAll("|", "\\|").replaceAll(/\n+/g, " ");
}

/** Escapes what Vue would take for a tag or an expression; code spans are left as they are. */
function toText(markdown: string): string {
  return markdown
    .trim()
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;")))
    .join("");
}
