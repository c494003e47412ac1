interface Ref {
  id: string;
}

const REF_FIELDS = ["memberships", "assignments"] as const;

/**
 * Two texts of a record. `text` is what is kept, with the fields of every object in their order by name: the database
 * keeps no other. `canonical` is what its digest is made of, where refs stand in the order of their ids as well: a
 * system that lists the same things in another order has changed nothing.
 */
export function toTexts(record: object): { text: string; canonical: string } {
  const sorted = sortFields(record) as Record<string, unknown>;
  const text = JSON.stringify(sorted);
  const ordered = sortRefs(sorted);
  return { text, canonical: ordered === sorted ? text : JSON.stringify(ordered) };
}

/** The same value where every object in it is in order already, which costs no copy. */
function sortFields(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return sortItems(value);
  const names = Object.keys(value);
  const fields = value as Record<string, unknown>;
  let isSame = true;
  for (let index = 1; isSame && index < names.length; index++) isSame = names[index - 1]! < names[index]!;
  if (!isSame) names.sort();
  const sorted: Record<string, unknown> = {};
  for (const name of names) {
    const field = sortFields(fields[name]);
    isSame &&= field === fields[name];
    // `__proto__` is a name like any other here.
    if (name === "__proto__") Object.defineProperty(sorted, name, { value: field, enumerable: true });
    else sorted[name] = field;
  }
  return isSame ? value : sorted;
}

function sortItems(items: readonly unknown[]): unknown {
  const sorted = items.map(sortFields);
  return sorted.every((item, index) => item === items[index]) ? items : sorted;
}

function sortRefs(record: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {};
  for (const field of REF_FIELDS) {
    const targets = record[field];
    if (typeof targets !== "object" || targets === null) continue;
    const unordered = Object.entries(targets).filter(([, refs]) => isRefs(refs) && !isInOrder(refs));
    if (unordered.length === 0) continue;
    const ordered = unordered.map(([slug, refs]) => [slug, (refs as Ref[]).toSorted(byId)] as const);
    changed[field] = { ...targets, ...Object.fromEntries(ordered) };
  }
  return Object.keys(changed).length === 0 ? record : { ...record, ...changed };
}

function byId(a: Ref, b: Ref): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

// In a group or a license these fields are unknown extras, of whatever shape.
function isRefs(value: unknown): value is Ref[] {
  return Array.isArray(value) && value.every((item: unknown) => typeof (item as Ref | null)?.id === "string");
}

function isInOrder(refs: readonly Ref[]): boolean {
  for (let index = 1; index < refs.length; index++) if (refs[index - 1]!.id > refs[index]!.id) return false;
  return true;
}
