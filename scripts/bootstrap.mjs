import { spawn } from "node:child_process";
import { buildConsole, install, root } from "./install.mjs";

// The first step of these commands, on any Node: installs, then continues with the pinned Node.
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
// Ctrl-C reaches the child itself; a signal sent only to this process is forwarded.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => signal === "SIGTERM" && child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal ? 1 : 0);
});
