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
 * A path for the log: words of the API and ids of the Bridge stay, everything else becomes `*`. The id of a record may
 * be an email address, and a key may get into a path by mistake.
 */
export function toLoggablePath(path: string): string {
  const parts = path.split("/").map((part) => (known.has(part) || UUID.test(part) ? part : "*"));
  return parts.length > MOST_PARTS ? `${parts.slice(0, MOST_PARTS).join("/")}/…` : parts.join("/");
}
