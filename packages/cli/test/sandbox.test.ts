import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { standIns as ofHr } from "@bridgekit/connector-hr/sandbox";
import { standIns as ofJira } from "@bridgekit/connector-jira/sandbox";
import { standIns as ofSalesforce } from "@bridgekit/connector-salesforce/sandbox";
import { expect, test } from "vitest";
import { runCommand } from "../src/run-command.ts";
import { runInProcess } from "./support/run-in-process.ts";

// Every stand-in of our connectors.
test.each(Object.keys({ ...ofJira, ...ofSalesforce, ...ofHr }))(
  "sandbox %s prints a config whose credentials the stand-in accepts",
  async (product) => {
    const stop = new AbortController();
    const lines: string[] = [];
    const ready = Promise.withResolvers<void>();
    const ended = runCommand(["sandbox", product, "--port", "0", "--people", "5"], {
      env: {},
      columns: undefined,
      fetch,
      print(line) {
        lines.push(line);
        if (line === "});") ready.resolve();
      },
      warn: (line) => ready.reject(new Error(line)),
      stopSignal: () => stop.signal,
    });
    await ready.promise;
    expect(lines[0]).toMatch(/with 5 fictional people runs at http:\/\/127\.0\.0\.1:\d+/);

    // Packages are resolved from the current folder, as beside a config.
    const folder = await mkdtemp(join(import.meta.dirname, "sandbox-"));
    try {
      const file = join(folder, "bridge.config.ts");
      const config = lines.slice(lines.findIndex((line) => line.startsWith("import ")));
      await writeFile(file, config.join("\n").replace("@bridgekit/cli", join(import.meta.dirname, "../src/index.ts")));
      const { stdout, stderr } = await runInProcess(["check", "--json", "--config", file], {
        env: { BRIDGE_URL: "http://127.0.0.1:1/org/main", BRIDGE_API_KEY: "bk_none" },
      });
      // There is no Bridge, so only its own check fails.
      expect(`${stdout}${stderr}`).toContain(`"app":"${product}"`);
      expect(stdout).not.toContain('"isOk":false');
    } finally {
      await rm(folder, { recursive: true });
      stop.abort();
    }
    expect(await ended).toBe(0);
  },
);
