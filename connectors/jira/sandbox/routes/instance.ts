import { createRoutes } from "../api.ts";
import { demandAdmin } from "../caller.ts";
import { badRequest, notFound } from "../jira-error.ts";
import { toProduct, toUserDetails } from "../wire.ts";

/** The site itself: its products and licenses, and who is asking. */
export const instance = createRoutes();

instance.get("/applicationrole", (context) => {
  const { site, caller, base } = context.var;
  demandAdmin(caller, "access license details");
  return context.json(site.products.map((product) => toProduct(site, product, base)));
});

instance.get("/applicationrole/:key", (context) => {
  const { site, caller, base } = context.var;
  demandAdmin(caller, "access license details");
  const product = site.products.find(({ key }) => key === context.req.param("key"));
  if (!product) throw notFound(`Application role with key '${context.req.param("key")}' does not exist.`);
  return context.json(toProduct(site, product, base));
});

instance.get("/instance/license", ({ var: { site }, json }) =>
  json({ applications: site.products.map(({ key, plan }) => ({ id: key, plan })) }),
);

instance.get("/myself", (context) => {
  const { site, caller, base } = context.var;
  return context.json(toUserDetails(site, site.user(caller.accountId), base, context.req.query("expand")));
});

const PERMISSIONS = {
  ADMINISTER: { id: "0", name: "Administer Jira", type: "GLOBAL", needs: "mayAdminister" },
  SYSTEM_ADMIN: { id: "44", name: "Jira System Administrators", type: "GLOBAL", needs: "isSiteAdmin" },
  USER_PICKER: { id: "27", name: "Browse users and groups", type: "GLOBAL", needs: "mayBrowse" },
  ADMINISTER_PROJECTS: { id: "23", name: "Administer Projects", type: "PROJECT", needs: "mayAdminister" },
  BROWSE_PROJECTS: { id: "10", name: "Browse Projects", type: "PROJECT", needs: undefined },
} as const;

instance.get("/mypermissions", (context) => {
  const { caller } = context.var;
  const keys = (context.req.query("permissions") ?? "").split(",").filter((key) => key !== "");
  if (keys.length === 0) throw badRequest("The 'permissions' query parameter is required.");
  const permissions = keys.map((key) => {
    if (!Object.hasOwn(PERMISSIONS, key)) throw badRequest(`Unrecognized permission: ${key}`);
    const { id, name, type, needs } = PERMISSIONS[key as keyof typeof PERMISSIONS];
    const havePermission = needs === undefined || caller[needs];
    return [key, { id, key, name, type, description: `Ability to ${name.toLowerCase()}.`, havePermission }];
  });
  return context.json({ permissions: Object.fromEntries(permissions) as Record<string, object> });
});

instance.get("/serverInfo", ({ var: { url }, json }) =>
  json({
    baseUrl: url.origin,
    version: "1001.0.0-SNAPSHOT",
    versionNumbers: [1001, 0, 0],
    deploymentType: "Cloud",
    buildNumber: 100_290,
    buildDate: "2026-06-01T09:00:00.000+0000",
    serverTime: "2026-06-02T09:00:00.000+0000",
    scmInfo: "0000000000000000000000000000000000000000",
    serverTitle: "Jira",
    serverTimeZone: "Europe/Berlin",
  }),
);
