import { createRandom, type Random } from "./random.ts";
import { FIRST_NAMES, LAST_NAMES } from "./words.ts";

/** A fictional person. */
export interface Person {
  /** From 1, in order. */
  number: number;
  firstName: string;
  lastName: string;
  name: string;
  /** Unique, at example.com or a subdomain. */
  email: string;
}

export interface PeopleOptions {
  count: number;
  /** The same seed makes the same people. */
  seed?: string | number;
  /** `example.com` or a subdomain. */
  domain?: string;
  random?: Random;
}

/** Generates people one at a time, so that any number takes no memory. */
export function* seedPeople({
  count,
  seed = 1,
  domain = "example.com",
  random = createRandom(seed),
}: PeopleOptions): Generator<Person> {
  if (domain !== "example.com" && !domain.endsWith(".example.com"))
    throw new RangeError(`Fictional people need a domain at or below example.com, not "${domain}".`);
  for (let number = 1; number <= count; number++) {
    const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
    const email = `${firstName}.${lastName}${number}@${domain}`.toLowerCase();
    yield { number, firstName, lastName, name: `${firstName} ${lastName}`, email };
  }
}
