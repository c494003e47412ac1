import type { Connector } from "@bridgekit/core";
import { UsageError } from "../usage-error.ts";

export interface FoundConnector {
  /** `hr` for `@bridgekit/connector-hr`; becomes the key of the app and the imported name. */
  short: string;
  packageName: string;
  /** Which system, if the package has connectors for several. */
  system: string | undefined;
  /** The default export of the package: a connector, or a function that creates one for a system. */
  exported: unknown;
}

/** The parts of a JSON Schema that say what is required. */
interface SchemaNode {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  required?: string[];
  properties?: Record<string, SchemaNode>;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
}

type Factory = ((options: { system: string }) => Connector) & { systems: readonly string[] };

/** Returns the source of a config with an app for each connector, and the environment variables it reads. */
export function writeConfigCode(found: readonly FoundConnector[]): { code: string; variables: string[] } {
  const variables: string[] = [];
  const apps = found.map((connector) => {
    const { expression, schema } = describe(connector);
    const key = [connector.short, connector.system].filter(Boolean).join("-");
    const config = writeValue(schema, { prefix: toVariable(key), variables, indent: "      " });
    const property = /^[a-z][a-z0-9]*$/i.test(key) ? key : JSON.stringify(key);
    return `    ${property}: {\n      connector: ${expression},\n      config: ${config},\n    },\n`;
  });
  const imports = new Map(found.map(({ short, packageName }) => [packageName, toName(short)]));
  const lines = [...imports].map(([from, name]) => `import ${name} from ${JSON.stringify(from)};\n`);
  const code = `import { defineConfig } from "@bridgekit/cli";\n${lines.join("")}
export default defineConfig({
  apps: {
${apps.join("")}  },
});
`;
  return { code, variables: [...new Set(variables)] };
}

function describe({ short, packageName, system, exported }: FoundConnector) {
  const name = toName(short);
  if (isConnector(exported)) return { expression: name, schema: readSchema(exported) };
  if (!isFactory(exported))
    throw new UsageError(`The default export of ${packageName} is not a connector; write the config by hand.`);
  const { systems } = exported;
  if (system === undefined || !systems.includes(system))
    throw new UsageError(
      `${packageName} supports several systems; choose one: ${systems.map((one) => `bridgekit init ${short}:${one}`).join(", ")}.`,
    );
  const expression = `${name}({ system: ${JSON.stringify(system)} })`;
  return { expression, schema: readSchema(exported({ system })) };
}

function isConnector(value: unknown): value is Connector {
  return typeof value === "object" && value !== null && "resourceTypes" in value && "sync" in value;
}

function isFactory(value: unknown): value is Factory {
  return typeof value === "function" && "systems" in value && Array.isArray(value.systems);
}

function readSchema({ config }: Connector): SchemaNode {
  const { jsonSchema } = config["~standard"] as { jsonSchema?: { input(options: object): unknown } };
  try {
    return jsonSchema?.input({ target: "draft-2020-12" }) ?? {};
  } catch {
    // Not every schema converts to JSON Schema; `bridgekit check` reports what is missing.
    return {};
  }
}

interface Place {
  prefix: string;
  variables: string[];
  indent: string;
}

/** Writes the required values, read from the environment; uses the first of several alternatives. */
function writeValue(schema: SchemaNode, { prefix, variables, indent }: Place): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return JSON.stringify(schema.enum[0]);
  const branch = (schema.anyOf ?? schema.oneOf)?.[0];
  if (branch) return writeValue(branch, { prefix, variables, indent });
  if (schema.properties) {
    const inner = `${indent}  `;
    const fields = Object.entries(schema.properties).filter(([name]) => schema.required?.includes(name));
    const lines = fields.map(([name, child]) => {
      const value = writeValue(child, { prefix: `${prefix}_${toVariable(name)}`, variables, indent: inner });
      return `${inner}${name}: ${value},\n`;
    });
    return `{\n${lines.join("")}${indent}}`;
  }
  if (schema.type === "array") return "[]";
  if (schema.type === "object" || schema.type === undefined) return "{}";
  variables.push(prefix);
  return schema.type === "string" ? `process.env.${prefix}!` : `Number(process.env.${prefix})`;
}

/** Turns `apiKey` into `API_KEY`. */
function toVariable(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replaceAll(/[^a-zA-Z0-9]+/g, "_")
    .toUpperCase();
}

/** Turns `my-system` into `mySystem`. */
function toName(short: string): string {
  return short.replaceAll(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
