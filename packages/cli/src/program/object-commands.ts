import { Argument, type Command, Option } from "commander";
import { toCount, toList } from "./parsers.ts";
import type { ProgramTools } from "./program-tools.ts";

const ACTIONS = [
  "create_account",
  "update_account",
  "delete_account",
  "suspend_account",
  "unsuspend_account",
  "reset_password",
];
const RECORD_STATUSES = ["active", "inactive", "suspended"];
const APP = "id or name of an app, as `bridgekit apps list` shows them";
const SYNC = "id of a session, as `bridgekit sessions list` shows it";
const TASK = "id of a task, as `bridgekit tasks list` shows it";
const LIMIT = "most rows to show; 100 in a table, all as JSON";

/** What is on a Bridge, over HTTP with a key: status, apps, sessions, records, and the tasks of an app. */
export function addObjectCommands(program: Command, { io, exit }: ProgramTools): void {
  onBridge(program, "status", "how each app of the Bridge is doing; exit code 3 where a session is held").action(
    async (options) => exit(await (await import("../commands/status.ts")).status(options, io)),
  );

  const apps = program.command("apps").description("the apps of the Bridge");
  const appCommands = () => import("../commands/apps.ts");
  onBridge(apps, "list", "list the apps").action(async (options) => (await appCommands()).listApps(options, io));
  onBridge(apps, "create", "create an app")
    .argument("<name>", "its name")
    .option("--clone-from <app>", "share the resource types of this app")
    .action(async (name, options) => (await appCommands()).createApp(name, options, io));
  onBridge(apps, "show", "show an app and its resource types")
    .argument("<app>", APP)
    .action(async (app, options) => (await appCommands()).showApp(app, options, io));

  const sessions = program.command("sessions").description("the sync sessions of an app");
  const sessionCommands = () => import("../commands/sessions.ts");
  onBridge(sessions, "list", "list the sessions, newest first")
    .argument("<app>", APP)
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, options) => (await sessionCommands()).listSessions(app, options, io));
  onSession(sessions, "show", "show a session; exit code 3 while it is held").action(async (app, id, options) =>
    exit(await (await sessionCommands()).showSession(app, id, options, io)),
  );
  onSession(sessions, "changes", "list what a session did, or would do while it is held")
    .addOption(new Option("--change <change>", "only these").choices(["created", "updated", "removed"]))
    .option("--type <slug>", "only records of this resource type")
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, id, options) => (await sessionCommands()).listChanges(app, id, options, io));
  onSession(sessions, "confirm", "let the removals of a held session pass").action(async (app, id, options) =>
    (await sessionCommands()).confirmSession(app, id, options, io),
  );
  onSession(sessions, "discard", "drop a held session; nothing of it is applied").action(async (app, id, options) =>
    (await sessionCommands()).discardSession(app, id, options, io),
  );

  const records = program.command("records").description("the records of an app");
  const recordCommands = () => import("../commands/records.ts");
  const onType = (name: string, description: string) =>
    onBridge(records, name, description).argument("<app>", APP).argument("<type>", "slug of a resource type");
  const filtered = (command: Command) =>
    command
      .addOption(new Option("--status <status>", "only records with this status").choices(RECORD_STATUSES))
      .option("--text <text>", "only records whose id, email, username or name begins with this text")
      .option("--limit <count>", LIMIT, toCount);
  filtered(onType("list", "list the records of a type, by id")).action(async (app, type, options) =>
    (await recordCommands()).listRecords(app, type, options, io),
  );
  onType("show", "show everything that the Bridge knows of a record")
    .argument("<id>", "id of the record")
    .action(async (app, type, id, options) => (await recordCommands()).showRecord(app, type, id, options, io));
  filtered(onType("members", "list the accounts that are in a group, or use a license"))
    .argument("<id>", "id of the group or license")
    .action(async (app, type, id, options) => (await recordCommands()).listMembers(app, type, id, options, io));
}

/** Erasing people, over HTTP with a key of an administrator. */
export function addPeopleCommands(program: Command, { io }: ProgramTools): void {
  const people = program.command("people").alias("person").description("erase what the Bridge holds of a person");
  const peopleCommands = () => import("../commands/people.ts");
  onBridge(people, "erase", "show what would be erased of a person; with --yes, erase it for good")
    .argument("<who>", "an email, in all apps; with --app the id of an account")
    .option("--app <app>", `only the account of this app: ${APP}`)
    .option("--type <slug>", "the type of the account, where the app has several")
    .option("--yes", "erase it")
    .action(async (who, options) => (await peopleCommands()).erasePerson(who, options, io));
  onBridge(people, "receipts", "list the receipts of those who were erased, newest first").action(async (options) =>
    (await peopleCommands()).listReceipts(options, io),
  );
}

/** `bridgekit tasks list` and so on, beside `bridgekit tasks run`. */
export function addTaskCommands(tasks: Command, { io }: ProgramTools): void {
  onBridge(tasks, "list", "list the tasks of an app, in the order in which they became due")
    .argument("<app>", APP)
    .addOption(new Option("--status <status>", "only these").choices(["pending", "scheduled", "completed", "failed"]))
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, options) => (await import("../commands/task-list.ts")).listTasks(app, options, io));
  onTask(tasks, "show", "show a task, its outcome and its history").action(async (app, id, options) =>
    (await import("../commands/task-list.ts")).showTask(app, id, options, io),
  );
  const changes = () => import("../commands/task-changes.ts");
  onBridge(tasks, "create", "order that something is done to an account")
    .argument("<app>", APP)
    .addArgument(new Argument("<action>", "what is done").choices(ACTIONS))
    .argument("<account>", "id of the account; for create_account the one that is wished for")
    .option("--set <name=value>", "a field of the account, such as email; again for more", toList)
    .option("--add <slug:id>", "a group that it joins or a license that it gets; again for more", toList)
    .option("--remove <slug:id>", "a group that it leaves or a license that it loses; again for more", toList)
    .option("--at <time>", "not before this time, such as 2026-12-01T08:00Z")
    .action(async (app, action, account, options) => (await changes()).createTask(app, action, account, options, io));
  onTask(tasks, "cancel", "end a task that has not ended, as failed").action(async (app, id, options) =>
    (await changes()).cancelTask(app, id, options, io),
  );
  onTask(tasks, "retry", "create a task like one that failed").action(async (app, id, options) =>
    (await changes()).retryTask(app, id, options, io),
  );
}

function onSession(parent: Command, name: string, description: string): Command {
  return onBridge(parent, name, description).argument("<app>", APP).argument("<session>", SYNC);
}

function onTask(parent: Command, name: string, description: string): Command {
  return onBridge(parent, name, description).argument("<app>", APP).argument("<task>", TASK);
}

function onBridge(parent: Command, name: string, description: string): Command {
  return parent
    .command(name)
    .description(description)
    .option("-c, --config <file>", "the Bridge of this config file; else of BRIDGE_URL and BRIDGE_API_KEY")
    .option("--json", "print one JSON object per line, as the Bridge returns it");
}
