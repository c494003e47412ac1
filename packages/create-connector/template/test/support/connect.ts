import { createConnection, type Connection } from "@bridgekit/core/run";
import { quickRetry } from "@bridgekit/testing";
import { createMySystemSandbox, type MySystemSandbox, type MySystemSandboxOptions } from "../../sandbox/index.ts";
import connector from "../../src/index.ts";

export const TOKEN = "canary-token";

/** Connects to a stand-in in this process, with as many retries as in production but without the waiting. */
export async function connect(
  options: MySystemSandboxOptions = {},
  config: { token?: string } = {},
): Promise<{ sandbox: MySystemSandbox; connection: Connection }> {
  const sandbox = createMySystemSandbox({ token: TOKEN, ...options });
  const connection = await createConnection(
    connector,
    { url: "http://my-system.example.com", token: TOKEN, ...config },
    { fetch: sandbox.fetch, retry: quickRetry },
  );
  return { sandbox, connection };
}
