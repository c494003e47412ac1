import { Command, InvalidArgumentError, Option } from "commander";
import { readFileSync } from "node:fs";
import { addAdministration } from "./administration-commands.ts";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const LOG_LEVELS = ["debug", "info", "warn", "error", "silent"];

/** The command line. Each action loads its command when it is called, so that help costs nothing. */
export function createProgram(exit: (code: number) => void): Command {
  const program = new Command("bridgekit")
    .description("Who has access to what, in every system a company runs.")
    .version(version)
    .exitOverride()
    .showHelpAfterError("(bridgekit --help lists the commands and options)");

  program
    .command("up")
    .description("run a Bridge: embedded, or on the PostgreSQL of DATABASE_URL")
    .option("-p, --port <port>", "port to listen on; 0 takes a free one", toPort, 7400)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data <dir>", "folder of the embedded database", ".bridge/data")
    .option("--org <slug>", "organisation to make the first time", "main")
    .addOption(
      new Option("--log-level <level>", "what is logged to stderr, as JSON lines").choices(LOG_LEVELS).default("warn"),
    )
    .option("--drain <seconds>", "how long it goes on answering once it is told to stop", toSeconds, 0.5)
    .option("--retention <days>", "how long ended syncs, ended tasks and events are kept; or forever", toDays, 90)
    .option("--json", 'print one line {"url","key"} once it is ready')
    .action(async (options) => exit(await (await import("./commands/up.ts")).up(options)));

  const connected = (name: string, description: string) =>
    program
      .command(name)
      .description(description)
      .argument("[apps...]", "keys of the config's apps; all where none is given")
      .option("-c, --config <file>", "config file", "bridge.config.ts")
      .option("--json", "print one JSON object per line");

  connected("sync", "read every system and push it to the Bridge, once")
    .option("--approve <hash>", "let exactly what `bridgekit plan` showed for this one app pass")
    .action(async (apps, options) => exit(await (await import("./commands/sync.ts")).sync(apps, options)));
  connected("plan", "read every system and tell what a sync would change; changes nothing").action(
    async (apps, options) => exit(await (await import("./commands/plan.ts")).plan(apps, options)),
  );
  connected("tasks", "carry out the pending tasks, once").action(async (apps, options) =>
    exit(await (await import("./commands/tasks.ts")).tasks(apps, options)),
  );
  connected("run", "sync and carry out tasks until stopped")
    .option("--health-port <port>", "answer /healthz, /readyz and /apps on this port; 0 takes a free one", toPort)
    .addOption(
      new Option("--log-level <level>", "what is logged where there is no terminal")
        .choices(LOG_LEVELS)
        .default("info"),
    )
    .action(async (apps, options) => exit(await (await import("./commands/run.ts")).run(apps, options)));
  connected("check", "check credentials and permissions; writes nothing").action(async (apps, options) =>
    exit(await (await import("./commands/check.ts")).check(apps, options)),
  );

  addAdministration(program);
  return program;
}

function toPort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return port;
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (!(text.trim() !== "" && seconds >= 0 && seconds <= 600))
    throw new InvalidArgumentError("Give a number of seconds from 0 to 600.");
  return seconds;
}

function toDays(text: string): number | null {
  if (text === "forever") return null;
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1)
    throw new InvalidArgumentError("Give a whole number of days, or forever to keep everything.");
  return days;
}
