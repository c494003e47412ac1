import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readPublishedPackages } from "../packages.ts";
import { runPnpm } from "../run-command.ts";

export interface Packed {
  name: string;
  version: string;
  /** Where the file is. */
  tarball: string;
}

/** Builds every package from nothing and packs it as it is published. */
export function pack(root: string, out: string): Packed[] {
  const packages = readPublishedPackages(root);
  // A file that an earlier build left there would be packed too.
  for (const { directory } of packages) rmSync(join(root, directory, "dist"), { recursive: true, force: true });
  runPnpm(root, "exec", "turbo", "run", "build", "--force", "--output-logs=errors-only");
  mkdirSync(out, { recursive: true });
  const filters = packages.flatMap(({ name }) => ["--filter", name]);
  runPnpm(root, "--recursive", ...filters, "pack", "--pack-destination", out);
  return packages.map(({ name, version }) => {
    const tarball = join(out, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
    if (!existsSync(tarball)) throw new Error(`Packing made no ${tarball} for ${name}.`);
    return { name, version, tarball };
  });
}
