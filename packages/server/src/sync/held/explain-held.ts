import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { findApp } from "../../apps/find-app.ts";
import { type ResourceType, resourceTypesOf } from "../../apps/resource-types.ts";
import type { BridgeContext } from "../../bridge-context.ts";
import type { Tables } from "../../database/schema.ts";
import { problem } from "../../http/http-error.ts";
import type { Handler } from "../../http/operation.ts";
import { describeEnd, findSession, type Session } from "../find-session.ts";
import { lostRefs } from "../reconcile/count-refs.ts";
import { updatedPlaces } from "../reconcile/pushed-records.ts";
import { findTraits } from "./find-traits.ts";

type Schemas = components["schemas"];

const MOST_LOST_REFS = 20;
/** Pages of 100 accounts each. */
const MOST_PAGES = 100;

export function createExplainHeld({ database }: BridgeContext): Handler<"explainHeld"> {
  return async ({ key, path }) => {
    const app = await findApp(database, key, path.app_id);
    const session = await findSession(database, app.id, path.sync_id);
    if (session.reconciliation !== "held") return problem(409, `Nothing holds it. ${describeEnd(session)}`);
    const losses = session.error?.losses ?? [];
    const types: Schemas["CommonTraits"][] = [];
    for (const { slug, of } of losses)
      if (of === "records") types.push({ slug, ...(await findTraits(database, session, slug)) });
    const losesRefs = losses.some(({ of }) => of === "refs");
    const refs = losesRefs
      ? await readLostRefs(database, session, await resourceTypesOf(database, app.clone_group_id))
      : [];
    return { status: 200, body: { losses, types, refs } };
  };
}

async function readLostRefs(
  database: Kysely<Tables>,
  session: Session,
  types: readonly ResourceType[],
): Promise<Schemas["LostRefs"][]> {
  const accountSlugs = types.filter(({ type }) => type === "account").map(({ slug }) => slug);
  const stayed = updatedPlaces(session.id, sql`before_removed_at is null`);
  const places = sql`select * from (${stayed}) place order by position limit ${MOST_PAGES}`;
  const { rows } = await sql<Omit<Schemas["LostRefs"], "name"> & { name: string | null }>`
    with ${lostRefs(session.id, accountSlugs, places)}, most as (
      select target, ref_id, count(*)::int as lost from lost group by target, ref_id
      order by lost desc, target, ref_id limit ${MOST_LOST_REFS}
    )
    select most.target as slug, most.ref_id as id, most.lost, (
      select live.data ->> 'name' from records live
      where live.app_id = ${session.app_id} and live.slug = most.target collate "C" and live.id = most.ref_id collate "C"
    ) as name
    from most order by most.lost desc, most.target, most.ref_id
  `.execute(database);
  return rows.map(({ slug, id, name, lost }) => {
    const refs: Schemas["LostRefs"] = { slug, id, lost };
    if (name !== null) refs.name = name;
    return refs;
  });
}
