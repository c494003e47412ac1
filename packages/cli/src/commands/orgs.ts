import type { Org as CalledOrg } from "@bridgekit/client";
import type { Org } from "@bridgekit/server";
import type { CommandIo } from "../command-io.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { UsageError } from "../usage-error.ts";
import { isOverHttp, openAdministration, type AdministrationOptions } from "./open-administration.ts";
import { openBridge } from "./open-bridge.ts";

/** Without what depends on who asks for it. */
type WireOrg = Omit<CalledOrg, "role">;

const COLUMNS: readonly Column<WireOrg>[] = [
  { title: "slug", of: ({ slug }) => slug },
  { title: "name", of: ({ name }) => name, shrinks: true },
  { title: "created (UTC)", of: ({ created_at }) => toMoment(created_at) },
];

/** `bridgekit orgs create`: creates an organisation. */
export async function createOrg(
  slug: string,
  { name, json, ...options }: AdministrationOptions & { name?: string },
  io: CommandIo,
): Promise<void> {
  refuseHttp("create", slug, options, io);
  await using administration = await openAdministration(options, io.env, { mayCreate: true });
  const org = await administration.createOrg(slug, name);
  if (json) io.print(JSON.stringify(toWire(org)));
  else io.print(`Created organisation ${org.slug}; \`bridgekit keys create --org ${org.slug}\` creates its first key.`);
}

/** `bridgekit orgs delete`: deletes an organisation for good; requires the slug twice. */
export async function deleteOrg(
  slug: string,
  { confirm, json, ...options }: AdministrationOptions & { confirm?: string },
  io: CommandIo,
): Promise<void> {
  refuseHttp("delete", slug, options, io);
  await using administration = await openAdministration(options, io.env);
  const org = (await administration.listOrgs()).find((one) => one.slug === slug);
  if (org === undefined) throw new Error(`There is no organisation "${slug}".`);
  if (confirm !== slug)
    throw new UsageError(
      `This deletes "${org.name}" (${slug}) for good, with all its keys, apps, records, tasks and events and its audit ` +
        `trail. Make a backup first, then confirm: \`bridgekit orgs delete ${slug} --confirm ${slug}\`.`,
    );
  await administration.deleteOrg(slug);
  io.warn(
    `Organisation ${slug} is deleted and its keys are refused. Deleting its rows; if interrupted, the Bridge continues.`,
  );
  await administration.whenDeleted();
  if (json) io.print(JSON.stringify({ ...toWire(org), deleted: true }));
  else io.print(`All rows of organisation ${slug} are deleted.`);
}

/** `bridgekit orgs list`: over HTTP the organisation of the key, on the database all organisations by slug. */
export async function listOrgs({ json, ...options }: AdministrationOptions, io: CommandIo): Promise<void> {
  const orgs = isOverHttp(options, io.env)
    ? [await (await openBridge({}, io)).getOrg()]
    : await listOnDatabase(options, io);
  await printRows(orgs, COLUMNS, { json, limit: Infinity }, io);
}

/** Creating and deleting organisations needs the database: every key belongs to one organisation. */
function refuseHttp(verb: string, slug: string, options: AdministrationOptions, io: CommandIo): void {
  if (isOverHttp(options, io.env))
    throw new UsageError(
      `Can't ${verb} an organisation over HTTP. On the machine of the Bridge, run \`bridgekit orgs ${verb} ${slug} ` +
        `--database\` with its DATABASE_URL or --data DIR.`,
    );
}

async function listOnDatabase(options: AdministrationOptions, io: CommandIo): Promise<WireOrg[]> {
  await using administration = await openAdministration(options, io.env);
  return (await administration.listOrgs()).map(toWire);
}

/** Converts an organisation to the form that the API returns. */
function toWire({ id, slug, name, createdAt }: Org): WireOrg {
  return { id, slug, name, created_at: createdAt.toISOString() };
}
