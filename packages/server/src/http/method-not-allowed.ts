import { OPERATIONS_PATHS } from "../operations/operations-paths.ts";
import { routes } from "./router.ts";

interface Template {
  method: string;
  pattern: RegExp;
}

/**
 * Tells which methods an address knows, none where nothing is there. A wrong method (405) belongs to HTTP itself, as
 * an unknown path does: no operation of the document declares it.
 */
export function createMethodLookup(): (path: string) => string[] {
  const templates: Template[] = [...routes()].map(({ method, path }) => ({
    method,
    pattern: new RegExp(`^/org/[^/]+${path.replaceAll(/:\w+/g, "[^/]+")}?$`),
  }));
  for (const path of OPERATIONS_PATHS) templates.push({ method: "GET", pattern: new RegExp(`^${path}$`) });
  return (path) => [...new Set(templates.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))];
}
