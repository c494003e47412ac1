export { defineConfig, type AppConfig, type BridgeConfig, type Patience, type Rhythm } from "./config/define-config.ts";
export {
  defineSecret,
  secretFromEnvironment,
  secretFromFile,
  type Secret,
  type SecretSource,
  type WithSecrets,
} from "./secrets/secret.ts";
export { createVault, type Vault, type VaultOptions, type VaultSignIn } from "./secrets/vault.ts";
