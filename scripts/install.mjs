import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));
export const pnpm = `pnpm@${/^pnpm@([^+]+)/.exec(JSON.parse(readFileSync(`${root}package.json`, "utf8")).packageManager)[1]}`;

const marker = `${root}node_modules/.installed-lockfile`;

/** Builds the web console, or takes it from the cache. */
export function buildConsole() {
  if (!existsSync(`${root}packages/console/dist/index.html`)) console.error("Building the console ...");
  const command = ["--yes", pnpm, "exec", "turbo", "run", "build", "--filter=@bridgekit/console"];
  const { status, stdout, stderr } = spawnSync("npx", command, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1" },
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  console.error(`${stdout}${stderr}\nBuilding the console failed; the lines above say why.`);
  process.exit(1);
}

/** Installs from the lockfile, unless everything is installed. Needs only Node and npm. */
export function install() {
  const wanted = createHash("sha256")
    .update(readFileSync(`${root}pnpm-lock.yaml`))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return;
  console.error("Installing dependencies ...");
  const { status } = spawnSync("npx", ["--yes", pnpm, "install", "--frozen-lockfile"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("Installing failed; the lines above say why.");
    process.exit(1);
  }
  writeFileSync(marker, wanted);
}
