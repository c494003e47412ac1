import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** One configuration for every package; each re-exports it, so that a package's tests run alone too. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: { enabled: false },
    // Files share a process: to start one and to read the sources again costs more than most tests.
    isolate: false,
    maxWorkers: 2,
    // Processes that tests start read the sources of the one before.
    env: { NODE_COMPILE_CACHE: fileURLToPath(new URL("node_modules/.cache/node", import.meta.url)) },
    // Timeouts end what hangs; how long a slow machine takes is no failure.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
  },
});
