import type { BridgeClient, Erasure, ErasurePreview, Person } from "@bridgekit/client";
import type { CommandIo } from "../command-io.ts";
import { findAppId } from "../apps/find-app.ts";
import { printFields, printRows, toMoment, type Cell, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { openBridge, type BridgeCommandOptions } from "./open-bridge.ts";

interface EraseOptions extends BridgeCommandOptions {
  /** Id or name: the account of this app alone. */
  app?: string;
  /** Slug of its account type, where the app has several. */
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

/** `bridgekit people erase`: shows what would be erased of a person, and erases it with `--yes`. */
export async function erasePerson(who: string, { yes, ...options }: EraseOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  const person = await toPerson(bridge, who, options);
  if (yes) return printErasure(bridge, person, options, io);
  const preview = await bridge.previewErasure(person);
  if (options.json) return io.print(JSON.stringify(preview));
  if (preview.accounts.length > 0) await printRows(preview.accounts, ACCOUNTS, { limit: Infinity }, io);
  printFields(preview.counts, toCounts(preview.counts), options, io);
  for (const { task_id, action, app_id } of preview.open_tasks)
    io.warn(`The task ${task_id} (${action}) of the app ${app_id} is open: cancel it or wait for it.`);
  for (const { sync_id, app_id } of preview.due_sessions)
    io.warn(`The session ${sync_id} of the app ${app_id} is not reconciled yet: try again soon.`);
  warnOfReturn(preview.accounts.filter(({ active }) => active).length, io);
  io.warn("Nothing was erased; --yes erases it for good.");
}

async function printErasure(bridge: BridgeClient, person: Person, options: EraseOptions, io: CommandIo): Promise<void> {
  const erasure = await bridge.erasePerson(person);
  if (options.json) return io.print(JSON.stringify(erasure));
  const { id, at, digest, digest_key, counts, active_accounts } = erasure;
  const receipt = [
    ["receipt", id],
    ["erased", toMoment(at)],
    ["digest", digest],
    ["digest key, shown only now", digest_key],
  ] as const;
  printFields(erasure, [...receipt, ...toCounts(counts)], options, io);
  warnOfReturn(active_accounts, io);
}

/** `bridgekit people receipts`: the receipts of those who were erased; they name nobody. */
export async function listReceipts(options: BridgeCommandOptions, io: CommandIo): Promise<void> {
  const bridge = await openBridge(options, io);
  await printRows(bridge.listErasures(), RECEIPTS, { json: options.json }, io);
}

async function toPerson(bridge: BridgeClient, who: string, { app, type }: EraseOptions): Promise<Person> {
  if (app === undefined) {
    if (type !== undefined) throw new UsageError("--type is for one account: name its app by --app.");
    if (!who.includes("@"))
      throw new UsageError(`"${who}" is no email; for the id of an account name its app by --app.`);
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
  throw new UsageError(`The app has ${slugs.length} account types (${slugs.join(", ")}); name one by --type.`);
}

function toCounts(counts: Erasure["counts"]): (readonly [string, Cell])[] {
  return Object.entries(counts).filter(([, count]) => count > 0);
}

function warnOfReturn(active: number, io: CommandIo): void {
  if (active > 0)
    io.warn(
      `${active} of the accounts ${active === 1 ? "was" : "were"} still in the system at its last sync, and the next one brings ` +
        `${active === 1 ? "it" : "them"} back: remove the person there first.`,
    );
}
