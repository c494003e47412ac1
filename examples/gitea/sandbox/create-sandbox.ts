import { createSandbox, type Sandbox } from "@bridgekit/sandbox";
import { createApp } from "./app.ts";
import { seedState, type GiteaState } from "./state.ts";

export interface GiteaSandboxOptions {
  users?: number;
  organizations?: number;
  /** The accepted token, which belongs to the first user. */
  token?: string;
}

export interface GiteaSandbox extends Sandbox {
  readonly state: GiteaState;
}

/**
 * Creates a stand-in for Gitea that keeps state and fails on demand.
 *
 * @example
 * const sandbox = createGiteaSandbox({ users: 250 });
 * sandbox.fault(when({ path: "/api/v1/admin/users", nth: 2 }, { kind: "login-page" }));
 */
export function createGiteaSandbox({
  users = 25,
  organizations = 2,
  token = "sandbox-token",
}: GiteaSandboxOptions = {}): GiteaSandbox {
  const state = seedState({ users, organizations });
  const app = createApp(state, token);
  return Object.assign(createSandbox({ fetch: (request) => app.fetch(request) }), { state });
}
