export { createMySystemSandbox, type MySystemSandbox, type MySystemSandboxOptions } from "./create-sandbox.ts";
export type { MySystemState } from "./state.ts";
