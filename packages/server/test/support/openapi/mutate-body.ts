import { ODD_NUMBERS, ODD_STRUCTURES, ODD_TEXTS, Raw } from "./odd-values.ts";
import type { Random } from "./random.ts";

/** A place in a body: its object or list, and the name or index. */
interface Place {
  holder: any;
  name: string;
}

export type BodyMutation = (body: any, random: Random) => unknown;

const MANY = 501;

/** Ways to put something odd into a body. Each gets a copy and returns the result. */
export const valueMutations: Readonly<Record<string, BodyMutation>> = {
  "another value": (body, random) => change(body, random, () => oddValue(random)),

  "another text": (body, random) =>
    change(body, random, (value) => (typeof value === "string" ? random.pick(ODD_TEXTS) : String(value))),

  "another name": (body, random) =>
    edit(body, random, ({ holder, name }) => {
      const field = { value: holder[name], enumerable: true, configurable: true, writable: true };
      if (Array.isArray(holder)) return;
      delete holder[name];
      Object.defineProperty(holder, random.pick(ODD_TEXTS), field);
    }),

  "a field more": (body, random) => {
    const objects = valuesIn(body).filter((value) => isObject(value) && !Array.isArray(value));
    if (objects.length === 0) return body;
    const field = { value: oddValue(random), enumerable: true, configurable: true, writable: true };
    Object.defineProperty(random.pick(objects), random.pick(ODD_TEXTS), field);
    return body;
  },
};

/** Ways to break the shape of a body. */
export const shapeMutations: Readonly<Record<string, BodyMutation>> = {
  "a field less": (body, random) =>
    edit(body, random, ({ holder, name }) => {
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else delete holder[name];
    }),

  "a field twice": (body, random) =>
    edit(body, random, ({ holder, name }) => {
      if (Array.isArray(holder)) return holder.push(holder[Number(name)]);
      const values = [holder[name], oddValue(random)];
      const twice = random.isOneIn(2) ? values : values.toReversed();
      const others = Object.entries(holder).filter(([other]) => other !== name);
      holder[WRITTEN] = toObjectText([...others, ...twice.map((value): [string, unknown] => [name, value])]);
    }),

  "an item many times": (body, random) => {
    const lists = valuesIn(body).filter((value) => Array.isArray(value) && value.length > 0);
    if (lists.length === 0) return change(body, random, (value) => Array.from({ length: MANY }, () => value));
    const list = random.pick(lists);
    for (const item of Array.from({ length: random.pick([1, 1, 100, MANY]) }, () => random.pick(list))) list.push(item);
    return body;
  },

  "a list around it": (body, random) => change(body, random, (value) => [value]),

  "an object around it": (body, random) => change(body, random, (value) => ({ value })),

  "a list around all": (body) => [body],
};

/** A value with this key is written as its text. */
const WRITTEN = Symbol("written");

/** JSON, with odd text in the place of such values. */
export function toText(value: unknown): string {
  if (value instanceof Raw) return value.text;
  if (!isObject(value)) return JSON.stringify(value);
  if (typeof value[WRITTEN] === "string") return value[WRITTEN];
  if (Array.isArray(value)) return `[${value.map(toText).join()}]`;
  return toObjectText(Object.entries(value));
}

function toObjectText(entries: readonly [name: string, value: unknown][]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${toText(value)}`).join()}}`;
}

function oddValue(random: Random): unknown {
  const value = random.pick(random.pick<readonly unknown[]>([ODD_TEXTS, ODD_NUMBERS, ODD_STRUCTURES]));
  // The next mutation may continue in it.
  return value instanceof Raw ? value : structuredClone(value);
}

function change(body: unknown, random: Random, to: (value: unknown) => unknown): unknown {
  return edit(body, random, ({ holder, name }) => {
    holder[name] = to(holder[name]);
  });
}

function edit(body: unknown, random: Random, by: (place: Place) => unknown): unknown {
  const places = placesIn(body);
  if (places.length > 0) by(random.pick(places));
  return body;
}

/** The body and everything in it. */
function valuesIn(body: unknown): any[] {
  const values = [body, ...placesIn(body).map(({ holder, name }) => holder[name])];
  return values.filter((value) => !(value instanceof Raw));
}

function placesIn(value: unknown): Place[] {
  if (!isObject(value) || value instanceof Raw) return [];
  const own: Place[] = Object.keys(value).map((name) => ({ holder: value, name }));
  return own.concat(Object.keys(value).flatMap((name) => placesIn(value[name])));
}

function isObject(value: unknown): value is Record<string | symbol, any> {
  return typeof value === "object" && value !== null;
}
