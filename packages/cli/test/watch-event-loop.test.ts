import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const source = new URL("../src/run/watch-event-loop.ts", import.meta.url).href;

const runScript = (script: string, seconds = 1) =>
  promisify(execFile)(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { watchEventLoop } from ${JSON.stringify(source)}; using _ = watchEventLoop({ seconds: ${seconds} }); ${script}`,
  ]);

test("a process whose event loop is blocked is killed, and says why", async () => {
  const blocked = {
    signal: "SIGKILL",
    stderr: expect.stringContaining("A connector has blocked this process for 1 second"),
  };
  await expect(runScript("for (;;);")).rejects.toMatchObject(blocked);
});

test("a process that waits is not killed, and is not kept alive", async () => {
  const wait = 'await new Promise((resolve) => setTimeout(resolve, 5500)); console.log("done");';
  // Several seconds, so that a machine that stands still once does not look like a blocked event loop.
  expect(await runScript(wait, 3)).toMatchObject({ stdout: "done\n", stderr: "" });
});
