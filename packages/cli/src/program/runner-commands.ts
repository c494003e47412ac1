import { type Command, Option } from "commander";
import { addTaskCommands } from "./object-commands.ts";
import { LOG_LEVELS, toPort } from "./parsers.ts";
import type { ProgramTools } from "./program-tools.ts";

/** Commands that work on the systems of a config: check, plan, sync, run, tasks. */
export function addRunnerCommands(program: Command, tools: ProgramTools): void {
  const { io, exit } = tools;
  onApps(program, "check", "check credentials and permissions; writes nothing").action(async (apps, options) =>
    exit(await (await import("../commands/check.ts")).check(apps, options, io)),
  );
  onApps(program, "plan", "read every system and show what a sync would change; changes nothing").action(
    async (apps, options) => exit(await (await import("../commands/plan.ts")).plan(apps, options, io)),
  );
  onApps(program, "sync", "read every system and push it to the Bridge, once")
    .option("--approve <hash>", "allow exactly the removals shown by `bridgekit plan` for this one app")
    .option("--full", "read everything, even if only changes are due")
    .action(async (apps, options) => exit(await (await import("../commands/sync.ts")).sync(apps, options, io)));
  onApps(program, "run", "sync and carry out tasks until stopped")
    .option(
      "--health-port <port>",
      "serve /healthz, /readyz, /apps and /metrics on this port; 0 for any free port",
      toPort,
    )
    .option("--health-host <address>", "address for them; 0.0.0.0 in a container (default: 127.0.0.1)")
    .addOption(
      new Option("--log-level <level>", "least severe messages to log if there is no terminal")
        .choices(LOG_LEVELS)
        .default("info"),
    )
    .action(async (apps, options) => exit(await (await import("../commands/run.ts")).run(apps, options, io)));

  const state = program.command("state").description("the journals and receipts of a config");
  state
    .command("import")
    .description("move them from the state folder into the fleet's database (FLEET_DATABASE_URL)")
    .argument("[apps...]", "keys of apps in the config (default: all)")
    .option("-c, --config <file>", "config file", "bridge.config.ts")
    .option("--json", "print one JSON object per line")
    .action(async (apps, options) =>
      exit(await (await import("../commands/state-import.ts")).importFolder(apps, options, io)),
    );

  const tasks = program
    .command("tasks")
    .description("carry out the pending tasks, once; or list, show, create, cancel or retry tasks");
  onApps(tasks, "run", "carry out the pending tasks, once; the default", { isDefault: true }).action(
    async (apps, options) => exit(await (await import("../commands/tasks.ts")).tasks(apps, options, io)),
  );
  addTaskCommands(tasks, tools);
}

function onApps(parent: Command, name: string, description: string, options: { isDefault?: boolean } = {}): Command {
  return parent
    .command(name, options)
    .description(description)
    .argument("[apps...]", "keys of apps in the config (default: all)")
    .option("-c, --config <file>", "config file", "bridge.config.ts")
    .option("--verbose", "show the connectors' log messages")
    .option("--json", "print one JSON object per line");
}
