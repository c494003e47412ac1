import type { Org } from "@bridgekit/server";
import type { CommandIo } from "../command-io.ts";
import { printRows, toMoment, type Column } from "../output/print-rows.ts";
import { openAdministration, type AdministrationOptions } from "./open-administration.ts";

type WireOrg = ReturnType<typeof toWire>;

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
  await using administration = await openAdministration(options, io.env, { mayCreate: true });
  const org = await administration.createOrg(slug, name);
  if (json) io.print(JSON.stringify(toWire(org)));
  else
    io.print(`Organisation ${org.slug} is there; \`bridgekit keys create --org ${org.slug}\` creates its first key.`);
}

/** `bridgekit orgs list`: all organisations, by slug. */
export async function listOrgs({ json, ...options }: AdministrationOptions, io: CommandIo): Promise<void> {
  await using administration = await openAdministration(options, io.env);
  await printRows((await administration.listOrgs()).map(toWire), COLUMNS, { json, limit: Infinity }, io);
}

function toWire({ id, slug, name, createdAt }: Org) {
  return { id, slug, name, created_at: createdAt };
}
