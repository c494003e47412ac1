import type { BridgeClient, Erasure, ErasurePreview, Person, PersonAccount } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app-id.ts";
import { printFields, printRows, toMoment, type Cell, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type BridgeCommandOptions, type ChangeOptions } from "./open-bridge.ts";

interface EraseOptions extends ChangeOptions {
  /** Id or name of an app: only the account in this app. */
  app?: string;
  /** Slug of the account type, if the app has several. */
  type?: string;
  yes?: boolean;
}

const ACCOUNTS: readonly Column<ErasurePreview["accounts"][number]>[] = [
  { title: "app id", of: ({ app_id }) => app_id },
  { title: "type", of: ({ slug }) => slug },
  { title: "account id", of: ({ id }) => id, shrinks: true },
  { title: "in its system", of: ({ active }) => (active ? "yes" : "no") },
];

const RECEIPTS: readonly Column<Erasure>[] = [
  { title: "receipt", of: ({ id }) => id },
  { title: "erased (UTC)", of: ({ at }) => toMoment(at) },
  { title: "by key", of: ({ key_id }) => key_id },
  { title: "accounts", of: ({ accounts }) => accounts },
  { title: "rows", of: ({ counts }) => Object.values(counts).reduce((sum, count) => sum + count, 0) },
];

const FOUND: readonly Column<PersonAccount>[] = [
  { title: "app", of: ({ app_name }) => app_name, shrinks: true },
  { title: "type", of: ({ slug }) => slug },
  { title: "account id", of: ({ record }) => record.data.id, shrinks: true },
  { title: "email or username", of: ({ record }) => record.data.email ?? record.data.username, shrinks: true },
  { title: "status", of: ({ record }) => record.status },
];

/** `bridgekit people find`: the accounts of a person in all apps, by email or by what a name begins with. */
export async function findPeople(
  who: string,
  options: BridgeCommandOptions & { limit?: number },
  io: CommandIo,
): Promise<void> {
  const bridge = await openBridge(options, io);
  const people = bridge.listPeople(who.includes("@") ? { email: who } : { text: who });
  await printRows(people, FOUND, options, io);
}

/** `bridgekit people erase`: shows what would be erased, and erases it with `--yes`. */
export async function erasePerson(who: string, { yes, ...options }: EraseOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const person = await toPerson(bridge, who, options);
  if (yes) return printErasure(bridge, person, options, io);
  const preview = await bridge.previewErasure(person);
  if (options.json) return io.print(JSON.stringify(preview));
  if (preview.accounts.length > 0) await printRows(preview.accounts, ACCOUNTS, { limit: Infinity }, io);
  printFields(preview.counts, toCounts(preview.counts), options, io);
  for (const { task_id, action, app_id } of preview.open_tasks)
    io.warn(`Task ${task_id} (${action}) of app ${app_id} has not ended: cancel it or wait for it.`);
  for (const { sync_id, app_id } of preview.due_sessions)
    io.warn(`Session ${sync_id} of app ${app_id} is not reconciled yet: try again soon.`);
  warnOfReturn(preview.accounts.filter(({ active }) => active).length, io);
  io.warn("Nothing was erased; use --yes to erase it for good.");
}

async function printErasure(bridge: BridgeClient, person: Person, options: EraseOptions, io: CommandIo): Promise<void> {
  const erasure = await bridge.erasePerson(person);
  if (options.json) return io.print(JSON.stringify(erasure));
  const { id, at, digest, digest_key, counts, active_accounts } = erasure;
  const receipt = [
    ["receipt", id],
    ["erased", toMoment(at)],
    ["digest", digest],
    ["digest key, shown once", digest_key],
  ] as const;
  printFields(erasure, [...receipt, ...toCounts(counts)], options, io);
  warnOfReturn(active_accounts, io);
}

/** `bridgekit people receipts`: the receipts of past erasures, which contain no personal data. */
export async function listReceipts(options: BridgeCommandOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  await printRows(bridge.listErasures(), RECEIPTS, { json: options.json }, io);
}

async function toPerson(bridge: BridgeClient, who: string, { app, type }: EraseOptions): Promise<Person> {
  if (app === undefined) {
    if (type !== undefined) throw new UsageError("--type needs --app, the app of the account.");
    if (!who.includes("@"))
      throw new UsageError(`"${who}" is not an email address; for an account id, give its app with --app.`);
    return { email: who };
  }
  const appId = await findAppId(bridge, app);
  return { app_id: appId, slug: type ?? (await accountType(bridge, appId)), id: who };
}

async function accountType(bridge: BridgeClient, appId: string): Promise<string> {
  const slugs = (await bridge.listResourceTypes(appId))
    .filter(({ type }) => type === "account")
    .map(({ slug }) => slug);
  if (slugs.length === 1) return slugs[0]!;
  throw new UsageError(`The app has ${slugs.length} account types (${slugs.join(", ")}); choose one with --type.`);
}

function toCounts(counts: Erasure["counts"]): (readonly [string, Cell])[] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

function warnOfReturn(active: number, io: CommandIo): void {
  if (active > 0)
    io.warn(
      `${active} of the accounts ${active === 1 ? "was" : "were"} still in the system at its last sync, so the next one will ` +
        `bring ${active === 1 ? "it" : "them"} back: remove the person there first.`,
    );
}
