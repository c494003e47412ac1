import { type Command, InvalidArgumentError, Option } from "commander";

/** `bridgekit org` and `bridgekit key`: they work on the database itself, for what has to be there before there is a key. */
export function addAdministration(program: Command): void {
  const org = program.command("org").description("organisations, on the database itself");
  onDatabase(org.command("create"), "make an organisation; prints it")
    .argument("<slug>", "part of its addresses: 1 to 63 of a-z, 0-9 and -")
    .option("--name <name>", "its name; the slug where absent")
    .action(async (slug, options) => (await import("./commands/org.ts")).createOrg(slug, options));
  onDatabase(org.command("list"), "list the organisations, by slug").action(async (options) =>
    (await import("./commands/org.ts")).listOrgs(options),
  );

  const key = program.command("key").description("API keys, on the database itself");
  onDatabase(key.command("create"), "make an API key; the only time that it is shown")
    .option("--org <slug>", "organisation that it opens", "main")
    .option("--name <name>", "what it is for, as the audit trail tells it", "key")
    .addOption(new Option("--role <role>", "what it may do").choices(["admin", "connector"]).default("admin"))
    .option("--app <id>", "limits a connector's key to this app; again for more", toList)
    .option("--expires <days>", "7, 30 or 90 days; never where absent", toExpiry)
    .action(async (options) => (await import("./commands/key.ts")).createKey(options));
  onDatabase(key.command("list"), "list the keys of an organisation, newest first")
    .option("--org <slug>", "organisation", "main")
    .action(async (options) => (await import("./commands/key.ts")).listKeys(options));
  onDatabase(key.command("revoke"), "revoke a key for good")
    .argument("<id>", "its id, as `bridgekit key list` tells it")
    .action(async (id, options) => (await import("./commands/key.ts")).revokeKey(id, options));
}

function onDatabase(command: Command, description: string): Command {
  return command
    .description(`${description}. PostgreSQL of DATABASE_URL, or an embedded database that is not in use`)
    .summary(description)
    .option("--data <dir>", "folder of the embedded database", ".bridge/data")
    .option("--json", "print one JSON object per line");
}

function toList(id: string, ids: string[] = []): string[] {
  return [...ids, id];
}

function toExpiry(text: string): number {
  if (!["7", "30", "90"].includes(text)) throw new InvalidArgumentError("A key expires after 7, 30 or 90 days.");
  return Number(text);
}
