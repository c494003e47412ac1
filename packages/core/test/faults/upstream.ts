import type { Chance } from "./chance.ts";

export type Slug = "account" | "team";

export interface Person {
  id: string;
  email: string;
  display_name: string;
  status: "active" | "suspended";
  memberships: { team: { id: string }[] };
}

export interface Team {
  id: string;
  name: string;
}

/** A version of a record, from one moment (included) until another. */
interface Version {
  content: string;
  from: number;
  until: number;
}

/** A system in memory that remembers all its history. A moment is a number of changes. */
export class Upstream {
  readonly people = new Map<string, Person>();
  readonly teams = new Map<string, Team>();
  /** Ids of created or changed people, the oldest first. */
  readonly changed: string[] = [];
  /** Addresses of people created by a call, once for each creation. */
  readonly created: string[] = [];
  readonly #versions: Record<Slug, Map<string, Version[]>> = { account: new Map(), team: new Map() };
  #now = 0;

  get now(): number {
    return this.#now;
  }

  setPerson(person: Person): void {
    this.people.set(person.id, person);
    this.changed.push(person.id);
    this.#note("account", person.id, person);
  }

  removePerson(id: string): void {
    this.people.delete(id);
    this.#note("account", id, undefined);
  }

  setTeam(team: Team): void {
    this.teams.set(team.id, team);
    this.#note("team", team.id, team);
  }

  idsOf(slug: Slug): Iterable<string> {
    return this.#versions[slug].keys();
  }

  /** Whether the record existed all the time. */
  wasThere(slug: Slug, id: string, from: number, until: number): boolean {
    let reached = from;
    for (const version of this.#versions[slug].get(id) ?? [])
      if (version.from <= reached && version.until > reached) reached = version.until;
    return reached > until;
  }

  /** Whether the record had this state at some moment. */
  had(slug: Slug, id: string, content: string, from: number, until: number): boolean {
    const versions = this.#versions[slug].get(id) ?? [];
    return versions.some((version) => version.content === content && version.from <= until && version.until > from);
  }

  /** Changes something in the system at random. */
  drift(chance: Chance): void {
    const what = chance.pick("drift", ["hire", "leave", "leave", "rename", "move", "team"]);
    const person = chance.pick("drift person", [...this.people.values()]);
    if (what === "leave" && this.people.size > 5) return this.removePerson(person.id);
    if (what === "rename") return this.setPerson({ ...person, display_name: `Name ${this.#now}` });
    if (what === "move") return this.setPerson({ ...person, memberships: this.#draw(chance) });
    if (what === "team")
      return this.setTeam({ id: chance.pick("team", [...this.teams.keys()]), name: `T${this.#now}` });
    this.hire(chance);
  }

  /** Replaces most of the people. */
  turnOver(chance: Chance): void {
    for (const id of [...this.people.keys()].slice(0, Math.ceil(this.people.size * 0.8))) {
      this.removePerson(id);
      this.hire(chance);
    }
  }

  hire(chance: Chance): void {
    // Anywhere in the order of ids, not only at the end.
    const id = `p${chance.below("id", 1e9)}`;
    const status = "active";
    this.setPerson({ id, email: `${id}@example.com`, display_name: id, status, memberships: this.#draw(chance) });
  }

  #draw(chance: Chance): Person["memberships"] {
    return { team: [{ id: chance.pick("membership", [...this.teams.keys()]) }] };
  }

  #note(slug: Slug, id: string, record: object | undefined): void {
    this.#now++;
    const versions = this.#versions[slug].get(id) ?? [];
    const last = versions.at(-1);
    if (last && last.until === Infinity) last.until = this.#now;
    if (record) versions.push({ content: contentOf(record), from: this.#now, until: Infinity });
    this.#versions[slug].set(id, versions);
  }
}

export function createUpstream(people: number, teams: number, chance: Chance): Upstream {
  const upstream = new Upstream();
  for (let team = 0; team < teams; team++) upstream.setTeam({ id: `t${team}`, name: `Team ${team}` });
  while (upstream.people.size < people) upstream.hire(chance);
  return upstream;
}

/** The content of a record for comparison, in the system and on the Bridge. */
export function contentOf(record: object): string {
  const { id, name, email, display_name, status, memberships } = record as Partial<Person & Team>;
  const teams = memberships?.team.map((team) => team.id);
  return JSON.stringify(name === undefined ? [id, email, display_name, status, teams] : [id, name]);
}
