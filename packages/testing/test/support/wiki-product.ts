import { Hono } from "hono";
import { createSandbox, seedPeople, type Sandbox } from "../../src/sandbox/index.ts";

export const TOKEN = "wiki-canary-token";
const PAGE_SIZE = 5;

export interface WikiUser {
  id: string;
  email: string;
  isActive: boolean;
  seat: string;
}

export interface WikiProduct extends Sandbox {
  users: WikiUser[];
  /** The ids of the members of each team. */
  members: Map<string, string[]>;
}

/** A small product with people, teams and seats. Its lists come in pages that say their beginning and the total. */
export function createWikiProduct({ people = 12, teams = 6 } = {}): WikiProduct {
  const users = Array.from(seedPeople({ count: people }), ({ number, email }): WikiUser => {
    return { id: `u${number}`, email, isActive: number % 4 !== 0, seat: "pro" };
  });
  // Everybody is in the last team, which so has several pages of members; the first is in all of them.
  const members = new Map(
    Array.from({ length: teams }, (_, team) => [
      `t${team + 1}`,
      users.filter((_, index) => team === teams - 1 || index % teams === team || index === 0).map(({ id }) => id),
    ]),
  );
  const app = new Hono();
  const page = (list: readonly unknown[], from: string | undefined) => {
    const start = Number(from ?? 0);
    const next = start + PAGE_SIZE < list.length ? start + PAGE_SIZE : null;
    return { values: list.slice(start, start + PAGE_SIZE), start, total: list.length, next };
  };
  const find = (id: string) => users.find((user) => user.id === id);

  app.use(async (context, next) => {
    if (context.req.header("authorization") !== `Bearer ${TOKEN}`) return context.json({ error: "who are you?" }, 401);
    await next();
  });
  app.get("/me", (context) => context.json({ name: "bridge" }));
  app.get("/seats", (context) => context.json([{ id: "pro", name: "Pro", max: 100 }]));
  app.get("/teams", (context) =>
    context.json(
      page(
        [...members.keys()].map((id) => ({ id, name: `Team ${id}` })),
        context.req.query("start"),
      ),
    ),
  );
  app.get("/teams/:id/members", (context) =>
    context.json(page(members.get(context.req.param("id")) ?? [], context.req.query("start"))),
  );
  app.put("/teams/:id/members/:user", (context) => {
    const { id, user } = context.req.param();
    if (!find(user)) return context.json({ error: "no such user" }, 404);
    const team = members.get(id) ?? [];
    if (!team.includes(user)) members.set(id, [...team, user]);
    return context.body(null, 204);
  });
  app.get("/users", (context) => {
    const email = context.req.query("email");
    return context.json(page(email ? users.filter((user) => user.email === email) : users, context.req.query("start")));
  });
  app.post("/users", async (context) => {
    const { email } = await context.req.json<{ email: string }>();
    // As in many a product: nothing keeps two users from having one address.
    const user = { id: `u${users.length + 1}`, email, isActive: true, seat: "pro" };
    users.push(user);
    return context.json(user, 201);
  });
  app.get("/users/:id", (context) => {
    const user = find(context.req.param("id"));
    return user ? context.json(user) : context.json({ error: "no such user" }, 404);
  });
  app.put("/users/:id/active", async (context) => {
    const user = find(context.req.param("id"));
    if (!user) return context.json({ error: "no such user" }, 404);
    user.isActive = await context.req.json<boolean>();
    return context.body(null, 204);
  });
  app.delete("/users/:id", (context) => {
    const index = users.findIndex(({ id }) => id === context.req.param("id"));
    if (index < 0) return context.json({ error: "no such user" }, 404);
    users.splice(index, 1);
    return context.body(null, 204);
  });
  const sandbox = createSandbox({ answer: app.fetch });
  return Object.assign(sandbox, { users, members });
}
