import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPublishedPackages } from "../packages.ts";
import { runPnpm } from "../run-command.ts";

export interface Packed {
  name: string;
  version: string;
  /** Path of the file. */
  tarball: string;
}

/** Builds every package from scratch and packs it for publishing. */
export function pack(root: string, out: string): Packed[] {
  const packages = readPublishedPackages(root);
  // Files of an earlier build would be packed too.
  for (const { directory } of packages) rmSync(join(root, directory, "dist"), { recursive: true, force: true });
  runPnpm(root, "exec", "turbo", "run", "build", "--force", "--output-logs=errors-only");
  mkdirSync(out, { recursive: true });
  const filters = packages.flatMap(({ name }) => ["--filter", name]);
  runPnpm(root, "--recursive", ...filters, "pack", "--pack-destination", out);
  return packages.map(({ name, version }) => {
    const tarball = join(out, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
    if (!existsSync(tarball)) throw new Error(`Packing ${name} created no ${tarball}.`);
    return { name, version, tarball };
  });
}
