import type { ResourceTypes } from "../../connector/resource-types.ts";
import type { Redact } from "../../redact.ts";

interface Unsent {
  count: number;
  /** Id of the first account. */
  id: string;
  slugs: readonly string[];
}

interface UnknownRefsOptions {
  types: ResourceTypes;
  /** Whether the Bridge keeps the refs of a slug that a record names in its `unknown_refs`. */
  canKeep: boolean;
  redact: Redact;
}

/** The refs of accounts that a run does not know: of all accounts if the connector reported that, or of single ones. */
export class UnknownRefs {
  readonly #options: UnknownRefsOptions;
  /** Reasons, by the slugs that are unknown for the whole run. */
  readonly #ofRun = new Map<string, Set<string>>();
  /** By slug: how many accounts name it themselves, and the first of them. */
  readonly #ofAccounts = new Map<string, { count: number; id: string }>();
  /** Accounts that the Bridge can't keep, by the slug of their type. */
  readonly #unsent = new Map<string, Unsent>();

  constructor(options: UnknownRefsOptions) {
    this.#options = options;
  }

  /** Whether some slug is unknown for every account. */
  get isForAll(): boolean {
    return this.#ofRun.size > 0;
  }

  /** From now on every account keeps its refs of the slug. */
  addForAll(slug: string, reason: string): void {
    if (!this.#isRefSlug(slug))
      throw new TypeError(`unknownRefs("${slug}"): it is not the slug of a group or license type`);
    const reasons = this.#ofRun.get(slug) ?? new Set();
    this.#ofRun.set(slug, reasons.add(this.#options.redact(reason)));
  }

  /**
   * Returns the account with all its unknown slugs, or as it is if there are none. Returns undefined if the Bridge can't
   * keep unknown refs: the account is not sent, and the run is partial.
   */
  addTo(typeSlug: string, record: unknown): unknown {
    const own = ownSlugs(record);
    // Otherwise the check of the record finds the fault.
    if (!own?.every((slug) => this.#isRefSlug(slug))) return record;
    // The record is not checked yet, so the id may be anything.
    const account = record as { id?: unknown; unknown_refs?: unknown };
    if (own.length === 0 && this.#ofRun.size === 0) return withoutEmptyList(account);
    const slugs = [...new Set([...this.#ofRun.keys(), ...(own as string[])])];
    if (!this.#options.canKeep) {
      const unsent = this.#unsent.get(typeSlug);
      if (unsent) unsent.count++;
      else this.#unsent.set(typeSlug, { count: 1, id: String(account.id), slugs });
      return undefined;
    }
    for (const slug of own as string[]) {
      if (this.#ofRun.has(slug)) continue;
      const known = this.#ofAccounts.get(slug);
      if (known) known.count++;
      else this.#ofAccounts.set(slug, { count: 1, id: String(account.id) });
    }
    return { ...account, unknown_refs: slugs };
  }

  #isRefSlug(slug: unknown): boolean {
    const { types } = this.#options;
    return typeof slug === "string" && Object.hasOwn(types, slug) && types[slug]!.type !== "account";
  }

  /** What is unknown and why, one line per reason. */
  reasons(): string[] {
    const { redact } = this.#options;
    return [
      ...[...this.#ofRun].flatMap(([slug, reasons]) => [...reasons].map((reason) => `${slug}: ${reason}`)),
      ...[...this.#ofAccounts].map(
        ([slug, { count, id }]) => `${slug}: unknown for ${accounts(count)}, the first is "${redact(id)}"`,
      ),
    ];
  }

  /** Why the run is partial; empty if the Bridge keeps unknown refs. */
  missing(): string[] {
    return [...this.#unsent].map(([typeSlug, { count, id, slugs }]) => {
      const why = slugs.flatMap((slug) => [...(this.#ofRun.get(slug) ?? [])]).join("; ");
      return (
        `${typeSlug}: ${accounts(count)} not sent, the first is "${this.#options.redact(id)}": which ${slugs.join(", ")} ` +
        `they have is unknown${why && ` (${why})`}, and this Bridge can't keep what it knows (it does not announce the ` +
        `extension unknown-refs)`
      );
    });
  }
}

/** The slugs that an account names itself; undefined if that is not a list. */
function ownSlugs(record: unknown): readonly unknown[] | undefined {
  if (typeof record !== "object" || record === null) return undefined;
  const { unknown_refs: slugs = [] } = record as { unknown_refs?: unknown };
  return Array.isArray(slugs) ? slugs : undefined;
}

/** A Bridge without the extension would keep an empty list as a field of the record. */
function withoutEmptyList<T extends { unknown_refs?: unknown }>(account: T): T {
  if (account.unknown_refs === undefined) return account;
  const { unknown_refs: _, ...rest } = account;
  return rest as T;
}

const accounts = (count: number) => (count === 1 ? "1 account" : `${count} accounts`);
