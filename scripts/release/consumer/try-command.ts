import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

// What an operator does first, on one version of Node: a Bridge, then a check and a sync with a config in TypeScript, in a
// package of each type. It runs in the project that the packages are installed in.
const [node = process.execPath] = process.argv.slice(2);
const project = process.cwd();
const command = join(project, "node_modules", "@bridgekit", "cli", "bin", "bridgekit.js");
const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
const folder = join(project, "on-node", version);
mkdirSync(folder, { recursive: true });

const up = spawn(node, [command, "up", "--json", "--port", "0", "--data", join(folder, "data")], {
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(up, "exit");
const first = once(createInterface({ input: up.stdout }), "line") as Promise<[string]>;
try {
  const ready = await Promise.race([first, ended.then(() => undefined)]);
  assert.ok(ready, `bridgekit up ended on Node ${version} before it was ready.`);
  const { url, key } = JSON.parse(ready[0]) as { url: string; key: string };
  for (const type of ["none", "commonjs", "module"]) {
    const place = join(folder, type);
    mkdirSync(place);
    writeFileSync(join(place, "package.json"), JSON.stringify(type === "none" ? {} : { type }));
    for (const file of ["bridge.config.ts", "people.ts"]) copyFileSync(join(project, file), join(place, file));
    for (const name of ["check", "sync"]) {
      const { status, stdout, stderr } = spawnSync(node, [command, name], {
        cwd: place,
        encoding: "utf8",
        env: { ...process.env, BRIDGE_URL: url, BRIDGE_API_KEY: key },
      });
      const said = `bridgekit ${name} on Node ${version} in a package of type ${type}:\n${stdout}${stderr}`;
      assert.equal(status, 0, said);
      assert.equal(stderr, "", said);
    }
  }
} finally {
  up.kill();
  await ended;
}
