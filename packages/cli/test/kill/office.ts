import { setTimeout as sleep } from "node:timers/promises";

export interface Person {
  id: string;
  email: string;
  status: "active" | "suspended";
}

const PAGE = 40;
const LONGEST_ANSWER_MS = 15;

/** A slow system in memory that remembers everybody it ever had and every change. */
export class Office {
  readonly people = new Map<string, Person>();
  /** Every version of every person, as text. */
  readonly ever = new Set<string>();
  /** Addresses in the order in which calls created people. */
  readonly created: string[] = [];
  #lastId = 1000;

  add(email: string): Person {
    const person: Person = { id: `p${++this.#lastId}`, email, status: "active" };
    this.#set(person);
    return person;
  }

  /** Handles a call; calls `onHandler` with the task id when a handler starts. */
  async answer(request: Request, onHandler: (taskId: string) => void): Promise<Response> {
    await sleep(Math.random() * LONGEST_ANSWER_MS);
    const { pathname, searchParams } = new URL(request.url);
    const person = this.people.get(pathname.split("/")[2] ?? "");
    switch (request.method) {
      case "GET": {
        const task = searchParams.get("task");
        if (task === null) return Response.json(this.#page(searchParams.get("after") ?? ""));
        onHandler(task);
        const people = [...this.people.values()].filter(({ email }) => email === searchParams.get("email"));
        return Response.json({ people, next: null });
      }
      case "POST": {
        const { email } = (await request.json()) as Person;
        this.created.push(email);
        return Response.json(this.add(email));
      }
      case "PUT":
        if (person) this.#set({ ...person, status: "suspended" });
        return new Response(null, { status: person ? 204 : 404 });
      default:
        return new Response(null, { status: this.people.delete(person?.id ?? "") ? 204 : 404 });
    }
  }

  #set(person: Person): void {
    this.people.set(person.id, person);
    this.ever.add(textOf(person));
  }

  #page(after: string): { people: Person[]; next: string | null } {
    const all = [...this.people.values()].filter(({ id }) => id > after);
    const people = all.slice(0, PAGE);
    return { people, next: people.length < all.length ? people.at(-1)!.id : null };
  }
}

/** The content of a record, for comparing. */
export function textOf({ id, email, status }: { id: string; email?: string; status: string }): string {
  return `${id} ${email} ${status}`;
}
