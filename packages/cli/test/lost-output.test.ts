import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const bin = fileURLToPath(new URL("../bin/bridgekit.js", import.meta.url));

/** Runs the command in a shell that does something with its output. */
function pipe(rest: string): Promise<{ code: number; stdout: string; stderr: string }> {
  const script = `"$0" "$1" completion bash ${rest}`;
  return new Promise((resolve) => {
    execFile("bash", ["-o", "pipefail", "-c", script, process.execPath, bin], (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

test("a reader of the output who has enough ends the command quietly", async () => {
  // It leaves before the first line.
  expect(await pipe("| true")).toEqual({ code: 0, stdout: "", stderr: "" });
});

// Every write to this device fails as on a full disk.
test.skipIf(!existsSync("/dev/full"))(
  "output that the disk has no room for ends the command with the reason",
  async () => {
    expect(await pipe("> /dev/full")).toEqual({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^The output could not be written, so it is not complete: ENOSPC.*\n$/),
    });
  },
);
