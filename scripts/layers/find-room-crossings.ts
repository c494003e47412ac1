import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import type { Crossing } from "./find-crossings.ts";

// The formatter puts every import and export at the beginning of a line, and its end too if it has several lines.
const RELATIVE = /^(?:import |(?:import|export|\}).* from )"(\.[^"]+)"/gm;

/**
 * Finds imports between the rooms of a package, types included, that `rooms` does not allow. Files beside the rooms may
 * import any room, and be imported by any.
 */
export function findRoomCrossings(
  root: string,
  folder: string,
  rooms: Readonly<Record<string, readonly string[]>>,
): Crossing[] {
  const paths = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.includes("/") && path.endsWith(".ts"));
  return paths.flatMap((path) => {
    const room = roomOf(path);
    const source = readFileSync(join(root, folder, path), "utf8");
    return [...source.matchAll(RELATIVE)].flatMap(([, specifier]) => {
      const target = posix.join(posix.dirname(path), specifier!);
      if (!target.includes("/") || target.startsWith("..")) return [];
      const other = roomOf(target);
      if (other === room || rooms[room]?.includes(other)) return [];
      const reason = `${room} may import ${rooms[room]?.join(", ") || "no other room"}`;
      return [{ file: `${folder}/${path}`, specifier: specifier!, reason }];
    });
  });
}

function roomOf(path: string): string {
  return path.slice(0, path.indexOf("/"));
}
