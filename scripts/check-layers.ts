import { root } from "./install.mjs";
import { findCrossings } from "./layers/find-crossings.ts";
import { LAYERS } from "./layers/layers.ts";

// Fails if shipped sources of a package import a higher layer, or a package that is not among its dependencies.
const crossings = findCrossings(root, LAYERS);
for (const { file, specifier, reason } of crossings) console.error(`${file} imports ${specifier}: ${reason}`);
if (crossings.length === 0) console.log("Every package imports only what is below it.");
else process.exitCode = 1;
