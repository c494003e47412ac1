import type { RunningSandbox } from "./listen.ts";

export interface StandInOptions {
  /** 0 takes a free one. */
  port: number;
  hostname: string;
  /** How many people it has. */
  people: number;
}

/** A product that stands in for the real one until it is closed. */
export interface RunningStandIn extends RunningSandbox {
  /** What the person who started it has to know, line by line: address, keys, and a config to copy. */
  lines: readonly string[];
}

/** Starts a stand-in; what `bridgekit sandbox` and a connector's `sandbox/start.ts` call. */
export type StandIn = (options: StandInOptions) => Promise<RunningStandIn>;

interface Connected {
  /** Key of the app in the config: `jira`. */
  app: string;
  /** The package of the connector, and what is imported from it. */
  from: string;
  imported: string;
  /** The connector as the config writes it; what is imported unless told otherwise. */
  connector?: string;
  /** Of the connection, for the address at which the stand-in listens. */
  config: (url: string) => object;
}

interface Product {
  /** The product, for people: `Jira Cloud`. */
  title: string;
  create: (people: number) => {
    sandbox: { listen: (options: { port: number; hostname: string }) => Promise<RunningSandbox> };
    connected: Connected;
  };
}

/** Makes a stand-in that can be started by hand of a sandbox, with a whole `bridge.config.ts` to copy. */
export function defineStandIn({ title, create }: Product): StandIn {
  return async ({ people, ...address }) => {
    const { sandbox, connected } = create(people);
    const running = await sandbox.listen(address);
    const { url } = running;
    const first = `${title} stands in at ${url}, with ${people} people who do not exist; Ctrl-C ends it, and forgets all.`;
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
 * Starts a stand-in by hand, for a `sandbox/start.ts`: prints its lines, and goes on until the process ends. `PORT` and
 * `PEOPLE` of the environment change 7410 and 25.
 */
export async function runStandIn(standIn: StandIn, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const read = (name: string, usual: number) => {
    const value = Number(env[name] ?? usual);
    if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} is a whole number, not "${env[name]}".`);
    return value;
  };
  const port = read("PORT", 7410);
  const { lines } = await standIn({ port, hostname: "127.0.0.1", people: read("PEOPLE", 25) });
  process.stdout.write(`${lines.join("\n")}\n`);
}
