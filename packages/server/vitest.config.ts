import { defineConfig, mergeConfig } from "vitest/config";
import shared from "../../vitest.config.ts";

export default mergeConfig(
  shared,
  defineConfig({
    test: {
      globalSetup: ["test/support/global-setup.ts", "../test-postgres/src/keep-exit-code.ts"],
      isolate: false,
      maxWorkers: 2,
    },
  }),
);
