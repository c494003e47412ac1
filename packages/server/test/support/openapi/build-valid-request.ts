import { buildValues } from "./build-values.ts";
import type { Operation, Parameter } from "./operations.ts";
import type { Setting } from "./world.ts";

/** A request that fits the document, for existing things. */
export interface ValidRequest {
  operation: Operation;
  /** Path parameters, not yet encoded. */
  path: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  /** Undefined if the operation has none. */
  body: unknown;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A request for every world and every body that the schema describes. Trying shows which of them work together. */
export function buildValidRequests(operation: Operation, settings: readonly Setting[]): ValidRequest[] {
  const bodies = operation.body === undefined ? [undefined] : buildValues(operation.body.schema);
  const query = buildQuery(operation.parameters.filter((parameter) => parameter.required));
  return settings.flatMap((setting) =>
    bodies.map((body) => ({ operation, path: pickPath(operation, setting), query, body: refer(body, setting) })),
  );
}

/** A valid value for each of the query parameters. */
export function buildQuery(parameters: readonly Parameter[]): Record<string, string> {
  const inQuery = parameters.filter((parameter) => parameter.in === "query");
  return Object.fromEntries(inQuery.map(({ name, schema }) => [name, String(buildValues(schema)[0])]));
}

/** The URL after the origin, without the query. */
export function toPathname(operation: Operation, orgSlug: string, segments: Readonly<Record<string, string>>): string {
  const prefix = operation.isPublic ? "" : `/org/${orgSlug}`;
  return prefix + operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => segments[name] ?? "");
}

function pickPath({ id, parameters }: Operation, setting: Setting): Record<string, string> {
  const path: Record<string, string> = {};
  for (const { name, in: place } of parameters) {
    if (place !== "path") continue;
    const value = setting[name];
    if (value === undefined) {
      throw new Error(`${id} has the path parameter "${name}": let world.ts make such a thing, under that name.`);
    }
    path[name] = value;
  }
  return path;
}

/** A UUID in a body is the id of a task in `task_ids`, otherwise of an app; those of the examples do not exist. */
function refer(body: unknown, setting: Setting, name = ""): unknown {
  if (typeof body === "string") return UUID.test(body) ? setting[name === "task_ids" ? "task_id" : "app_id"] : body;
  if (Array.isArray(body)) return body.map((item) => refer(item, setting, name));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, refer(value, setting, key)]));
}
