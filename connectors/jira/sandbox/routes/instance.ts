import { createRoutes } from "../api.ts";
import { demandAdmin } from "../caller.ts";
import { notFound } from "../jira-error.ts";
import { toProduct, toUserDetails } from "../wire.ts";

/** Products and licenses of the site, and the caller. */
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
