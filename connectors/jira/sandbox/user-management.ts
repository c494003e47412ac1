import { Hono, type Context } from "hono";
import type { JiraSite } from "./jira-site.ts";
import type { UserRow } from "./state.ts";

/** Atlassian's User management API: whether a managed account may sign in anywhere. */
export function createUserManagement(site: JiraSite, apiKey: string): Hono {
  const app = new Hono();
  app.use("*", async (context, next) => {
    if (context.req.header("authorization") !== `Bearer ${apiKey}`)
      return context.json({ code: 401, message: "Unauthorized" }, 401);
    await next();
  });

  app.post("/:accountId/manage/lifecycle/disable", (context) =>
    respond(context, (user) => (user.status = "deactivated")),
  );
  app.post("/:accountId/manage/lifecycle/enable", (context) =>
    respond(context, (user) => {
      if (user.status === "deactivated") user.status = "active";
    }),
  );

  function respond(context: Context, change: (user: UserRow) => void): Response {
    const user = site.users.get(context.req.param("accountId")!);
    if (!user || user.accountType !== "atlassian" || user.isHidden)
      return context.json({ key: "accountNotFound" }, 404);
    change(user);
    return context.body(null, 204);
  }
  return app;
}
