import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import { seedState, type MySystemState } from "./state.ts";

export interface MySystemSandboxOptions {
  users?: number;
  teams?: number;
  /** The accepted token, which belongs to the first user. */
  token?: string;
}

export interface MySystemSandbox extends Sandbox {
  readonly state: MySystemState;
}

/**
 * A stand-in for the product that keeps state and fails on demand.
 *
 * @example
 * const sandbox = createMySystemSandbox({ users: 250 });
 * sandbox.fault(when({ path: "/api/users", nth: 2 }, { kind: "login-page" }));
 */
export function createMySystemSandbox({
  users = 25,
  teams = 5,
  token = "sandbox-token",
}: MySystemSandboxOptions = {}): MySystemSandbox {
  const state = seedState({ users, teams });
  const app = createApp(state, token);
  return Object.assign(createSandbox({ fetch: (request) => app.fetch(request) }), { state });
}
