/** Rows of a model, in id order so that keyset paging does not scan, with lookups by a few fields. */
export class Table<Row extends { id: number }> implements Iterable<Row> {
  readonly #rows = new Map<number, Row>();
  readonly #ids: number[] = [];
  readonly #lookups = new Map<keyof Row, Map<unknown, Set<number>>>();
  #nextId: number;

  constructor(rows: Iterable<Row>, nextId: number, indexed: readonly (keyof Row)[] = []) {
    for (const field of indexed) this.#lookups.set(field, new Map());
    for (const row of [...rows].sort((left, right) => left.id - right.id)) this.#add({ ...row });
    this.#nextId = Math.max(nextId, (this.#ids.at(-1) ?? 0) + 1);
  }

  get nextId(): number {
    return this.#nextId;
  }

  get size(): number {
    return this.#ids.length;
  }

  get(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  has(id: number): boolean {
    return this.#rows.has(id);
  }

  /** Every row, or those with an id above `afterId`, in id order. */
  *rows(afterId = -Infinity): Generator<Row> {
    for (let position = this.#positionAfter(afterId); position < this.#ids.length; position++) {
      yield this.#rows.get(this.#ids[position]!)!;
    }
  }

  [Symbol.iterator](): Iterator<Row> {
    return this.rows();
  }

  isIndexed(field: string): boolean {
    return this.#lookups.has(field as keyof Row);
  }

  /** Rows whose indexed `field` has one of the values, in id order. */
  rowsWhere(field: string, values: Iterable<unknown>): Row[] {
    const lookup = this.#lookups.get(field as keyof Row);
    if (!lookup) throw new TypeError(`"${field}" has no index.`);
    const ids = new Set<number>();
    for (const value of values) for (const id of lookup.get(value) ?? []) ids.add(id);
    return this.rowsWithIds(ids);
  }

  /** The rows with these ids that exist, in id order. */
  rowsWithIds(ids: Iterable<number>): Row[] {
    const found: Row[] = [];
    for (const id of new Set(ids)) {
      const row = this.#rows.get(id);
      if (row) found.push(row);
    }
    return found.sort((left, right) => left.id - right.id);
  }

  insert(values: Omit<Row, "id">): Row {
    const row = { ...values, id: this.#nextId } as Row;
    this.#add(row);
    this.#nextId++;
    return row;
  }

  update(id: number, changes: Partial<Row>): void {
    const row = this.#rows.get(id);
    if (!row) return;
    for (const field of this.#lookups.keys()) if (field in changes) this.#unlist(field, row);
    Object.assign(row, changes);
    for (const field of this.#lookups.keys()) if (field in changes) this.#list(field, row);
  }

  remove(id: number): boolean {
    const row = this.#rows.get(id);
    if (!row) return false;
    for (const field of this.#lookups.keys()) this.#unlist(field, row);
    this.#rows.delete(id);
    this.#ids.splice(this.#positionAfter(id) - 1, 1);
    return true;
  }

  #add(row: Row): void {
    this.#rows.set(row.id, row);
    this.#ids.push(row.id);
    for (const field of this.#lookups.keys()) this.#list(field, row);
  }

  #list(field: keyof Row, row: Row): void {
    const lookup = this.#lookups.get(field)!;
    const ids = lookup.get(row[field]);
    if (ids) ids.add(row.id);
    else lookup.set(row[field], new Set([row.id]));
  }

  #unlist(field: keyof Row, row: Row): void {
    const lookup = this.#lookups.get(field)!;
    const ids = lookup.get(row[field]);
    ids?.delete(row.id);
    if (ids?.size === 0) lookup.delete(row[field]);
  }

  /** The position of the first id above `id`, by binary search. */
  #positionAfter(id: number): number {
    let low = 0;
    let high = this.#ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle]! <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
