import { NotOffered } from "@bridgekit/sandbox";
import { Hono, type Context } from "hono";
import type { JiraSite } from "./jira-site.ts";
import type { UserRow } from "./state.ts";

export interface OrganizationSettings {
  id: string;
  apiKey: string;
  /** The only directory; `-` in a path means all. */
  directoryId: string;
}

/** Atlassian's Organizations API, version 2: users of the directory, suspend and restore. */
export function createOrganization(site: JiraSite, { id, apiKey, directoryId }: OrganizationSettings): Hono {
  const app = new Hono();
  const refuse = (context: Context, status: 400 | 403 | 404 | 409, code: string, detail: string) =>
    context.json({ errors: [{ id: "b1f4c5a2", status: String(status), code, title: detail, detail }] }, status);

  app.use("*", async (context, next) => {
    // The gateway has a different body.
    if (context.req.header("authorization") !== `Bearer ${apiKey}`)
      return context.json({ code: 401, message: "Unauthorized" }, 401);
    await next();
  });
  app.use("/v2/orgs/:orgId/*", async (context, next) => {
    if (context.req.param("orgId") !== id)
      return refuse(context, 403, "ADMIN-403-3", "You are not allowed to manage this organization.");
    await next();
  });

  app.get("/v2/orgs/:orgId/directories", (context) =>
    context.json({ data: [{ directoryId, name: "Default directory" }], links: { self: context.req.url, next: null } }),
  );

  app.get("/v2/orgs/:orgId/directories/:directoryId/users", (context) => {
    const limit = Math.min(Number(context.req.query("limit") ?? 100), 100);
    const start = Number(Buffer.from(context.req.query("cursor") ?? "", "base64url").toString() || 0);
    const people = [...site.users.values()].filter(isPerson);
    const end = start + limit;
    const next = end < people.length ? Buffer.from(String(end)).toString("base64url") : undefined;
    return context.json({
      data: people.slice(start, end).map(toDirectoryUser),
      links: { self: context.req.url, ...(next !== undefined && { next }) },
    });
  });

  const noUser = (context: Context) => refuse(context, 404, "ADMIN-404-8", "User not found in the directory.");
  const find = (context: Context): UserRow | undefined => {
    if (![directoryId, "-"].includes(context.req.param("directoryId")!)) return undefined;
    const user = site.users.get(context.req.param("accountId")!);
    return user && isPerson(user) && user.status !== "removed" ? user : undefined;
  };

  app.get("/v2/orgs/:orgId/directories/:directoryId/users/:accountId", (context) => {
    const user = find(context);
    return user ? context.json(toDirectoryUser(user)) : noUser(context);
  });

  app.post("/v2/orgs/:orgId/directories/:directoryId/users/:accountId/suspend", (context) => {
    const user = find(context);
    if (!user) return noUser(context);
    if (user.status !== "active") return refuse(context, 400, "ADMIN-400-4", "The user is not active.");
    user.status = "suspended";
    return context.body(null, 204);
  });

  app.post("/v2/orgs/:orgId/directories/:directoryId/users/:accountId/restore", (context) => {
    const user = find(context);
    if (!user) return noUser(context);
    if (user.status !== "suspended") return refuse(context, 400, "ADMIN-400-4", "The user is not suspended.");
    const groupIds = site.groupsOf(user.accountId).map(({ groupId }) => groupId);
    const [exhausted] = site.exhaustedFor(user, groupIds);
    if (exhausted) return refuse(context, 409, "ADMIN-409-1", `No seat of ${exhausted.name} is left.`);
    user.status = "active";
    return context.body(null, 204);
  });

  app.notFound(({ req }) => {
    throw new NotOffered(`${req.method} ${req.path}`);
  });
  return app;
}

/** The directory contains people; apps and customers are elsewhere. */
function isPerson({ accountType, isHidden }: UserRow): boolean {
  return accountType === "atlassian" && !isHidden;
}

function toDirectoryUser({ accountId, displayName, emailAddress, status }: UserRow) {
  const membershipStatus = {
    active: "active",
    suspended: "suspended",
    deactivated: "active",
    removed: "no_membership",
  };
  return {
    accountId,
    accountType: "atlassian",
    name: displayName,
    nickname: displayName,
    email: emailAddress,
    emailVerified: true,
    claimStatus: "managed",
    accountStatus: status === "deactivated" ? "inactive" : "active",
    membershipStatus: membershipStatus[status],
    status: status === "removed" ? "not_invited" : status,
    platformRoles: [],
  };
}
