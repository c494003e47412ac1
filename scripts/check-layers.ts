import { root } from "./install.mjs";
import { findCrossings } from "./layers/find-crossings.ts";
import { LAYERS } from "./layers/layers.ts";

// Fails where what a package ships imports something above it, or something that its users would not have.
const crossings = findCrossings(root, LAYERS);
for (const { file, specifier, reason } of crossings) console.error(`${file} imports ${specifier}: ${reason}`);
if (crossings.length === 0) console.log("Every package imports only what is below it.");
else process.exitCode = 1;
