import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ask, run } from "../run-command.ts";
import type { Npm } from "./publish.ts";

export interface Registry {
  url: string;
  /** Runs npm with this registry. */
  npm: Npm;
  close(): void;
}

// One of its dependencies requests node-fetch by a tag that some registries do not mirror.
const MANIFEST = { private: true, dependencies: { verdaccio: "6.8.0" }, overrides: { "node-fetch": "2" } };

const CONFIG = `storage: ./storage
auth: { htpasswd: { file: ./htpasswd } }
packages: { "**": { access: $all, publish: $all } }
uplinks: {}
log: { type: stdout, format: json, level: error }
`;

const FREE_PORT = `const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  console.log(server.address().port);
  server.close();
})`;

const WAIT = `const [url] = process.argv.slice(1);
(async () => {
  for (;;) {
    if (await fetch(url + "-/ping").then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})()`;

/** Starts an empty local registry that accepts everything. */
export function startRegistry(folder: string): Registry {
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, "config.yaml"), CONFIG);
  run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error");
  const address = `127.0.0.1:${run(folder, process.execPath, "-e", FREE_PORT).trim()}`;
  const url = `http://${address}/`;
  // npm requires a token to publish; the registry accepts any.
  const settings = join(folder, "npmrc");
  writeFileSync(settings, `registry=${url}\n//${address}/:_authToken=anybody\n`);
  const verdaccio = join(folder, "node_modules", "verdaccio", "bin", "verdaccio");
  const child = spawn(process.execPath, [verdaccio, "--config", "config.yaml", "--listen", address], {
    cwd: folder,
    stdio: "ignore",
  });
  run(folder, process.execPath, "-e", WAIT, url);
  return {
    url,
    npm: (...args) => ask(folder, "npm", ...args, "--userconfig", settings),
    close: () => void child.kill(),
  };
}
