/** The part of an OpenAPI 3.0 or 3.1 document that is read. */
export interface OpenApiDocument {
  paths: Record<string, any>;
  [field: string]: unknown;
}

/** An operation and its place in the document. */
export interface Operation {
  /** `GET /users/{id}` */
  name: string;
  /** JSON pointer of the operation. */
  pointer: string;
  /** JSON pointer of the path it belongs to. */
  pathPointer: string;
  pathParameters: Record<string, string>;
}

const METHODS = new Set(["get", "put", "post", "delete", "patch", "head", "options"]);

/** Returns a function that finds the operation of a call; of several paths that match, the one with the fewest parameters. */
export function createOperationFinder({ paths }: OpenApiDocument) {
  const templates = Object.keys(paths)
    .map((template) => ({ template, pattern: toPattern(template), variables: template.split("{").length }))
    .sort((left, right) => left.variables - right.variables);

  return (method: string, path: string): Operation | undefined => {
    const key = method.toLowerCase();
    if (!METHODS.has(key)) return undefined;
    for (const { template, pattern } of templates) {
      const match = pattern.exec(path);
      if (!match || !(key in (paths[template] as object))) continue;
      const pathPointer = `/paths/${escapePointer(template)}`;
      const names = [...template.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!);
      return {
        name: `${method} ${template}`,
        pointer: `${pathPointer}/${key}`,
        pathPointer,
        pathParameters: Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(match[index + 1]!)])),
      };
    }
    return undefined;
  };
}

function toPattern(template: string): RegExp {
  const parts = template.split(/\{[^}]+\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join("([^/]+)")}$`);
}

export function escapePointer(key: string): string {
  // The pointer becomes a URI fragment, so braces and similar characters are encoded as well.
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
