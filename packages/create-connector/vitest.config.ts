import { defineConfig, mergeConfig } from "vitest/config";
import shared from "../../vitest.config.ts";

// The template is a whole connector, and its tests run where it lies too.
export default mergeConfig(shared, defineConfig({ test: { include: ["template/test/**/*.test.ts"] } }));
