import { spawn } from "node:child_process";
import { buildConsole, install, root } from "./install.mjs";

// The first step of these commands, on whatever Node there is: install, then go on with the pinned Node.
const entries = {
  start: "examples/company/start.ts",
  test: "scripts/test.ts",
  new: "scripts/new.ts",
  release: "scripts/release.ts",
};
const [name, ...args] = process.argv.slice(2);

install();
if (name === "start") buildConsole();
const child = spawn(`${root}node_modules/.bin/node`, [`${root}${entries[name]}`, ...args], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
// Ctrl-C reaches the child by itself; a signal sent to this process alone is handed on.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
