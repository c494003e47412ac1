import { createRandom, type Random } from "./random.ts";
import { FIRST_NAMES, LAST_NAMES } from "./words.ts";

/** Somebody who does not exist. */
export interface Person {
  /** From 1, in order. */
  number: number;
  firstName: string;
  lastName: string;
  name: string;
  /** At example.com or a subdomain of it, and nobody else's. */
  email: string;
}

export interface PeopleOptions {
  count: number;
  /** The same seed makes the same people. */
  seed?: string | number;
  /** `example.com` or a subdomain of it. */
  domain?: string;
  random?: Random;
}

/** Makes people up, one at a time, so that any number of them takes no memory. */
export function* seedPeople({
  count,
  seed = 1,
  domain = "example.com",
  random = createRandom(seed),
}: PeopleOptions): Generator<Person> {
  if (domain !== "example.com" && !domain.endsWith(".example.com"))
    throw new RangeError(`Made-up people live at example.com or below it, not at "${domain}".`);
  for (let number = 1; number <= count; number++) {
    const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
    const email = `${firstName}.${lastName}${number}@${domain}`.toLowerCase();
    yield { number, firstName, lastName, name: `${firstName} ${lastName}`, email };
  }
}
