import { rmSync, symlinkSync } from "node:fs";
import { install, root } from "./install.mjs";

// Lets everything in the repository run on the Node that runs this, in place of the pinned one, until dependencies are
// installed anew. CI does so for every version that users may have. Not for Windows, where commands are found otherwise.
install();
const pinned = `${root}node_modules/.bin/node`;
rmSync(pinned, { force: true });
symlinkSync(process.execPath, pinned);
console.log(`Everything here runs on Node ${process.versions.node} now.`);
