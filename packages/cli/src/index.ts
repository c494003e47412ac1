export { defineConfig, type AppConfig, type BridgeConfig } from "./config/define-config.ts";
