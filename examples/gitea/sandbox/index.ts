export { createGiteaSandbox, type GiteaSandbox, type GiteaSandboxOptions } from "./create-sandbox.ts";
export type { GiteaState } from "./state.ts";
