import type { BridgeContext } from "../bridge-context.ts";
import type { Handler } from "../http/operation.ts";

export function createGetOrg({ database }: BridgeContext): Handler<"getOrg"> {
  return async ({ key }) => {
    const org = await database
      .selectFrom("orgs")
      .select(["id", "slug", "name", "created_at"])
      .where("id", "=", key.orgId)
      .executeTakeFirstOrThrow();
    return { status: 200, body: { ...org, created_at: org.created_at.toISOString() } };
  };
}
