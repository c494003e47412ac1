import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { noSuchApp } from "../apps/find-app.ts";
import { resourceTypesOf } from "../apps/resource-types.ts";
import type { RecordData } from "../database/tables/records.ts";
import type { Tables } from "../database/schema.ts";
import { HttpError } from "../http/http-error.ts";
import { accountSlug } from "../tasks/find-task.ts";
import { type Account, type AppAccounts, type OpenTask, withAssignedIds } from "./accounts.ts";
import { isEmail, mayContain, mayName, redactor, toNormal } from "./email.ts";
import { PLACES } from "./places.ts";
import { hasKey, scan } from "./scan.ts";

/** The person to erase: the accounts, and unfinished tasks of others that name the person. */
export interface Person {
  /** Normalised; undefined if a single account was named. */
  email: string | undefined;
  /** Every app of the organisation. */
  appIds: readonly string[];
  /** Only apps that have some. */
  person: readonly AppAccounts[];
  namedBy: readonly OpenTask[];
}

interface App {
  id: string;
  accountSlugs: ReadonlySet<string>;
  /** What a task says about an account. */
  taskSlug: string;
}

/** Finds the accounts of a person. Throws 404 if the app does not exist, 422 if the slug is not an account type. */
export async function findPerson(
  database: Kysely<Tables>,
  orgId: string,
  person: components["schemas"]["Person"],
): Promise<Person> {
  const apps = await listApps(database, orgId);
  const appIds = apps.map(({ id }) => id);
  if ("email" in person) {
    const email = toNormal(person.email);
    return { email, appIds, ...(await findByEmail(database, apps, email)) };
  }
  const { slug, id } = person;
  const app = apps.find((one) => one.id === person.app_id.toLowerCase());
  if (app === undefined) throw noSuchApp(person.app_id);
  if (!app.accountSlugs.has(slug)) throw new HttpError(422, `slug: the app has no account type "${slug}"`);
  const accounts = await withAssignedIds(database, { appId: app.id, accounts: [{ slug, id }] });
  return { email: undefined, appIds, person: [{ appId: app.id, accounts }], namedBy: [] };
}

async function listApps(database: Kysely<Tables>, orgId: string): Promise<App[]> {
  const rows = await database
    .selectFrom("apps")
    .select(["id", "clone_group_id"])
    .where("org_id", "=", orgId)
    .orderBy("id")
    .execute();
  const apps: App[] = [];
  for (const { id, clone_group_id } of rows) {
    const types = await resourceTypesOf(database, clone_group_id);
    const slugs = types.filter(({ type }) => type === "account").map(({ slug }) => slug);
    apps.push({ id, accountSlugs: new Set(slugs), taskSlug: accountSlug(types) });
  }
  return apps;
}

async function findByEmail(
  database: Kysely<Tables>,
  apps: readonly App[],
  email: string,
): Promise<Pick<Person, "person" | "namedBy">> {
  const person: AppAccounts[] = [];
  const namedBy: OpenTask[] = [];
  for (const app of apps) {
    const found = new Map<string, Account>();
    const add = (account: Account) => void found.set(`${account.slug} ${account.id}`, account);
    for await (const account of findLive(database, app, email)) add(account);
    for await (const account of findStaged(database, app, email)) add(account);
    for (const account of await findInTasks(database, app, { email, namedBy })) add(account);
    if (found.size === 0) continue;
    const accounts = await withAssignedIds(database, { appId: app.id, accounts: [...found.values()] });
    person.push({ appId: app.id, accounts });
  }
  return { person, namedBy };
}

async function* findLive(database: Kysely<Tables>, { id: appId, accountSlugs }: App, email: string) {
  const names = [sql`place.data ->> 'email'`, sql`place.data ->> 'username'`, sql`place.id`].map((name) =>
    mayContain(name, email),
  );
  const isHit = sql<boolean>`place.slug = any(${[...accountSlugs]}::text[]) and (${sql.join(names, sql` or `)})`;
  for await (const { key, values } of scan(database, PLACES.records, { isHit, scope: appId })) {
    const [, slug, id] = key as [string, string, string];
    if (isOf(JSON.parse(values[0] ?? "{}") as RecordData, email)) yield { slug, id };
  }
}

/** The accounts that are only in a session that is not reconciled yet. */
async function* findStaged(database: Kysely<Tables>, { id: appId, accountSlugs }: App, email: string) {
  const { rows } = await sql<{ slug: string; records: string }>`
    select page.slug, page.records from sync_pages page join sync_sessions session on session.id = page.session_id
    where session.app_id = ${appId} and page.slug = any(${[...accountSlugs]}::text[])
      and ${mayContain(sql`page.records`, email)}
  `.execute(database);
  for (const { slug, records } of rows)
    for (const record of JSON.parse(records) as RecordData[]) if (isOf(record, email)) yield { slug, id: record.id };
}

/**
 * The accounts that only tasks name, because they are still to be created. A task about a known account with another
 * address only mentions the person; if it is open it is added to `namedBy`.
 */
async function findInTasks(
  database: Kysely<Tables>,
  { id: appId, accountSlugs, taskSlug }: App,
  { email, namedBy }: { email: string; namedBy: OpenTask[] },
): Promise<Account[]> {
  const redact = redactor(email);
  const accounts: Account[] = [];
  const isHit = mayName(PLACES.tasks, email);
  for await (const { key } of scan(database, PLACES.tasks, { isHit, scope: appId })) {
    const task = await database
      .selectFrom("tasks")
      .select(["id", "action", "outcome", "payload", "account_id"])
      .where(hasKey(PLACES.tasks, key))
      .executeTakeFirst();
    if (task === undefined) continue;
    const isKnown = await database
      .selectFrom("records")
      .select("id")
      .where("app_id", "=", appId)
      .where("slug", "in", [...accountSlugs])
      .where("id", "=", task.account_id)
      .executeTakeFirst();
    if (isKnown === undefined && isOf(task.payload.account, email))
      accounts.push({ slug: taskSlug, id: task.account_id });
    else if (task.outcome === null && redact(task.payload) !== task.payload)
      namedBy.push({ app_id: appId, task_id: task.id, action: task.action });
  }
  return accounts;
}

function isOf({ id, email: own, username }: { id: string; email?: unknown; username?: unknown }, email: string) {
  return [id, own, username].some((value) => isEmail(value, email));
}
