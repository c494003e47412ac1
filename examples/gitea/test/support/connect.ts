import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { createGiteaSandbox, type GiteaSandbox, type GiteaSandboxOptions } from "../../sandbox/index.ts";
import connector from "../../src/index.ts";

export const TOKEN = "canary-token";

/** Connects to a stand-in in this process, with as many retries as in production but without the waiting. */
export async function connect(
  options: GiteaSandboxOptions = {},
  config: { token?: string } = {},
): Promise<{ sandbox: GiteaSandbox; connection: Connection }> {
  const sandbox = createGiteaSandbox({ token: TOKEN, ...options });
  const connection = await createConnection(
    connector,
    { url: "http://gitea.example.com", token: TOKEN, ...config },
    { fetch: sandbox.fetch, retry: quickRetry },
  );
  return { sandbox, connection };
}
