import { type Command, Option } from "commander";
import { APP_STATES, LOG_LEVELS, toCount, toList, toPort, toSeconds } from "./parsers.ts";
import type { ProgramTools } from "./program-tools.ts";

/** Commands of a fleet, which share the PostgreSQL of FLEET_DATABASE_URL. */
export function addFleetCommands(program: Command, { io, exit }: ProgramTools): void {
  program
    .command("worker")
    .description("run apps of a fleet until stopped, as one of many workers (FLEET_DATABASE_URL)")
    .option("-c, --config <file>", "config file; repeatable, one per organisation (default: bridge.config.ts)", toList)
    .option("--capacity <count>", "syncs and task runs at a time, and one more task run", toCount, 4)
    .option("--zone <name>", "run the apps of this zone; repeatable (default: apps without a zone)", toList)
    .option(
      "--health-port <port>",
      "serve /healthz, /readyz, /apps and /metrics on this port; 0 for any free port",
      toPort,
    )
    .option("--health-host <address>", "address for them; 0.0.0.0 in a container (default: 127.0.0.1)")
    .addOption(new Option("--log-level <level>", "least severe messages to log").choices(LOG_LEVELS).default("info"))
    .option("--verbose", "show the connectors' log messages")
    .option("--allow-drill", "let `bridgekit fleet drill` kill this worker")
    .addOption(new Option("--alone <job>").hideHelp())
    .action(async (options) => exit(await (await import("../commands/worker.ts")).worker(options, io)));

  const fleet = program.command("fleet").description("see and change a fleet (FLEET_DATABASE_URL)");
  const commands = () => import("../commands/fleet.ts");
  onApps(fleet.command("status"), "show its workers and apps")
    .addOption(new Option("--state <state>", "only apps in this state").choices(APP_STATES))
    .option("--failing", "only apps whose last sync did not end well")
    .option("--limit <count>", "most apps to show (default: 100, or all with --json)", toCount)
    .action(async (keys, options) => exit(await (await commands()).fleetStatus(keys, options, io)));
  onApps(fleet.command("pause"), "begin no more runs of apps; what runs goes on")
    .option("--all", "every app")
    .action(async (keys, options) => exit(await (await commands()).changeApps("pause", keys, options, io)));
  onApps(
    fleet.command("resume"),
    "end a pause, try a parked app again, or create one again that was deleted on the Bridge",
  )
    .option("--all", "every app")
    .action(async (keys, options) => exit(await (await commands()).changeApps("resume", keys, options, io)));
  onApps(fleet.command("run-now"), "sync apps first; many take turns with those that are due")
    .option("--all", "every app")
    .action(async (keys, options) => exit(await (await commands()).changeApps("runNow", keys, options, io)));
  fleet
    .command("drain")
    .description("ask a worker to end what it runs and to exit")
    .argument("<worker>", "id, as shown by `bridgekit fleet status`")
    .option("--json", "print one JSON object")
    .action(async (id, options) => exit(await (await commands()).drainWorker(id, options, io)));
  onApps(
    fleet.command("forget"),
    "delete apps that no worker has any more, with their state: the journal of their tasks, and what the guard compares with",
  ).action(async (keys, options) => exit(await (await commands()).changeApps("forget", keys, options, io)));
  fleet
    .command("forget-worker")
    .description("no longer show a worker that is gone; by itself it disappears after ten minutes")
    .argument("<worker>", "id, as shown by `bridgekit fleet status`")
    .option("--json", "print one JSON object")
    .action(async (id, options) => exit(await (await commands()).forgetWorker(id, options, io)));
  fleet
    .command("drill")
    .description("kill workers of a fleet for trials that were started with --allow-drill, and show what held")
    .option("--kills <count>", "how many, one after the other", toCount, 3)
    .option("--again-within <seconds>", "until what a killed worker ran has to run again", toCount, 300)
    .option("--pause <seconds>", "between two of them", toSeconds, 10)
    .option("--json", "print one JSON object per line")
    .action(async (options) => exit(await (await import("../commands/drill.ts")).drill(options, io)));
}

function onApps(command: Command, description: string): Command {
  return command
    .description(description)
    .argument("[apps...]", "keys of apps")
    .option("--org <url>", "only of the organisation at this address of its Bridge")
    .option("--json", "print one JSON object per line");
}
