import { toTable } from "../output/to-table.ts";
import { databaseOf, type DatabaseOptions } from "./open-database.ts";

interface OrgOptions extends DatabaseOptions {
  json?: boolean;
}

/** `bridge org create`: makes an organisation. */
export async function createOrg(slug: string, { name, json, ...options }: OrgOptions & { name?: string }) {
  const { openAdministration } = await import("@bridgekit/server");
  await using administration = await openAdministration(databaseOf(options, process.env));
  const org = await administration.createOrg(slug, name);
  if (json) console.log(JSON.stringify(toJson(org)));
  else console.log(`Organisation ${org.slug} is there; \`bridge key create --org ${org.slug}\` makes its first key.`);
}

/** `bridge org list`: all organisations, by slug. */
export async function listOrgs({ json, ...options }: OrgOptions) {
  const { openAdministration } = await import("@bridgekit/server");
  await using administration = await openAdministration(databaseOf(options, process.env));
  const orgs = await administration.listOrgs();
  if (json) for (const org of orgs) console.log(JSON.stringify(toJson(org)));
  else
    console.log(
      toTable(
        ["slug", "name", "created"],
        orgs.map(({ slug, name, createdAt }) => [slug, name, createdAt.toISOString()]),
      ),
    );
}

function toJson({ id, slug, name, createdAt }: import("@bridgekit/server").Org) {
  return { id, slug, name, created_at: createdAt };
}
