import type { RunningSandbox } from "./listen.ts";

export interface StandInOptions {
  /** 0 picks a free one. */
  port: number;
  hostname: string;
  people: number;
}

/** A running stand-in for a product. */
export interface RunningStandIn extends RunningSandbox {
  /** Lines to print: address, keys, and a config to copy. */
  lines: readonly string[];
}

/** Starts a stand-in; called by `bridgekit sandbox` and a connector's `sandbox/start.ts`. */
export type StandIn = (options: StandInOptions) => Promise<RunningStandIn>;

interface Connected {
  /** Key of the app in the config: `jira`. */
  app: string;
  /** The package of the connector. */
  from: string;
  imported: string;
  /** The connector as written in the config; the imported name by default. */
  connector?: string;
  /** Returns the config of the connection, from the address of the stand-in. */
  config: (url: string) => object;
}

interface Product {
  /** For people: `Jira Cloud`. */
  title: string;
  create: (people: number) => {
    sandbox: { listen: (options: { port: number; hostname: string }) => Promise<RunningSandbox> };
    connected: Connected;
  };
}

/** Makes a stand-in that can be started by hand, with a complete `bridge.config.ts` to copy. */
export function defineStandIn({ title, create }: Product): StandIn {
  return async ({ people, ...address }) => {
    const { sandbox, connected } = create(people);
    const running = await sandbox.listen(address);
    const { url } = running;
    const first = `A stand-in for ${title} with ${people} fictional people runs at ${url}. Ctrl-C stops it; nothing is kept.`;
    return { ...running, lines: [first, "", "A bridge.config.ts for it:", "", ...toConfig(connected, url)] };
  };
}

function toConfig({ app, from, imported, connector = imported, config }: Connected, url: string): string[] {
  const fields = JSON.stringify(config(url), undefined, 2)
    .replaceAll(/"(\w+)":/g, "$1:")
    .split("\n");
  return [
    `import { defineConfig } from "@bridgekit/cli";`,
    `import { ${imported} } from ${JSON.stringify(from)};`,
    "",
    "export default defineConfig({",
    "  apps: {",
    `    ${app}: {`,
    `      connector: ${connector},`,
    `      config: ${fields.map((line, index) => (index === 0 ? line : `      ${line}`)).join("\n")},`,
    "    },",
    "  },",
    "});",
  ].flatMap((line) => line.split("\n"));
}

/**
 * Starts a stand-in by hand, for a `sandbox/start.ts`: prints its lines and runs until the process ends. The environment
 * variables `PORT` and `PEOPLE` override 7410 and 25.
 */
export async function runStandIn(standIn: StandIn, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const read = (name: string, usual: number) => {
    const value = Number(env[name] ?? usual);
    if (!Number.isInteger(value) || value < 0)
      throw new RangeError(`${name} must be a whole number, not "${env[name]}".`);
    return value;
  };
  const port = read("PORT", 7410);
  const { lines } = await standIn({ port, hostname: "127.0.0.1", people: read("PEOPLE", 25) });
  process.stdout.write(`${lines.join("\n")}\n`);
}
