import { Argument, type Command, Option } from "commander";
import { LOG_LEVELS, toCount, toDays, toExpiry, toList, toOverlap, toPort, toSeconds } from "./parsers.ts";
import type { ProgramTools } from "./program-tools.ts";

/** A Bridge itself: running it, and what has to be there before there is a key. */
export function addBridgeCommands(program: Command, { io, exit }: ProgramTools): void {
  program
    .command("up")
    .description("run a Bridge until stopped: embedded, or on the PostgreSQL of DATABASE_URL")
    .option("-p, --port <port>", "port to listen on; 0 takes a free one", toPort, 7400)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data <dir>", "folder of the embedded database", ".bridge/data")
    .option("--org <slug>", "organisation to make the first time", "main")
    .addOption(
      new Option("--log-level <level>", "what is logged to stderr, as JSON lines").choices(LOG_LEVELS).default("warn"),
    )
    .option("--drain <seconds>", "how long it goes on answering once it is asked to stop", toSeconds, 0.5)
    .option("--retention <days>", "how long ended syncs, ended tasks and events are kept; or forever", toDays, 90)
    .option("--session-days <days>", "how long a sync may be open or held before it is dropped; or forever", toDays, 30)
    .option("--json", 'print one line {"url","key"} once it is ready')
    .action(async (options) => exit(await (await import("../commands/up.ts")).up(options, io)));

  program
    .command("sandbox")
    .description("run a stand-in for a product, to try a connector against; it keeps nothing")
    .addArgument(new Argument("<product>", "what stands in").choices(["jira", "salesforce", "odoo", "bamboohr"]))
    .option("-p, --port <port>", "port to listen on; 0 takes a free one", toPort, 7410)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--people <count>", "how many people it has", toCount, 25)
    .action(async (product, options) => (await import("../commands/sandbox.ts")).sandbox(product, options, io));

  const backups = () => import("../commands/backup.ts");
  onData(program.command("backup"), "write everything that a Bridge holds into a file")
    .argument("<file>", "the file, such as bridge.jsonl.gz; replaced where it exists")
    .action(async (file, options) => (await backups()).backup(file, options, io));
  onData(program.command("restore"), "put a backup into an empty database")
    .argument("<file>", "a file that `bridgekit backup` wrote, of this version or an older one")
    .action(async (file, options) => (await backups()).restore(file, options, io));

  const orgs = program.command("orgs").alias("org").description("organisations");
  onDatabase(orgs.command("create"), "create an organisation, on the database only")
    .argument("<slug>", "part of its addresses: 1 to 63 of a-z, 0-9 and -")
    .option("--name <name>", "its name; the slug where absent")
    .action(async (slug, options) => (await import("../commands/orgs.ts")).createOrg(slug, options, io));
  onDatabase(orgs.command("delete"), "delete an organisation for good, on the database only")
    .argument("<slug>", "as `bridgekit orgs list` shows it")
    .option("--confirm <slug>", "its slug once more")
    .action(async (slug, options) => (await import("../commands/orgs.ts")).deleteOrg(slug, options, io));
  onDatabase(orgs.command("list"), "list the organisations; over HTTP that of the key").action(async (options) =>
    (await import("../commands/orgs.ts")).listOrgs(options, io),
  );

  const keys = program.command("keys").alias("key").description("API keys of an organisation");
  onKeys(keys.command("create"), "create an API key; the only time that it is shown")
    .option("--name <name>", "what it is for, as the audit trail shows it", "key")
    .addOption(
      new Option("--role <role>", "what it may do")
        .choices(["connector", "auditor", "operator", "admin"])
        .default("admin"),
    )
    .option("--app <id>", "limits a connector's key to this app and those that it makes; again for more", toList)
    .option("--own-apps", "limits a connector's key to the apps that it makes")
    .option("--all-apps", "lets a connector's key reach every app")
    .option("--expires <days>", "7, 30 or 90 days; never where absent", toExpiry)
    .action(async (options) => (await import("../commands/keys.ts")).createKey(options, io));
  onKeys(keys.command("list"), "list the keys, newest first").action(async (options) =>
    (await import("../commands/keys.ts")).listKeys(options, io),
  );
  onKeys(keys.command("revoke"), "revoke a key for good")
    .argument("<id>", "its id, as `bridgekit keys list` shows it")
    .action(async (id, options) => (await import("../commands/keys.ts")).revokeKey(id, options, io));
  onKeys(keys.command("rotate"), "give a key another secret; the old one stays valid for a while")
    .argument("<id>", "its id, as `bridgekit keys list` shows it")
    .option("--overlap <hours>", "how long the old secret stays valid; 0 ends it at once", toOverlap, 24)
    .action(async (id, options) => (await import("../commands/keys.ts")).rotateKey(id, options, io));
  onKeys(keys.command("end-overlap"), "end the validity of the old secret of a key that was rotated")
    .argument("<id>", "its id, as `bridgekit keys list` shows it")
    .action(async (id, options) => (await import("../commands/keys.ts")).endOverlap(id, options, io));
}

function onData(command: Command, description: string): Command {
  return command
    .description(`${description}: that of DATABASE_URL, or the embedded one, which must not be in use`)
    .summary(description)
    .option("--data <dir>", "folder of the embedded database", ".bridge/data");
}

function onKeys(command: Command, description: string): Command {
  return command
    .description(
      `${description}. Over HTTP, where BRIDGE_URL and BRIDGE_API_KEY (of an administrator) are set; else on the ` +
        `database: PostgreSQL of DATABASE_URL, or an embedded database that is not in use`,
    )
    .summary(description)
    .option("--org <slug>", "organisation, on the database: main where absent")
    .option("--database", "work on the database also where BRIDGE_URL is set")
    .option("--data <dir>", "folder of the embedded database; .bridge/data where absent")
    .option("--json", "print one JSON object per line");
}

function onDatabase(command: Command, description: string): Command {
  return command
    .description(
      `${description}. Over HTTP, where BRIDGE_URL and BRIDGE_API_KEY are set; else on the database: PostgreSQL of ` +
        `DATABASE_URL, or an embedded database that is not in use`,
    )
    .summary(description)
    .option("--database", "work on the database also where BRIDGE_URL is set")
    .option("--data <dir>", "folder of the embedded database; .bridge/data where absent")
    .option("--json", "print one JSON object per line");
}
