import { cpSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

// The published package has Redoc's bundle in it, with the licenses of what the bundle contains.
const redoc = dirname(createRequire(import.meta.url).resolve("redoc/package.json"));
const target = join(import.meta.dirname, "dist", "redoc");
for (const file of ["LICENSE", "bundles/redoc.standalone.js", "bundles/redoc.standalone.js.LICENSE.txt"])
  cpSync(join(redoc, file), join(target, file));
