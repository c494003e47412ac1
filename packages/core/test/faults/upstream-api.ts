import type { Chance } from "./chance.ts";
import type { Respond } from "./faulty-fetch.ts";
import type { Person, Upstream } from "./upstream.ts";

/** How the system lists its people. */
export const LISTS = ["offset", "offset and total", "cursor", "cursor and total", "token", "link"] as const;
export type ListKind = (typeof LISTS)[number];

export interface Moods {
  chance: Chance;
  /** How often something changes when a page is requested. */
  driftRate: number;
  /** How often a page is wrong. */
  lieRate: number;
}

/** Set on a response that can only lead to a doubt. */
export const LIE = "x-lie";

/** The API of a system in memory. Lists are sorted by id, and people get an id when they are created. */
export function respondFrom(upstream: Upstream, list: ListKind, moods: () => Moods): Respond {
  let pages = 0;

  function listPeople(query: URLSearchParams): Response {
    const { chance, driftRate, lieRate } = moods();
    if (chance.happens("drift now", driftRate)) upstream.drift(chance);
    const people = [...upstream.people.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const limit = Number(query.get("limit"));
    const isLying = chance.happens("lie", lieRate);
    if (list === "offset" || list === "offset and total") {
      const offset = Number(query.get("offset"));
      const total = list === "offset" ? {} : { total: people.length };
      const page = people.slice(offset, offset + limit);
      if (!isLying || page.length === 0) return Response.json({ people: page, ...total });
      const isEmpty = offset > 0 || list === "offset and total";
      // After later pages the reader asks once more and reads on; only a wrong first page can't be corrected.
      if (isEmpty && chance.happens("empty", 0.5))
        return Response.json({ people: [], ...total }, offset === 0 ? { headers: { [LIE]: "empty page" } } : {});
      // A page of the known item only and an end after it would be two consistent lies.
      return Response.json({ people: page.slice(0, 2 + chance.below("short", limit)), ...total });
    }
    // After an id, so that changes before it do not matter; a number makes each cursor unique.
    const after = (query.get("after") ?? "").split(":")[0]!;
    const all = people.filter(({ id }) => id > after);
    let page = all.slice(0, limit);
    let next = page.length < all.length ? `${page.at(-1)!.id}:${++pages}` : null;
    let headers: Record<string, string> = {};
    if (isLying) {
      const lie = chance.pick("page lie", ["empty", "short", "repeated"]);
      if (lie === "repeated" && query.get("after")) {
        next = query.get("after");
        headers = { [LIE]: "repeated cursor" };
      } else if (lie === "short" && page.length > 1) {
        page = page.slice(0, 1);
        next = `${page[0]!.id}:${++pages}`;
      } else if (lie === "empty") {
        page = [];
        next = `${after}:${++pages}`;
      }
    }
    const total = list === "cursor and total" ? { total: people.length } : {};
    const link = next === null ? {} : { next: `/people?limit=${limit}&after=${next}` };
    const position = list === "link" ? link : { next, isLast: next === null };
    return Response.json({ people: page, ...position, ...total }, { headers });
  }

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const [, kind, id, , team] = pathname.split("/");
    if (kind === "teams") return Response.json([...upstream.teams.values()]);
    if (kind === "changes") return Response.json(changesAfter(upstream, Number(searchParams.get("after"))));
    if (request.method === "GET" && id === undefined)
      return searchParams.has("email")
        ? Response.json([...upstream.people.values()].filter(({ email }) => email === searchParams.get("email")))
        : listPeople(searchParams);
    if (request.method === "POST") return Response.json(create(upstream, (await request.json()) as Person));
    const person = upstream.people.get(id!);
    if (!person) return Response.json({ detail: "The person does not exist." }, { status: 404 });
    if (request.method === "GET") return Response.json(person);
    if (request.method === "DELETE") upstream.removePerson(person.id);
    else if (team !== undefined) upstream.setPerson({ ...person, memberships: { team: [{ id: team }] } });
    else upstream.setPerson({ ...person, ...((await request.json()) as Partial<Person>) });
    return new Response(null, { status: 204 });
  };
}

function changesAfter(upstream: Upstream, after: number) {
  const ids = new Set(upstream.changed.slice(after));
  const people = [...ids].flatMap((id) => upstream.people.get(id) ?? []);
  return { people, next: upstream.changed.length };
}

/** May create the same person twice. */
function create(upstream: Upstream, { email, memberships }: Person): Person {
  const id = `n${upstream.changed.length}`;
  const person: Person = { id, email, display_name: email, status: "active", memberships };
  upstream.setPerson(person);
  upstream.created.push(email);
  return person;
}
