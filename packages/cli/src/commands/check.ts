import { createClient } from "@bridgekit/client";
import { tryKey } from "../apps/try-key.ts";
import type { CommandIo } from "../command-io.ts";
import { connectSession, type CommonOptions } from "./session.ts";

/** `bridgekit check`: checks the API key of the Bridge, then each app's credentials and permissions. Writes nothing. */
export async function check(keys: string[], options: CommonOptions, io: CommandIo): Promise<number> {
  const { config, bridge, apps, reporter } = await connectSession(keys, options, io);
  let isOk = true;
  const fail = (error: unknown, app?: string) => {
    isOk = false;
    reporter.failed((error as Error).message, app);
  };
  try {
    const [appId] = apps.flatMap(({ key }) => config.apps[key]!.id ?? []);
    await tryKey({
      bridge,
      appId,
      withKey: (apiKey) => createClient({ baseUrl: bridge.baseUrl, apiKey, fetch: io.fetch }),
    });
    reporter.checked("Bridge", [{ name: "API key", isOk: true, message: bridge.baseUrl }]);
  } catch (error) {
    fail(error, "Bridge");
  }
  for (const { name, connection } of apps) {
    try {
      const results = await connection.check();
      reporter.checked(name, results);
      isOk &&= results.every((result) => result.isOk);
    } catch (error) {
      fail(error, name);
    }
  }
  reporter.close();
  return isOk ? 0 : 1;
}
