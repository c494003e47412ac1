import type { TaskAction, TaskErrorCode, TaskPayload, TaskResult } from "@bridgekit/client";
import type { Fault, SandboxCall } from "@bridgekit/sandbox";
import type { Truth } from "./truth.ts";

/** A stand-in for the product: anything with a `fetch`, such as a sandbox. */
export interface Upstream {
  fetch: typeof globalThis.fetch;
}

/** Takes the place of what a check needs: why the check does not apply. */
export interface NotApplicable {
  notApplicable: string;
}

export interface TestConnectorOptions<Product extends Upstream> {
  /** A complete config that the upstream accepts. */
  config: unknown;
  /** The secrets of the config, also in the encodings that are sent: no message may show them. */
  secrets: readonly string[];
  /** Makes a fresh product, always with the same data: a few pages of as many lists as possible. */
  upstream: () => Product | Promise<Product>;
  /**
   * What the product has now, from the stand-in's own state and not through its API. Reads are compared with it, so that
   * losses that occur in every read are found too.
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
   * Changes that people make in the product itself, by name, applied to the stand-in's state. Together they make somebody
   * on the first page leave and somebody come, and take a ref from an account that stays and give it one. Reads after an
   * edit, reads during an edit and the connector's `changes` are compared with the truth. One check applies all edits in
   * turn to one product.
   */
  edits: Readonly<Record<string, (product: Product) => void>> | NotApplicable;
  /**
   * Names of text fields in the product's responses that may be empty although the stand-in always fills them, such as
   * `["email"]`. The kit finds those that the stand-in leaves empty in some rows.
   */
  optionalFields?: readonly string[];
  /** The same product with nobody in it, or as few people as possible. */
  empty: (() => Product | Promise<Product>) | NotApplicable;
  /** The ways, by name, in which the product hides parts of a list from callers without permission, such as missing rows. */
  hidden: Readonly<Record<string, (product: Product) => void>> | NotApplicable;
  /** Gives one account more than 100 refs of one type. */
  manyRefs: ((product: Product) => ManyRefs | Promise<ManyRefs>) | NotApplicable;
  /** The most calls that a read of `upstream` may take, and what they are for. */
  budget: { calls: number; because: string };
  /** One for each declared action. */
  actions: { readonly [Action in TaskAction]?: ActionScenario<Product> | NotApplicable };
  /** Ids that no account has, in every form that a Bridge may hold: `["999999", "ext-1"]`. */
  missingAccounts: readonly string[];
  /** How the product responds to a forbidden call; 403 without a body by default. */
  forbidden?: Fault;
  /** How the product responds if something does not exist; 404 without a body by default. */
  notFound?: Fault;
  /** How the product responds to credentials that it rejects; 401 without a body by default. */
  unauthorized?: Fault;
  /**
   * Which list a call reads: the same text for every page of one list. By default method, path and query without the
   * usual paging parameters.
   */
  listOf?: (call: SandboxCall) => string;
  /** The most calls of a run at which each fault is tried, spread evenly if there are more. */
  maxFaultPositions?: number;
  /** Why a check does not apply to this product, by the name of the check. */
  notApplicable?: Readonly<Record<string, string>>;
}

export interface ManyRefs {
  /** Slug of the account type. */
  slug: string;
  id: string;
  field: "memberships" | "assignments";
  /** Slug of the group or license type. */
  refSlug: string;
  count: number;
}

export interface ActionScenario<Product extends Upstream> {
  /** The payload of the task, for a fresh product. */
  payload: (product: Product) => TaskPayload | Promise<TaskPayload>;
  /** Whether the product shows that the action was done, and done once if that can be seen. */
  isDone: (product: Product, payload: TaskPayload, result: TaskResult | undefined) => boolean | Promise<boolean>;
  /** How the same task ends when executed a second time; `completed` by default. */
  again?: "completed" | TaskErrorCode;
}

export function isNotApplicable(value: unknown): value is NotApplicable {
  return typeof value === "object" && value !== null && "notApplicable" in value;
}
