import { Argument, type Command, Option } from "commander";
import { LOG_LEVELS, toCount, toDays, toExpiry, toLimit, toList, toOverlap, toPort, toSeconds } from "./parsers.ts";
import { type ProgramTools, withReason } from "./program-tools.ts";

/** Commands that run a Bridge or work on its database, which need no key. */
export function addBridgeCommands(program: Command, { io, exit }: ProgramTools): void {
  program
    .command("up")
    .description("run a Bridge until stopped, on an embedded database or the PostgreSQL of DATABASE_URL")
    .option("-p, --port <port>", "port to listen on; 0 for any free port", toPort, 7400)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--data <dir>", "folder of the embedded database", ".bridge/data")
    .option("--org <slug>", "organisation to create on the first start", "main")
    .addOption(
      new Option("--log-level <level>", "least severe messages to log, as JSON lines on stderr")
        .choices(LOG_LEVELS)
        .default("warn"),
    )
    .option("--drain <seconds>", "how long it keeps serving requests after a stop signal", toSeconds, 0.5)
    .option("--retention <days>", "days to keep ended syncs, ended tasks and events, or forever", toDays, 90)
    .option("--session-days <days>", "days after which an open or held sync is dropped, or forever", toDays, 30)
    .option("--unattended", "print no key and no sign-in link: for a service, whose output is kept")
    .option("--json", 'print one line {"url","key","link"} once it is ready')
    .action(async (options) => exit(await (await import("../commands/up.ts")).up(options, io)));

  program
    .command("sandbox")
    .description("run a stand-in for a product to try a connector against; its data is lost when it stops")
    .addArgument(
      new Argument("<product>", "product to stand in for").choices(["jira", "salesforce", "odoo", "bamboohr"]),
    )
    .option("-p, --port <port>", "port to listen on; 0 for any free port", toPort, 7410)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--people <count>", "number of people in it", toCount, 25)
    .action(async (product, options) => (await import("../commands/sandbox.ts")).sandbox(product, options, io));

  onData(program.command("migrate"), "bring the tables of a Bridge up to date and exit").action(async (options) =>
    (await import("../commands/migrate.ts")).migrate(options, io),
  );
  const backups = () => import("../commands/backup.ts");
  onData(program.command("backup"), "write everything in a Bridge to a file")
    .argument("<file>", "file to write, such as bridge.jsonl.gz; replaced if it exists")
    .action(async (file, options) => (await backups()).backup(file, options, io));
  onData(program.command("restore"), "restore a backup into an empty database")
    .argument("<file>", "file written by `bridgekit backup` of this version or an older one")
    .action(async (file, options) => (await backups()).restore(file, options, io));

  const orgs = program.command("orgs").alias("org").description("manage organisations");
  onOrgs(orgs.command("create"), "create an organisation; only on the database")
    .argument("<slug>", "used in its address: 1 to 63 of a-z, 0-9 and -")
    .option("--name <name>", "its name (default: the slug)")
    .action(async (slug, options) => (await import("../commands/orgs.ts")).createOrg(slug, options, io));
  onOrgs(orgs.command("delete"), "delete an organisation for good; only on the database")
    .argument("<slug>", "slug, as shown by `bridgekit orgs list`")
    .option("--confirm <slug>", "repeat the slug to confirm")
    .action(async (slug, options) => (await import("../commands/orgs.ts")).deleteOrg(slug, options, io));
  onOrgs(orgs.command("list"), "list the organisations; over HTTP only the one of the key").action(async (options) =>
    (await import("../commands/orgs.ts")).listOrgs(options, io),
  );

  const budget = program
    .command("budget")
    .description("how much may be taken away in an hour without an administrator");
  const limit = "a number, or none for no limit";
  onOwnBridge(budget.command("show", { isDefault: true }), "show the limits and what was used in the last hour").action(
    async (options) => (await import("../commands/budget.ts")).showBudget(options, io),
  );
  onOwnBridge(budget.command("set"), "set the limits; needs an admin key")
    .option("--removals <count>", `records that syncs may remove in an hour: ${limit}`, toLimit)
    .option("--revocations <count>", `tasks in an hour that may suspend, delete or take access away: ${limit}`, toLimit)
    .action(async (options) => (await import("../commands/budget.ts")).setBudget(options, io));

  onKeys(program.command("login"), "print a link that signs in to the console, once and within 10 minutes")
    .option("--name <name>", "who signs in; shown in the audit trail", "operator of the Bridge")
    .addOption(
      new Option("--role <role>", "what they may do").choices(["admin", "operator", "auditor"]).default("admin"),
    )
    .option("--url <url>", "address of the Bridge, if working on the database", "http://127.0.0.1:7400")
    .action(async (options) => (await import("../commands/login.ts")).login(options, io));

  const keys = program.command("keys").alias("key").description("manage the API keys of an organisation");
  withReason(onKeys(keys.command("create"), "create an API key and show it, once"))
    .option("--name <name>", "name shown in lists and in the audit trail", "key")
    .addOption(
      new Option("--role <role>", "what the key may do")
        .choices(["connector", "auditor", "operator", "admin"])
        .default("admin"),
    )
    .option("--app <id>", "limit a connector's key to this app and those it creates; repeatable", toList)
    .option("--own-apps", "limit a connector's key to the apps it creates")
    .option("--all-apps", "give a connector's key access to every app")
    .option("--expires <days>", "expire after 7, 30 or 90 days (default: never)", toExpiry)
    .action(async (options) => (await import("../commands/keys.ts")).createKey(options, io));
  onKeys(keys.command("list"), "list the keys, newest first").action(async (options) =>
    (await import("../commands/keys.ts")).listKeys(options, io),
  );
  withReason(onKeys(keys.command("revoke"), "revoke a key for good"))
    .argument("<id>", "key id, as shown by `bridgekit keys list`")
    .action(async (id, options) => (await import("../commands/keys.ts")).revokeKey(id, options, io));
  withReason(onKeys(keys.command("rotate"), "give a key a new secret; the old one stays valid for a while"))
    .argument("<id>", "key id, as shown by `bridgekit keys list`")
    .option("--overlap <hours>", "hours the old secret stays valid; 0 ends it at once", toOverlap, 24)
    .action(async (id, options) => (await import("../commands/keys.ts")).rotateKey(id, options, io));
  withReason(onKeys(keys.command("end-overlap"), "end the old secret of a rotated key now"))
    .argument("<id>", "key id, as shown by `bridgekit keys list`")
    .action(async (id, options) => (await import("../commands/keys.ts")).endOverlap(id, options, io));
}

function onOwnBridge(command: Command, description: string): Command {
  return command
    .description(description)
    .option("-c, --config <file>", "config file whose Bridge to use (default: BRIDGE_URL and BRIDGE_API_KEY)")
    .option("--json", "print one JSON object per line");
}

function onData(command: Command, description: string): Command {
  return command
    .description(`${description}. Works on the PostgreSQL of DATABASE_URL, or an embedded database that is not in use`)
    .summary(description)
    .option("--data <dir>", "folder of the embedded database", ".bridge/data");
}

function onKeys(command: Command, description: string): Command {
  return command
    .description(
      `${description}. Over HTTP if BRIDGE_URL and BRIDGE_API_KEY (an admin key) are set; otherwise directly on the ` +
        `PostgreSQL of DATABASE_URL, or on an embedded database that is not in use`,
    )
    .summary(description)
    .option("--org <slug>", "organisation, if working on the database (default: main)")
    .option("--database", "work on the database even if BRIDGE_URL is set")
    .option("--data <dir>", "folder of the embedded database (default: .bridge/data)")
    .option("--json", "print one JSON object per line");
}

function onOrgs(command: Command, description: string): Command {
  return command
    .description(
      `${description}. The database is the PostgreSQL of DATABASE_URL, or an embedded one that is not in use`,
    )
    .summary(description)
    .option("--database", "work on the database even if BRIDGE_URL is set")
    .option("--data <dir>", "folder of the embedded database (default: .bridge/data)")
    .option("--json", "print one JSON object per line");
}
