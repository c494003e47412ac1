import { join } from "node:path";
import { root } from "../install.mjs";
import { run } from "../run-command.ts";
import type { Packed } from "./pack.ts";

const bin = (name: string) => join(root, "scripts", "node_modules", ".bin", name);

/** Throws if a tarball has a fault that affects its users. */
export function judge({ tarball }: Packed): void {
  run(root, bin("publint"), "run", tarball, "--strict");
  run(root, bin("attw"), tarball, "--profile", "esm-only", "--quiet");
}
