import { Hono } from "hono";
import { createSandbox, seedPeople, type Sandbox } from "@bridgekit/sandbox";

export const TOKEN = "wiki-canary-token";
const PAGE_SIZE = 5;

export interface WikiUser {
  id: string;
  email: string;
  name: string | null;
  isActive: boolean;
  seat: string;
}

export interface WikiProduct extends Sandbox {
  users: WikiUser[];
  /** The ids of the members of each team. */
  members: Map<string, string[]>;
  /** The ids of the users who were changed, in the order of the changes. */
  changed: string[];
  /** Changes that people make in the product itself. */
  leave: (id: string) => void;
  join: (user: Pick<WikiUser, "id" | "email">) => void;
  move: (id: string, teams: { from?: string; to?: string }) => void;
}

/** A small product with people, teams and seats. Pages of its lists contain their start and the total. */
export function createWikiProduct({ people = 12, teams = 6 } = {}): WikiProduct {
  const users = Array.from(seedPeople({ count: people }), ({ number, name, email }): WikiUser => {
    return { id: `u${number}`, email, name: number % 3 === 0 ? null : name, isActive: number % 4 !== 0, seat: "pro" };
  });
  // Everybody is in the last team, so it has several pages of members; the first user is in all teams.
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
  const changed: string[] = [];
  function leave(id: string): void {
    users.splice(users.indexOf(find(id)!), 1);
    for (const [team, ids] of members)
      members.set(
        team,
        ids.filter((member) => member !== id),
      );
    changed.push(id);
  }
  function join(user: Pick<WikiUser, "id" | "email">): void {
    users.push({ ...user, name: null, isActive: true, seat: "pro" });
    changed.push(user.id);
  }
  function move(id: string, { from, to }: { from?: string; to?: string }): void {
    if (from !== undefined)
      members.set(
        from,
        members.get(from)!.filter((member) => member !== id),
      );
    const team = to === undefined ? undefined : (members.get(to) ?? []);
    if (team && !team.includes(id)) members.set(to!, [...team, id]);
    changed.push(id);
  }

  const session = `wiki-session-${crypto.randomUUID()}`;
  app.post("/session", async (context) => {
    const isKnown = (await context.req.parseBody())["client_secret"] === TOKEN;
    return isKnown ? context.json({ session_token: session }) : context.json({ error: "who are you?" }, 401);
  });
  app.use(async (context, next) => {
    if (![`Bearer ${TOKEN}`, `Bearer ${session}`].includes(context.req.header("authorization") ?? ""))
      return context.json({ error: "who are you?" }, 401);
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
    move(user, { to: id });
    return context.body(null, 204);
  });
  app.delete("/teams/:id/members/:user", (context) => {
    const { id, user } = context.req.param();
    if (!find(user)) return context.json({ error: "no such user" }, 404);
    move(user, { from: id });
    return context.body(null, 204);
  });
  app.get("/users", (context) => {
    const email = context.req.query("email");
    return context.json(page(email ? users.filter((user) => user.email === email) : users, context.req.query("start")));
  });
  app.post("/users", async (context) => {
    const { email } = await context.req.json<{ email: string }>();
    // As in many products, two users may have the same address.
    const id = `u${users.length + 1}`;
    join({ id, email });
    return context.json(find(id)!, 201);
  });
  app.get("/users/:id", (context) => {
    const user = find(context.req.param("id"));
    return user ? context.json(user) : context.json({ error: "no such user" }, 404);
  });
  app.get("/users/:id/teams", (context) => {
    const id = context.req.param("id");
    return context.json([...members].filter(([, ids]) => ids.includes(id)).map(([team]) => team));
  });
  app.get("/changes", (context) => {
    const since = Number(context.req.query("since") ?? changed.length);
    return context.json({ users: changed.slice(since), next: String(changed.length) });
  });
  app.put("/users/:id/active", async (context) => {
    const user = find(context.req.param("id"));
    if (!user) return context.json({ error: "no such user" }, 404);
    user.isActive = await context.req.json<boolean>();
    return context.body(null, 204);
  });
  app.delete("/users/:id", (context) => {
    const { id } = context.req.param();
    if (!find(id)) return context.json({ error: "no such user" }, 404);
    leave(id);
    return context.body(null, 204);
  });
  const sandbox = createSandbox({ fetch: app.fetch });
  return Object.assign(sandbox, { users, members, changed, leave, join, move });
}
