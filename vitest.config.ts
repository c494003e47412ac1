import { defineConfig } from "vitest/config";

/** One configuration for every package; each re-exports it, so that a package's tests run alone too. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: { enabled: false },
    // Timeouts end what hangs; how long a slow machine takes is no failure.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 300_000 } },
  },
});
