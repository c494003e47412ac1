import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const core = new URL("../../../core/src/index.ts", import.meta.url).href;

/** The system of `writeConfig`'s connector, shared by the test and the config file under this name. */
export const shared = globalThis as typeof globalThis & { office?: Office };

/** A system in memory. */
export interface Office {
  accounts: () => AsyncIterable<object> | Iterable<object>;
  suspend?: (id: string, signal: AbortSignal) => Promise<void>;
}

/** Writes a config with one app, `office`, to a new folder; returns the file. */
export async function writeOfficeConfig(run: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bridgekit-cli-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "bridge.config.ts");
  await writeFile(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  await writeFile(
    file,
    `import { defineConnector } from ${JSON.stringify(core)};
const office = defineConnector({
  name: "office",
  title: "Office",
  config: { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } },
  resourceTypes: { account: { type: "account", name: "Account" } },
  connect: (config, { logger }) => ({ logger }),
  check: async ({ client }) => { client.logger.info({ door: 4 }, "looked at the door"); return []; },
  sync: () => ({ async *account() { yield* globalThis.office.accounts(); } }),
  tasks: { suspend_account: ({ signal }, { account }) => globalThis.office.suspend(account.id, signal) },
});
export default { apps: { office: { connector: office, config: {} } }, run: ${JSON.stringify(run)} };
`,
  );
  return file;
}
