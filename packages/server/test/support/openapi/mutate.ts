import { buildQuery, toPathname, type ValidRequest } from "./build-valid-request.ts";
import { type BodyMutation, shapeMutations, toText, valueMutations } from "./mutate-body.ts";
import {
  ODD_BODIES,
  ODD_CONTENT_TYPES,
  ODD_HEADERS,
  ODD_PATHS,
  ODD_QUERIES,
  ODD_SEGMENTS,
  ODD_TEXTS,
  OTHER_METHODS,
} from "./odd-values.ts";
import type { Operation } from "./operations.ts";
import type { Random } from "./random.ts";
import type { Setting } from "./world.ts";

/** A request as it is sent. */
export interface WireRequest {
  operation: Operation;
  method: string;
  /** Path and query, as written. */
  address: string;
  headers: Record<string, string>;
  body: string | Uint8Array | undefined;
  /** The mutations. */
  mutations: readonly string[];
}

/** A request under mutation. */
interface Draft {
  readonly operation: Operation;
  method: string;
  orgSlug: string;
  /** Path parameters, encoded. */
  segments: Record<string, string>;
  query: string[];
  headers: Record<string, string>;
  /** Sent as JSON, unless `text` is set. */
  body: unknown;
  text: string | Uint8Array | undefined;
  editPath: (path: string) => string;
}

interface Surroundings {
  random: Random;
  orgSlug: string;
  /** Things of another organisation. */
  foreign: readonly Setting[];
  foreignSlug: string;
}

type Mutation = (draft: Draft, surroundings: Surroundings) => void;

/** Breaks a valid request in one way, sometimes in two. */
export function mutate(valid: ValidRequest, surroundings: Surroundings): WireRequest {
  const { random, orgSlug } = surroundings;
  const draft = toDraft(valid, orgSlug);
  const optional = valid.operation.parameters.filter(({ required }) => !required && random.isOneIn(3));
  draft.query.push(...toPairs(buildQuery(optional)));
  const mutations = random.isOneIn(5) ? ["", ""] : [""];
  return toWire(
    draft,
    mutations.map(() => apply(draft, surroundings)),
  );
}

/** The request as it is. */
export function toWireRequest(valid: ValidRequest, orgSlug: string): WireRequest {
  return toWire(toDraft(valid, orgSlug), []);
}

function apply(draft: Draft, surroundings: Surroundings): string {
  const { random } = surroundings;
  const [name, group] = random.pick(draft.operation.body === undefined ? GROUPS : GROUPS_WITH_BODY);
  const [detail, mutation] = random.pick(Object.entries(group));
  mutation(draft, surroundings);
  return `${name}: ${detail}`;
}

function toDraft({ operation, path, query, body }: ValidRequest, orgSlug: string): Draft {
  const encoded = Object.entries(path).map(([name, value]) => [name, encodeURIComponent(value)]);
  return {
    operation,
    method: operation.method,
    orgSlug,
    segments: Object.fromEntries(encoded),
    query: toPairs(query),
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: structuredClone(body),
    text: undefined,
    editPath: (path) => path,
  };
}

function toWire(draft: Draft, mutations: readonly string[]): WireRequest {
  const { operation, method, orgSlug, segments, query, headers } = draft;
  const path = draft.editPath(toPathname(operation, orgSlug, segments));
  const body = draft.text ?? (draft.body === undefined ? undefined : toText(draft.body));
  return { operation, method, address: [path, ...query.slice(0, 1)].join("?") + rest(query), headers, body, mutations };
}

const rest = (query: readonly string[]) =>
  query
    .slice(1)
    .map((pair) => `&${pair}`)
    .join("");

const toPairs = (query: Readonly<Record<string, string>>) =>
  Object.entries(query).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`);

const inBody = (mutations: Readonly<Record<string, BodyMutation>>): Record<string, Mutation> =>
  Object.fromEntries(
    Object.entries(mutations).map(([name, mutation]) => [
      name,
      (draft, { random }) => {
        draft.body = mutation(draft.body, random);
      },
    ]),
  );

const wholeBody: Record<string, Mutation> = {
  other(draft, { random }) {
    draft.text = random.pick(ODD_BODIES);
  },
  "cut off"(draft, { random }) {
    const text = toText(draft.body ?? {});
    draft.text = text.slice(0, Math.floor(random.next() * text.length));
  },
  none(draft) {
    draft.body = draft.text = undefined;
  },
  "content type"(draft, { random }) {
    const { "content-type": _, ...others } = draft.headers;
    const type = random.pick(ODD_CONTENT_TYPES);
    draft.headers = type === undefined ? others : { ...others, "content-type": type };
  },
};

const inPath: Record<string, Mutation> = {
  "an odd segment": (draft, { random }) => changeSegment(draft, random, random.pick(ODD_SEGMENTS)),
  "an odd text": (draft, { random }) =>
    changeSegment(draft, random, encodeURIComponent(random.pick(WELL_FORMED_TEXTS))),
  "a thing that does not exist": (draft, { random }) =>
    changeSegment(draft, random, "7f0b5f39-7b7f-4a4e-9d6a-2f3c1d0e9a11"),
  "other case": (draft, { random }) => changeSegment(draft, random, undefined, (text) => text.toUpperCase()),
  "something foreign": (draft, { random, foreign }) => {
    const setting = random.pick(foreign);
    changeSegment(draft, random, undefined, (_, name) => encodeURIComponent(setting[name] ?? ""));
  },
  "everything foreign": (draft, { random, foreign }) => {
    const setting = random.pick(foreign);
    for (const name of Object.keys(draft.segments)) draft.segments[name] = encodeURIComponent(setting[name] ?? "");
  },
  "a foreign organisation": (draft, { foreignSlug }) => {
    draft.orgSlug = foreignSlug;
  },
  "an odd path": (draft, { random }) => {
    draft.editPath = random.pick(ODD_PATHS);
  },
};

const inQuery: Record<string, Mutation> = {
  odd(draft, { random }) {
    const names = draft.operation.parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
    draft.query.push(random.pick(ODD_QUERIES)(random.pick(["limit", ...names, ...names])));
  },
  "an odd value"(draft, { random }) {
    const names = draft.operation.parameters.filter(({ in: place }) => place === "query").map(({ name }) => name);
    const value = encodeURIComponent(random.pick(WELL_FORMED_TEXTS));
    draft.query = [`${random.pick(["offset", ...names, ...names])}=${value}`];
  },
};

const inHeaders: Record<string, Mutation> = {
  odd(draft, { random }) {
    const declared = draft.operation.parameters.filter(({ in: place }) => place === "header");
    const name = random.pick([...Object.keys(ODD_HEADERS), ...declared.map(({ name }) => name.toLowerCase())]);
    draft.headers[name] = random.pick(ODD_HEADERS[name] ?? ["", "\u00ff", "0", "x".repeat(2_000)]);
  },
};

const inMethod: Record<string, Mutation> = {
  other(draft, { random }) {
    draft.method = random.pick(OTHER_METHODS);
  },
};

type Group = readonly [name: string, mutations: Record<string, Mutation>];
const OUTSIDE: readonly Group[] = [
  ["path", inPath],
  ["path", inPath],
  ["query", inQuery],
  ["query", inQuery],
  ["header", inHeaders],
  ["method", inMethod],
];
// A body has more to break than everything around it.
const GROUPS_WITH_BODY: readonly Group[] = [
  ...Array.from({ length: 6 }, (): Group => ["body", inBody(valueMutations)]),
  ...Array.from({ length: 3 }, (): Group => ["body", inBody(shapeMutations)]),
  ["body", wholeBody],
  ...OUTSIDE,
];
const GROUPS: readonly Group[] = [["body", wholeBody], ...OUTSIDE];

const WELL_FORMED_TEXTS = ODD_TEXTS.filter((text) => text.isWellFormed());

function changeSegment(
  draft: Draft,
  random: Random,
  value: string | undefined,
  change: (text: string, name: string) => string = (text) => text,
): void {
  const names = Object.keys(draft.segments);
  if (names.length === 0) return;
  const name = random.pick(names);
  draft.segments[name] = value ?? change(draft.segments[name] ?? "", name);
}
