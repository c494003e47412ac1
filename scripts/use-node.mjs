import { rmSync, symlinkSync } from "node:fs";
import { install, root } from "./install.mjs";

// Replaces the pinned Node with the one that runs this, until dependencies are installed again. CI does this for every
// supported version. Not for Windows, where commands are found differently.
install();
const pinned = `${root}node_modules/.bin/node`;
rmSync(pinned, { force: true });
symlinkSync(process.execPath, pinned);
console.log(`Everything here runs on Node ${process.versions.node} now.`);
