import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { type components, DEFAULT_GUARD } from "@bridgekit/client";
import { changeOf } from "../audit/change-of.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { announcedExtensions } from "../http/extensions.ts";
import { checkOffset, countRows } from "../http/counted-list.ts";
import type { Handlers } from "../http/operation.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import { toCursorLinks } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { beginIndex } from "../records/ref-index.ts";
import { addOwnApp, readAppIds } from "../keys/may-use-app.ts";
import { keepOrg } from "../orgs/keep-org.ts";
import { keepApp, lockApp } from "./lock-app.ts";
import { type App, findApp, noSuchApp } from "./find-app.ts";

type AppHandlers = Pick<Handlers, "listApps" | "createApp" | "getApp" | "updateApp" | "setCapabilities">;

export function createAppHandlers({ database, now }: BridgeContext): AppHandlers {
  return {
    async listApps({ key, query: { limit = 50, offset = 0, cursor, clone_group: group }, url }) {
      const after = decodeMoment(cursor, isId);
      if (after === undefined) checkOffset(offset);
      const appIds = key.appIds === null ? undefined : [...(await readAppIds(database, key))];
      const ofOrg = database
        .selectFrom("apps")
        .where("org_id", "=", key.orgId)
        .$if(group !== undefined, (query) => query.where("clone_group_id", "=", group ?? ""))
        .$if(appIds !== undefined, (query) => query.where((row) => row("id", "=", row.fn.any(row.val(appIds ?? [])))));
      const rows = await ofOrg
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(created_at, id) > (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
        )
        .selectAll()
        .orderBy("created_at")
        .orderBy("id")
        .limit(limit + 1)
        .offset(after === undefined ? offset : 0)
        .execute();
      const { page, cursor: next } = toPage(rows, limit, ({ created_at, id }) => [created_at.toISOString(), id]);
      const links = toCursorLinks(url, { limit, offset, cursor: next });
      return {
        status: 200,
        body: { apps: page.map(toApp), ...(await countRows(database, ofOrg.orderBy("created_at"))), ...links },
      };
    },

    async createApp({ key, body: { name, clone_from }, remember }) {
      // A clone joins the group and keeps nothing of its source, so the group outlives the source. The group's types
      // are deleted with its last app.
      const source = clone_from == null ? undefined : await findApp(database, key, clone_from);
      return database.transaction().execute(async (transaction) => {
        // In this order, as a deletion locks them.
        if (source !== undefined) await keepApp(transaction, source.id);
        await keepOrg(transaction, key.orgId);
        const created = await transaction
          .insertInto("apps")
          .values({
            id: randomUUID(),
            org_id: key.orgId,
            clone_group_id: source?.clone_group_id ?? randomUUID(),
            name,
            configuration_status: "CHECKING_CONFIGURATION",
            removal_guard: JSON.stringify(DEFAULT_GUARD),
            created_at: now(),
            last_synced_at: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        await addOwnApp(transaction, key, created);
        await beginIndex(transaction, created.id);
        const details = { before: null, after: { name, ...(source !== undefined && { clone_from: source.id }) } };
        const response = { status: 201, body: toApp(created), details } as const;
        await remember(transaction, response);
        return response;
      });
    },

    async getApp({ key, path }) {
      const app = await findApp(database, key, path.app_id);
      return { status: 200, headers: announcedExtensions, body: toApp(app) };
    },

    async updateApp({ key, path, body: { name, removal_guard } }) {
      await findApp(database, key, path.app_id);
      const { before, app } = await database.transaction().execute(async (transaction) => {
        const before = await lockApp(transaction, path.app_id);
        const app = await transaction
          .updateTable("apps")
          .set({
            ...(name !== undefined && { name }),
            ...(removal_guard !== undefined && {
              removal_guard: removal_guard === null ? null : JSON.stringify(removal_guard),
            }),
          })
          .where("id", "=", path.app_id)
          .where("org_id", "=", key.orgId)
          .returningAll()
          .executeTakeFirst();
        return { before, app };
      });
      if (app === undefined) throw noSuchApp(path.app_id);
      const { removal_guard: guard, capabilities } = app;
      const after = { name: app.name, removal_guard: guard, capabilities };
      return { status: 200, body: toApp(app), details: changeOf(before, after) };
    },

    async setCapabilities({ key, path, body: { connector, version, actions, grantable, advice } }) {
      const { id } = await findApp(database, key, path.app_id);
      const after = { connector, version, actions, grantable, advice };
      const { capabilities: before } = await database.transaction().execute(async (transaction) => {
        const locked = await lockApp(transaction, id);
        await transaction
          .updateTable("apps")
          .set({ capabilities: JSON.stringify(after) })
          .where("id", "=", id)
          .execute();
        return locked;
      });
      return { status: 204, details: before === null ? { before, after } : changeOf(before, after) };
    },
  };
}

const isId = compile("/components/schemas/App/properties/id");

function toApp(app: App): components["schemas"]["App"] {
  return {
    id: app.id,
    name: app.name,
    configuration_status: app.configuration_status,
    created_at: app.created_at.toISOString(),
    last_synced_at: app.last_synced_at?.toISOString() ?? null,
    removal_guard: app.removal_guard,
    capabilities: app.capabilities,
    clone_group: app.clone_group_id,
  };
}
