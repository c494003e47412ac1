import { defineConfig } from "vitest/config";

/** One configuration for every package; each re-exports it, so that a package's tests run alone too. */
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    typecheck: { enabled: false },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
