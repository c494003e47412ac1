import { Hono, type Context } from "hono";
import type { GiteaState, TeamRow, UserRow } from "./state.ts";

/** Gitea's maximum page size (`MAX_RESPONSE_ITEMS`), whatever the caller requests. */
const MOST_ITEMS = 50;

/** The part of Gitea's API that the connector uses. The token belongs to the first user. */
export function createApp({ users, organizations, teams }: GiteaState, token: string): Hono {
  const app = new Hono().basePath("/api/v1");

  app.use("*", async (context, next) => {
    if (context.req.header("authorization") !== `token ${token}`)
      return refuse(context, 401, "invalid username, password or token");
    return next();
  });
  app.use("/admin/*", async (context, next) => {
    if (!users[0]!.is_admin) return refuse(context, 403, "user should be the site admin");
    return next();
  });

  app.get("/user", (context) => context.json(users[0]!));
  app.get("/users/search", (context) => {
    const data = users.filter(({ id }) => id === Number(context.req.query("uid")));
    return context.json({ ok: true, data });
  });
  app.get("/admin/users", (context) =>
    respondWithPage(
      context,
      users.toSorted((a, b) => (a.login < b.login ? -1 : 1)),
    ),
  );
  app.patch("/admin/users/:login", async (context) => {
    const user = users.find(({ login }) => login === context.req.param("login"));
    if (!user) return refuse(context, 404, "user does not exist");
    const changes = await context.req.json<Partial<UserRow>>();
    if (!changes.login_name) return refuse(context, 422, "[LoginName]: Required");
    Object.assign(user, changes);
    return context.json(user);
  });
  app.get("/admin/orgs", (context) => respondWithPage(context, organizations));
  app.get("/orgs/:org/teams", (context) =>
    respondWithPage(context, teams.filter(({ organization }) => organization === context.req.param("org")).map(toWire)),
  );

  app.get("/teams/:id/members", (context) => {
    const team = findTeam(context);
    return team
      ? respondWithPage(
          context,
          users.filter(({ id }) => team.memberIds.has(id)),
        )
      : refuse(context, 404, "team does not exist");
  });
  app.get("/teams/:id/members/:login", (context) => {
    const user = users.find(
      ({ id, login }) => login === context.req.param("login") && findTeam(context)?.memberIds.has(id),
    );
    return user ? context.json(user) : refuse(context, 404, "team or member does not exist");
  });
  app.on(["PUT", "DELETE"], "/teams/:id/members/:login", (context) => {
    const team = findTeam(context);
    const user = users.find(({ login }) => login === context.req.param("login"));
    if (!team || !user) return refuse(context, 404, "team or user does not exist");
    if (context.req.method === "PUT") team.memberIds.add(user.id);
    else team.memberIds.delete(user.id);
    return context.body(null, 204);
  });
  return app;

  function findTeam(context: Context): TeamRow | undefined {
    return teams.find(({ id }) => String(id) === context.req.param("id"));
  }
}

function respondWithPage(context: Context, rows: readonly unknown[]): Response {
  const limit = Math.min(Number(context.req.query("limit") ?? MOST_ITEMS), MOST_ITEMS);
  const start = (Number(context.req.query("page") ?? 1) - 1) * limit;
  return context.json(rows.slice(start, start + limit), 200, { "x-total-count": String(rows.length) });
}

function toWire({ id, name, description }: TeamRow) {
  return { id, name, description };
}

function refuse(context: Context, status: 401 | 403 | 404 | 422, message: string): Response {
  return context.json({ message, url: new URL("/api/swagger", context.req.url).href }, status);
}
