export { defineConfig, type AppConfig, type BridgeConfig, type Rhythm } from "./config/define-config.ts";
