import { toTable } from "../output/to-table.ts";
import { openAdministration, type AdministrationOptions } from "./open-administration.ts";

/** `bridgekit org create`: makes an organisation. */
export async function createOrg(slug: string, { name, json, ...options }: AdministrationOptions & { name?: string }) {
  await using administration = await openAdministration(options);
  const org = await administration.createOrg(slug, name);
  if (json) console.log(JSON.stringify(toJson(org)));
  else
    console.log(`Organisation ${org.slug} is there; \`bridgekit key create --org ${org.slug}\` makes its first key.`);
}

/** `bridgekit org list`: all organisations, by slug. */
export async function listOrgs({ json, ...options }: AdministrationOptions) {
  await using administration = await openAdministration(options);
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
