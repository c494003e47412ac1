import { createRandom, type Random } from "@bridgekit/sandbox";
import { OBJECTS } from "./objects.ts";
import { toRowId } from "./salesforce-org.ts";
import type { Row, SalesforceState } from "./state.ts";

/** Makes rows with ascending ids. */
export class Seeder {
  readonly rows: Record<string, Row[]> = {};
  readonly random: Random;
  #nextNumber = 1;

  constructor(seed: string | number) {
    this.random = createRandom(seed);
  }

  add(name: string, fields: Readonly<Record<string, unknown>>): Row {
    const { keyPrefix } = OBJECTS.get(name.toLowerCase())!;
    const row = {
      Id: toRowId(keyPrefix, this.#nextNumber++),
      CreatedDate: SEEDED_AT,
      LastModifiedDate: SEEDED_AT,
      SystemModstamp: SEEDED_AT,
      ...fields,
    };
    (this.rows[name] ??= []).push(row);
    return row;
  }

  toState(): SalesforceState {
    return { rows: this.rows, takenElsewhere: ["taken@other.example.com"], nextNumber: this.#nextNumber };
  }
}

const SEEDED_AT = "2025-03-01T08:00:00.000+0000";
