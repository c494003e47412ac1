import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

/** A file of the console, as it is sent. */
interface ConsoleFile {
  type: string;
  plain: Uint8Array<ArrayBuffer>;
  gzipped: Uint8Array<ArrayBuffer>;
}

export interface ConsoleFiles {
  /** The page, without the `<base>` that says where the console begins. */
  page: string;
  /** By path below the start of the console: `assets/index-4f2a.js`. */
  files: ReadonlyMap<string, ConsoleFile>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

// In the published package the build is beside the compiled sources, and in the repository where the console's is.
const FOLDERS = ["../console-files/", "../../../console/dist/"].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Reads a built console and compresses each file once; undefined in a repository where none was built. */
export async function readConsoleFiles(folder?: string): Promise<ConsoleFiles | undefined> {
  const built = (folder === undefined ? FOLDERS : [folder]).find((path) => existsSync(join(path, "index.html")));
  if (built === undefined) return undefined;
  const page = await readFile(join(built, "index.html"), "utf8");
  const files = new Map<string, ConsoleFile>();
  for (const name of await readdir(built, { recursive: true })) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const plain = new Uint8Array(await readFile(join(built, name)));
    const gzipped = new Uint8Array(await promisify(gzip)(plain));
    files.set(name.replaceAll("\\", "/"), { type, plain, gzipped });
  }
  return { page, files };
}
