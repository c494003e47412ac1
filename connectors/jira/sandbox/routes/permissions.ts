import { createRoutes, readBody, readTexts } from "../api.ts";
import { toCaller } from "../caller.ts";
import { badRequest, forbidden } from "../jira-error.ts";
import { hasPermission, permissionOf, PERMISSIONS, toPermission } from "../permissions.ts";

/** Permissions, and who has them. */
export const permissions = createRoutes();

permissions.get("/permissions", (context) => {
  const entries = Object.entries(PERMISSIONS).map(([key, permission]) => {
    const { id: _, ...shown } = toPermission(key, permission);
    return [key, shown];
  });
  return context.json({ permissions: Object.fromEntries(entries) as Record<string, object> });
});

permissions.get("/mypermissions", (context) => {
  const { caller } = context.var;
  const keys = (context.req.query("permissions") ?? "").split(",").filter((key) => key !== "");
  if (keys.length === 0) throw badRequest("The 'permissions' query parameter is required.");
  const entries = keys.map((key) => {
    const permission = permissionOf(key);
    return [key, { ...toPermission(key, permission), havePermission: hasPermission(caller, permission) }];
  });
  return context.json({ permissions: Object.fromEntries(entries) as Record<string, object> });
});

permissions.post("/permissions/check", async (context) => {
  const { site, caller } = context.var;
  const { accountId = caller.accountId, globalPermissions, projectPermissions = [] } = await readBody(context);
  if (accountId !== caller.accountId && !caller.mayAdminister)
    throw forbidden("You do not have permission to check the permissions of another user.");
  // The stand-in only knows the caller's rights; anybody else counts as a user.
  const asked = accountId === caller.accountId ? caller : toCaller(site.user(String(accountId)).accountId, "user");
  if (!Array.isArray(projectPermissions)) throw badRequest("The projectPermissions field must be a list.");
  const held = (keys: readonly string[], type: "GLOBAL" | "PROJECT") =>
    keys.filter((key) => {
      const permission = permissionOf(key);
      if (permission.type !== type) throw badRequest(`Unrecognized ${type.toLowerCase()} permission: ${key}`);
      return hasPermission(asked, permission);
    });
  return context.json({
    globalPermissions: held(readTexts(globalPermissions, "globalPermissions"), "GLOBAL"),
    projectPermissions: projectPermissions.flatMap(({ permissions: keys, projects = [] }) =>
      held(readTexts(keys, "permissions"), "PROJECT").map((permission) => ({
        permission,
        issues: [],
        projects: (projects as number[]).filter((id) => site.projects.has(String(id))),
      })),
    ),
  });
});

permissions.post("/permissions/project", async (context) => {
  const { site, caller } = context.var;
  const keys = readTexts((await readBody(context))["permissions"], "permissions");
  const isAllowed = keys.every((key) => hasPermission(caller, permissionOf(key)));
  const projects = [...site.projects.values()].filter(({ isPublic }) => isPublic || caller.mayAdminister);
  return context.json({ projects: isAllowed ? projects.map(({ id, key }) => ({ id: Number(id), key })) : [] });
});
