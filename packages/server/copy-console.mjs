import { cpSync, rmSync } from "node:fs";

// The console is shipped inside of the package, beside what is compiled.
rmSync("dist/console-files", { recursive: true, force: true });
cpSync("../console/dist", "dist/console-files", { recursive: true });
