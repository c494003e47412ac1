import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const LOG = new URL("../src/log.ts", import.meta.url).href;

// Every write to this device fails as on a full disk.
test.skipIf(!existsSync("/dev/full"))("a log that can't be written neither ends nor delays the process", async () => {
  const script = `
    const { openLog } = await import(${JSON.stringify(LOG)});
    const log = openLog(2);
    for (let line = 0; line < 3; line++) {
      log.write("line\\n");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    console.log("still here");
    process.exit(0);
  `;
  const shell = `exec "$0" --input-type=module -e "$1" 2> /dev/full`;
  const { stdout } = await promisify(execFile)("sh", ["-c", shell, process.execPath, script], { timeout: 600_000 });
  expect(stdout).toBe("still here\n");
});

test("lines that wait when the process ends are written", async () => {
  const script = `
    const { openLog } = await import(${JSON.stringify(LOG)});
    const log = openLog(2);
    for (let line = 0; line < 100; line++) log.write(line + "\\n");
    process.exit(0);
  `;
  const { stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  expect(stderr.trim().split("\n")).toHaveLength(100);
});
