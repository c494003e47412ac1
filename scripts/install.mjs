import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../", import.meta.url));
export const pnpm = `pnpm@${/^pnpm@([^+]+)/.exec(JSON.parse(readFileSync(`${root}package.json`, "utf8")).packageManager)[1]}`;

const marker = `${root}node_modules/.installed-lockfile`;

/** Installs what the lockfile says, unless that is what is there. Needs nothing but Node and npm. */
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
