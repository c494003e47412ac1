import type { TaskAction, TaskErrorCode, TaskPayload, TaskResult } from "@bridgekit/client";
import type { Fault, SandboxCall } from "@bridgekit/sandbox";
import type { Truth } from "./truth.ts";

/** A stand-in for the product: anything with a `fetch`, such as a sandbox. */
export interface Upstream {
  fetch: typeof globalThis.fetch;
}

/** In place of what a check needs: why the check does not apply. */
export interface NotApplicable {
  notApplicable: string;
}

export interface TestConnectorOptions<Product extends Upstream> {
  /** A whole config that the upstream accepts. */
  config: unknown;
  /** The secrets of the config, and forms of them that are sent: they must show up in no message. */
  secrets: readonly string[];
  /** Makes the product anew, always with the same data: a few pages of every list, or of as many as it can. */
  upstream: () => Product | Promise<Product>;
  /**
   * What the product has now, read from the stand-in's own state and not through its API: reads are compared with it, so
   * that what a connector loses in every read is seen too.
   *
   * @example
   * truth: ({ state }) => ({
   *   team: [...state.teams.keys()].map((id) => ({ id })),
   *   account: state.users.map(({ id, isActive, teamIds }) => ({
   *     id,
   *     status: isActive ? "active" : "suspended",
   *     refs: { team: teamIds },
   *   })),
   * }),
   */
  truth: (product: Product) => Truth;
  /**
   * What people do in the product itself, each by what it is, done to the stand-in's state: together they make somebody on
   * the first page leave and somebody come, and take a ref from an account that stays and give it one. What is read after
   * them, while they happen, and by the connector's `changes`, is compared with the truth. Each is also done after those
   * before it.
   */
  edits: Readonly<Record<string, (product: Product) => void>> | NotApplicable;
  /**
   * Names of text fields in the product's responses that may be empty although the stand-in always fills them, such as
   * `["email"]`. The kit finds by itself those that the stand-in leaves empty in some rows.
   */
  optionalFields?: readonly string[];
  /** The same product with nobody in it, or as few as there can be. */
  empty: (() => Product | Promise<Product>) | NotApplicable;
  /** How the product hides parts of a list from those without permission, each by a name: rows left out, for instance. */
  hidden: Readonly<Record<string, (product: Product) => void>> | NotApplicable;
  /** Gives one account more than 100 refs of one type. */
  manyRefs: ((product: Product) => ManyRefs | Promise<ManyRefs>) | NotApplicable;
  /** The most calls that a read of `upstream` may take, and what they are. */
  budget: { calls: number; because: string };
  /** One for each declared action. */
  actions: { readonly [Action in TaskAction]?: ActionScenario<Product> | NotApplicable };
  /** Ids that no account has, each in a form that a Bridge may hold: `["999999", "ext-1"]`. */
  missingAccounts: readonly string[];
  /** How the product answers whom it forbids a call; 403 without a body unless told otherwise. */
  forbidden?: Fault;
  /** How the product answers a call for something that is not there; 404 without a body unless stated. */
  notFound?: Fault;
  /** How the product answers credentials that it does not take; 401 without a body unless stated. */
  unauthorized?: Fault;
  /**
   * Which list a call reads: the same text for every page of one list. Unless told otherwise method, path and query,
   * without the usual parameters of paging.
   */
  listOf?: (call: SandboxCall) => string;
  /** Calls of one run at which each fault is tried, spread evenly where there are more. */
  maxFaultPositions?: number;
  /** Checks that don't apply to this product, by name, and why. */
  notApplicable?: Readonly<Record<string, string>>;
}

export interface ManyRefs {
  /** Slug of the account type, and the id of the account. */
  slug: string;
  id: string;
  field: "memberships" | "assignments";
  /** Slug of what is referred to. */
  refSlug: string;
  count: number;
}

export interface ActionScenario<Product extends Upstream> {
  /** What the task says, of a product that was made just now. */
  payload: (product: Product) => TaskPayload | Promise<TaskPayload>;
  /** Whether the product shows that it was done, exactly once where that can be told. */
  isDone: (product: Product, payload: TaskPayload, result: TaskResult | undefined) => boolean | Promise<boolean>;
  /** How the same task ends that is carried out again; `completed` unless told otherwise. */
  again?: "completed" | TaskErrorCode;
}

export function isNotApplicable(value: unknown): value is NotApplicable {
  return typeof value === "object" && value !== null && "notApplicable" in value;
}
