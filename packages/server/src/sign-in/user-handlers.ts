import { type Selectable, sql } from "kysely";
import type { components } from "@bridgekit/client";
import { changeOf } from "../audit/change-of.ts";
import type { BridgeContext } from "../bridge-context.ts";
import type { UserTable } from "../database/tables/callers.ts";
import { decodeMoment, toPage } from "../http/cursor.ts";
import { NotFoundError, problem } from "../http/http-error.ts";
import type { Handlers } from "../http/operation.ts";
import { linkTo } from "../http/page-links.ts";
import { compile } from "../http/schemas.ts";
import { createLinkToken } from "./sign-in-links.ts";

type UserHandlers = Pick<Handlers, "listUsers" | "updateUser" | "deleteUser" | "createSignInLink">;

const COLUMNS = ["id", "name", "email", "role", "created_at", "last_signed_in_at", "disabled_at"] as const;
type UserRow = Pick<Selectable<UserTable>, (typeof COLUMNS)[number]>;

const isId = compile("/components/schemas/User/properties/id");

export function createUserHandlers({ database, now, signIn }: BridgeContext): UserHandlers {
  return {
    async listUsers({ key, query: { limit = 50, cursor }, url }) {
      const after = decodeMoment(cursor, isId);
      const rows = await database
        .selectFrom("users")
        .select(COLUMNS)
        .where("org_id", "=", key.orgId)
        .$if(after !== undefined, (query) =>
          query.where(sql<boolean>`(created_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
        )
        .orderBy("created_at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      const { page, cursor: next } = toPage(rows, limit, ({ created_at, id }) => [created_at.toISOString(), id]);
      return {
        status: 200,
        body: { users: page.map(toUser), next: next === undefined ? null : linkTo(url, { limit, cursor: next }) },
      };
    },

    async updateUser({ key, path, body: { is_disabled } }) {
      if (key.id === `user_${path.user_id}`)
        return problem(409, "You cannot disable yourself; ask another administrator.");
      const { before, after } = await database.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom("users")
          .select(COLUMNS)
          .where("id", "=", path.user_id)
          .where("org_id", "=", key.orgId)
          .forUpdate()
          .executeTakeFirst();
        if (row === undefined) throw noSuchUser();
        const disabledAt = is_disabled ? (row.disabled_at ?? now()) : null;
        await transaction.updateTable("users").set({ disabled_at: disabledAt }).where("id", "=", row.id).execute();
        return { before: toUser(row), after: toUser({ ...row, disabled_at: disabledAt }) };
      });
      if (is_disabled) await signIn.sessions.endAll(path.user_id);
      return { status: 200, body: after, details: changeOf(before, after) };
    },

    async deleteUser({ key, path }) {
      if (key.id === `user_${path.user_id}`)
        return problem(409, "You cannot delete yourself; ask another administrator.");
      const row = await database
        .deleteFrom("users")
        .where("id", "=", path.user_id)
        .where("org_id", "=", key.orgId)
        .returning(["id"])
        .executeTakeFirst();
      if (row === undefined) throw noSuchUser();
      await signIn.sessions.endAll(row.id);
      return { status: 204 };
    },

    async createSignInLink({ key: { orgId }, body: { name, role }, remember }) {
      const org = await database.selectFrom("orgs").select("slug").where("id", "=", orgId).executeTakeFirst();
      if (org === undefined) throw new NotFoundError("The organisation was deleted.");
      return database.transaction().execute(async (transaction) => {
        const link = { orgId, org: org.slug, name, role };
        const { token, expiresAt } = await createLinkToken(transaction, link, now());
        const body = { token, expires_at: expiresAt.toISOString() };
        const response = { status: 201, body, details: { before: null, after: { name, role } } } as const;
        await remember(transaction, response);
        return response;
      });
    },
  };
}

function noSuchUser(): NotFoundError {
  return new NotFoundError("There is no such user in this organisation.");
}

function toUser({ created_at, last_signed_in_at, disabled_at, ...user }: UserRow): components["schemas"]["User"] {
  return {
    ...user,
    created_at: created_at.toISOString(),
    last_signed_in_at: last_signed_in_at.toISOString(),
    disabled_at: disabled_at?.toISOString() ?? null,
  };
}
