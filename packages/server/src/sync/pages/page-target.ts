import { type Kysely, sql } from "kysely";
import type { components } from "@bridgekit/client";
import type { ResourceType } from "../../apps/resource-types.ts";
import type { Tables } from "../../database/schema.ts";
import type { Session } from "../find-session.ts";

type Kind = components["schemas"]["Kind"];

/** What a page is checked against before it is staged. */
export interface PageTarget {
  /** `null` if the app has no such session. */
  status: Session["status"] | null;
  reconciliation: Session["reconciliation"];
  kinds: ReadonlyMap<string, Kind>;
  pushedRefs: PushedRefs;
}

export interface PagePlace {
  orgId: string;
  appId: string;
  syncId: string;
}

const MAX_TARGETS = 200;
// A session without pages for this long has ended, or is looked up again at little cost.
const IDLE_MS = 60_000;

/**
 * Finds what pages are checked against, and caches it while the session is open. Organisation and app of a session
 * never change, nor does the kind of a slug. What does change is checked elsewhere: staging checks that the session is
 * open, and a missing slug is looked up with `fresh`.
 */
export class PageTargets {
  readonly #database: Kysely<Tables>;
  readonly #open = new Map<string, { target: PageTarget; usedAt: number }>();
  #isSweepPlanned = false;

  readonly #idleMs: number;

  constructor(database: Kysely<Tables>, idleMs = IDLE_MS) {
    this.#database = database;
    this.#idleMs = idleMs;
  }

  /** The number of cached sessions. */
  get size(): number {
    return this.#open.size;
  }

  /** Undefined if the organisation has no such app. */
  async find({ orgId, appId, syncId }: PagePlace, { fresh = false } = {}): Promise<PageTarget | undefined> {
    const name = `${orgId} ${appId} ${syncId}`;
    const remembered = fresh ? undefined : this.#open.get(name);
    if (remembered !== undefined) {
      remembered.usedAt = performance.now();
      return remembered.target;
    }
    const target = await load(this.#database, { orgId, appId, syncId });
    this.#open.delete(name);
    if (this.#open.size >= MAX_TARGETS) this.#open.clear();
    if (target?.status === "in_progress") this.#open.set(name, { target, usedAt: performance.now() });
    this.#planSweep();
    return target;
  }

  #planSweep(): void {
    if (this.#isSweepPlanned || this.#open.size === 0) return;
    this.#isSweepPlanned = true;
    setTimeout(() => {
      this.#isSweepPlanned = false;
      for (const [name, { usedAt }] of this.#open)
        if (performance.now() - usedAt >= this.#idleMs) this.#open.delete(name);
      this.#planSweep();
    }, this.#idleMs).unref();
  }
}

async function load(database: Kysely<Tables>, { orgId, appId, syncId }: PagePlace): Promise<PageTarget | undefined> {
  const { rows } = await sql<
    Omit<PageTarget, "kinds" | "pushedRefs"> & { types: Pick<ResourceType, "slug" | "type">[] }
  >`
    select session.status, session.reconciliation,
      (select coalesce(jsonb_agg(jsonb_build_object('slug', slug, 'type', type)), '[]')
       from resource_types where clone_group_id = app.clone_group_id) as types
    from apps app
    left join sync_sessions session on session.app_id = app.id and session.id = ${syncId}
    where app.id = ${appId} and app.org_id = ${orgId}
  `.execute(database);
  const [row] = rows;
  if (row === undefined) return undefined;
  const { types, ...target } = row;
  return { ...target, kinds: new Map(types.map(({ slug, type }) => [slug, type])), pushedRefs: new PushedRefs() };
}

/** A group or license that an account refers to. */
export interface Ref {
  slug: string;
  id: string;
  name: string | null;
}

const MOST_REFS = 50_000;

/**
 * The refs in the durable pages of a session. Accounts refer to the same few groups over and over, so earlier pages contain
 * nearly all refs of a page; those are not written again.
 */
export class PushedRefs {
  /** The last name by slug and id. */
  readonly #pushed = new Map<string, Map<string, string | null>>();
  #count = 0;

  has(slug: string, id: string, name: string | undefined): boolean {
    const pushed = this.#pushed.get(slug)?.get(id);
    return pushed !== undefined && (name === undefined || name === pushed);
  }

  /** Call it once the page with these refs is durable. */
  add(refs: readonly Ref[]): void {
    if (this.#count + refs.length > MOST_REFS) return;
    this.#count += refs.length;
    for (const { slug, id, name } of refs) {
      let ids = this.#pushed.get(slug);
      if (ids === undefined) this.#pushed.set(slug, (ids = new Map()));
      ids.set(id, name ?? ids.get(id) ?? null);
    }
  }
}

/**
 * The refs of a page that no earlier page contains, each once. A ref counts as pushed in the session even if a later page
 * replaces its account, which errs on the side of removing nothing.
 */
export class PageRefs {
  readonly #pushed: PushedRefs;
  readonly #new = new Map<string, Map<string, Ref>>();

  constructor(pushed: PushedRefs) {
    this.#pushed = pushed;
  }

  add(slug: string, id: string, name: string | undefined): void {
    if (this.#pushed.has(slug, id, name)) return;
    let known = this.#new.get(slug);
    if (known === undefined) this.#new.set(slug, (known = new Map()));
    const ref = known.get(id);
    if (ref === undefined) known.set(id, { slug, id, name: name ?? null });
    else ref.name ??= name ?? null;
  }

  all(): Ref[] {
    return Array.from(this.#new.values(), (refs) => [...refs.values()]).flat();
  }
}
