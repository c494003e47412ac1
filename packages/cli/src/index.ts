export { defineConfig, type AppConfig, type BridgeConfig, type Patience, type Rhythm } from "./config/define-config.ts";
