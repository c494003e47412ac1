import { Argument, type Command, Option } from "commander";
import { toCount, toList, OPEN_STATES, SYNC_STATUSES, TASK_STATES } from "./parsers.ts";
import { type ProgramTools, withReason } from "./program-tools.ts";

const ACTIONS = [
  "create_account",
  "update_account",
  "delete_account",
  "suspend_account",
  "unsuspend_account",
  "reset_password",
];
const RECORD_STATUSES = ["active", "inactive", "suspended"];
const APP = "app id or name, as shown by `bridgekit apps list`";
const SYNC = "session id, as shown by `bridgekit sessions list`";
const TASK = "task id, as shown by `bridgekit tasks list`";
const LIMIT = "maximum number of rows (default: 100 in a table, all as JSON)";

/** Commands that read and change a Bridge over HTTP: status, apps, sessions and records. */
export function addObjectCommands(program: Command, { io, exit }: ProgramTools): void {
  onBridge(program, "status", "show the state of each app; exit code 3 if a session is held").action(async (options) =>
    exit(await (await import("../commands/status.ts")).status(options, io)),
  );

  const apps = program.command("apps").description("list, create and show apps");
  const appCommands = () => import("../commands/apps.ts");
  onBridge(apps, "list", "list the apps").action(async (options) => (await appCommands()).listApps(options, io));
  withReason(onBridge(apps, "create", "create an app"))
    .argument("<name>", "its name")
    .option("--clone-from <app>", "app whose resource types it shares")
    .action(async (name, options) => (await appCommands()).createApp(name, options, io));
  onBridge(apps, "show", "show an app and its resource types")
    .argument("<app>", APP)
    .action(async (app, options) => (await appCommands()).showApp(app, options, io));

  const sessions = program.command("sessions").description("list, show, confirm and discard sync sessions");
  const sessionCommands = () => import("../commands/sessions.ts");
  onBridge(sessions, "list", "list the sessions of an app, or of all apps, newest first")
    .argument("[app]", APP)
    .addOption(new Option("--status <status>", "only sessions with this status").choices(SYNC_STATUSES))
    .option("--since <time>", "only sessions that started at this time or later, such as 2026-12-01T08:00Z")
    .option("--until <time>", "only sessions that started before this time")
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, options) => (await sessionCommands()).listSessions(app, options, io));
  onSession(sessions, "show", "show a session; exit code 3 while it is held").action(async (app, id, options) =>
    exit(await (await sessionCommands()).showSession(app, id, options, io)),
  );
  const ofChanges = (command: Command) =>
    command
      .addOption(new Option("--change <change>", "only this kind of change").choices(["created", "updated", "removed"]))
      .option("--type <slug>", "only records of this resource type")
      .option("--text <text>", "only records whose id, email, username or name starts with this text")
      .option("--limit <count>", LIMIT, toCount);
  ofChanges(onSession(sessions, "changes", "list what a session did, or would do while it is held")).action(
    async (app, id, options) => (await import("../commands/changes.ts")).listChanges(app, id, options, io),
  );
  ofChanges(onBridge(program, "changes", "list what syncs changed in all apps, newest first"))
    .option("--app <app>", "only changes in this app")
    .option("--since <time>", "only changes at this time or later, such as 2026-12-01T08:00Z")
    .option("--until <time>", "only changes before this time")
    .action(async (options) => (await import("../commands/changes.ts")).listRecentChanges(options, io));
  onSession(sessions, "explain", "show what the records that a held session would remove have in common").action(
    async (app, id, options) => (await import("../commands/explain.ts")).explainSession(app, id, options, io),
  );
  withReason(onSession(sessions, "confirm", "apply a held session with its removals"))
    .option("--keep <type:id>", "but not that of this record, until the next sync; may be given again", toList)
    .action(async (app, id, options) => (await sessionCommands()).confirmSession(app, id, options, io));
  withReason(onSession(sessions, "discard", "discard a held session without applying it")).action(
    async (app, id, options) => (await sessionCommands()).discardSession(app, id, options, io),
  );

  const records = program.command("records").description("list and show records and members");
  const recordCommands = () => import("../commands/records.ts");
  const onType = (name: string, description: string) =>
    onBridge(records, name, description).argument("<app>", APP).argument("<type>", "slug of a resource type");
  const filtered = (command: Command) =>
    command
      .addOption(new Option("--status <status>", "only records with this status").choices(RECORD_STATUSES))
      .option("--text <text>", "only records whose id, email, username or name starts with this text")
      .option("--limit <count>", LIMIT, toCount);
  filtered(onType("list", "list the records of a type, by id")).action(async (app, type, options) =>
    (await recordCommands()).listRecords(app, type, options, io),
  );
  onType("show", "show everything the Bridge knows about a record")
    .argument("<id>", "record id")
    .action(async (app, type, id, options) => (await recordCommands()).showRecord(app, type, id, options, io));
  onType("history", "show the history of a record, and why it was removed")
    .argument("<id>", "record id")
    .action(async (app, type, id, options) =>
      (await import("../commands/explain.ts")).showHistory(app, type, id, options, io),
    );
  filtered(onType("members", "list the accounts in a group or with a license"))
    .argument("<id>", "group or license id")
    .option("--at <time>", "as they were at a time, such as 2026-12-01T08:00Z")
    .action(async (app, type, id, options) =>
      (await import("../commands/members.ts")).listMembers(app, type, id, options, io),
    );
  onType("seats", "list the seats of a license over time, newest first")
    .argument("<id>", "license id")
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, type, id, options) =>
      (await import("../commands/members.ts")).listSeats(app, type, id, options, io),
    );

  onBridge(program, "audit", "list who changed what, newest first")
    .option("--actor <text>", "only what was done by keys and people in whose name a word begins with this")
    .option("--operation <name>", "only this operation, such as confirmSync")
    .option("--app <app>", "only what was done to this app")
    .option("--target <id>", "only what was done to this task, session, key, user or app")
    .option("--text <text>", "only entries in which a word begins with this, such as a reason")
    .option("--since <time>", "only at this time or later, such as 2026-12-01T08:00Z")
    .option("--until <time>", "only before this time")
    .option("--limit <count>", LIMIT, toCount)
    .action(async (options) => (await import("../commands/audit.ts")).listAudit(options, io));
}

/** Commands that find people, and erase them, which needs an admin key; over HTTP. */
export function addPeopleCommands(program: Command, { io }: ProgramTools): void {
  const people = program
    .command("people")
    .alias("person")
    .description("find people in all apps; erase a person's data from the Bridge");
  const peopleCommands = () => import("../commands/people.ts");
  onBridge(people, "find", "find the accounts of a person in all apps")
    .argument("<who>", "an email, or what an id, a username or a name begins with")
    .option("--limit <count>", LIMIT, toCount)
    .action(async (who, options) => (await peopleCommands()).findPeople(who, options, io));
  withReason(onBridge(people, "erase", "show what would be erased; with --yes, erase it for good"))
    .argument("<who>", "email address, in all apps; with --app, an account id")
    .option("--app <app>", `only the account in this app: ${APP}`)
    .option("--type <slug>", "account type, if the app has several")
    .option("--yes", "erase it")
    .action(async (who, options) => (await peopleCommands()).erasePerson(who, options, io));
  onBridge(people, "receipts", "list the receipts of past erasures, newest first").action(async (options) =>
    (await peopleCommands()).listReceipts(options, io),
  );
}

/** The subcommands of `bridgekit tasks` besides `run`. */
export function addTaskCommands(tasks: Command, { io }: ProgramTools): void {
  onBridge(tasks, "list", "list the tasks of an app, in the order they are due")
    .argument("<app>", APP)
    .addOption(
      new Option("--status <status>", "only tasks with this status").choices([
        "pending",
        "scheduled",
        "completed",
        "failed",
      ]),
    )
    .option("--limit <count>", LIMIT, toCount)
    .action(async (app, options) => (await import("../commands/task-list.ts")).listTasks(app, options, io));
  onBridge(tasks, "find", "list the tasks of all apps whose account or id begins with a text, the latest due first")
    .argument("<text>", "what an id, email, username or name begins with")
    .option("--app <app>", "only tasks of this app")
    .addOption(new Option("--state <state>", "only tasks in this state").choices(TASK_STATES))
    .option("--limit <count>", LIMIT, toCount)
    .action(async (text, options) => (await import("../commands/task-list.ts")).findTasks(text, options, io));
  onTask(tasks, "show", "show a task, its outcome and its history").action(async (app, id, options) =>
    (await import("../commands/task-list.ts")).showTask(app, id, options, io),
  );
  const changes = () => import("../commands/task-changes.ts");
  withReason(onBridge(tasks, "create", "create a task for an account"))
    .argument("<app>", APP)
    .addArgument(new Argument("<action>", "action to carry out").choices(ACTIONS))
    .argument("<account>", "account id; for create_account, the preferred id")
    .option("--set <name=value>", "set a field of the account, such as email; repeatable", toList)
    .option("--add <slug:id>", "add the account to a group or give it a license; repeatable", toList)
    .option("--remove <slug:id>", "remove the account from a group or take a license away; repeatable", toList)
    .option("--at <time>", "earliest time to run, such as 2026-12-01T08:00Z")
    .action(async (app, action, account, options) => (await changes()).createTask(app, action, account, options, io));
  withReason(onBridge(tasks, "cancel", "cancel tasks that have not ended; they count as failed"))
    .argument("<app>", APP)
    .argument("[tasks...]", TASK)
    .addOption(
      new Option("--state <state>", "show all tasks in this state; with --yes, cancel them").choices(OPEN_STATES),
    )
    .addOption(new Option("--action <action>", "the same for all open tasks with this action").choices(ACTIONS))
    .option("--yes", "cancel what --state and --action find")
    .action(async (app, ids, options) =>
      (await import("../commands/cancel-tasks.ts")).cancelTasks(app, ids, options, io),
    );
  withReason(
    onBridge(tasks, "release", "release tasks of an app that the budget of the hour holds; by default all of them"),
  )
    .argument("<app>", APP)
    .argument("[tasks...]", TASK)
    .action(async (app, ids, options) => (await changes()).releaseTasks(app, ids, options, io));
  withReason(onTask(tasks, "retry", "create a new task from a failed one")).action(async (app, id, options) =>
    (await changes()).retryTask(app, id, options, io),
  );
  withReason(
    onBridge(tasks, "retry-failed", "show the failed tasks of an app; with --yes, create a new task from each"),
  )
    .argument("<app>", APP)
    .option("--code <code>", "only tasks that failed with this code")
    .option("--per-minute <count>", "how many become due in a minute; all at once by default", toCount)
    .option("--yes", "retry them")
    .action(async (app, options) => (await import("../commands/retry-failed.ts")).retryFailed(app, options, io));
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
    .option("-c, --config <file>", "use the Bridge of this config file (default: BRIDGE_URL and BRIDGE_API_KEY)")
    .option("--json", "print one JSON object per line, as the Bridge returns it");
}
