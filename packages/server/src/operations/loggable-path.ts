import { documentOperations } from "../http/document-operations.ts";
import { OPERATIONS_PATHS } from "./operations-paths.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_PARTS = 16;

const known = new Set(
  ["/org", ...OPERATIONS_PATHS, ...documentOperations.map(({ path }) => path)]
    .flatMap((path) => path.split("/"))
    .filter((part) => !part.startsWith("{")),
);

/**
 * A path as it may be logged: the words of the API and our own ids stay, all else becomes `*`. A record's id may be
 * somebody's address, and a key lands in a path by mistake.
 */
export function toLoggablePath(path: string): string {
  const parts = path.split("/").map((part) => (known.has(part) || UUID.test(part) ? part : "*"));
  return parts.length > MOST_PARTS ? `${parts.slice(0, MOST_PARTS).join("/")}/…` : parts.join("/");
}
