import { root } from "./install.mjs";
import { findCrossings } from "./layers/find-crossings.ts";
import { findRoomCrossings } from "./layers/find-room-crossings.ts";
import { CORE_ROOMS, LAYERS } from "./layers/layers.ts";

// Fails if shipped sources of a package or a room of core import a higher layer, or a package that is not among its
// dependencies.
const crossings = [...findCrossings(root, LAYERS), ...findRoomCrossings(root, "packages/core/src", CORE_ROOMS)];
for (const { file, specifier, reason } of crossings) console.error(`${file} imports ${specifier}: ${reason}`);
if (crossings.length === 0) console.log("Every package and every room of core imports only what is below it.");
else process.exitCode = 1;
