import { Hono, type Context } from "hono";
import type { MySystemState } from "./state.ts";

/** The part of the product's API that the connector uses: its pages, permissions and errors. */
export function createApp(state: MySystemState, token: string): Hono {
  const app = new Hono();
  const me = () => state.users[0]!;
  const isAdmin = () => me().role === "admin";

  app.use("/api/*", async (context, next) => {
    if (context.req.header("authorization") !== `Bearer ${token}`)
      return refuse(context, 401, "The token is not valid.");
    return next();
  });
  app.get("/api/me", (context) => context.json(me()));
  app.get("/api/teams", (context) => respondWithPage(context, state.teams));
  app.get("/api/users", (context) => {
    const { teamIds } = me();
    const visible = state.users.filter((user) => isAdmin() || user.teamIds.some((id) => teamIds.includes(id)));
    return respondWithPage(context, visible);
  });
  app.patch("/api/users/:id", async (context) => {
    if (!isAdmin()) return refuse(context, 403, "Only administrators change users.");
    const user = state.users.find(({ id }) => id === context.req.param("id"));
    if (!user) return refuse(context, 404, "There is no such user.");
    const { isActive } = await context.req.json<{ isActive: boolean }>();
    user.isActive = isActive;
    return context.json(user);
  });
  app.notFound((context) => refuse(context, 404, "There is no such page."));
  return app;
}

/** Returns a page from a cursor, which is opaque to clients. */
function respondWithPage(context: Context, rows: readonly unknown[]): Response {
  const start = Number(context.req.query("cursor") ?? 0);
  const end = start + Number(context.req.query("limit") ?? 20);
  const next = end < rows.length ? String(end) : null;
  return context.json({ items: rows.slice(start, end), next, total: rows.length });
}

function refuse(context: Context, status: 401 | 403 | 404, message: string): Response {
  return context.json({ error: { message } }, status);
}
