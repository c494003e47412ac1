import type { StandardSchemaV1 } from "@standard-schema/spec";
import type { AccountFields, GroupRecord, Kind, LicenseRecord, TaskAction } from "@bridgekit/client";
import { accessHandlers } from "../access/access-handlers.ts";
import type { AccessOf, CreateOnce } from "../access/access.ts";
import type {
  Changes,
  CheckResult,
  Connector,
  ConnectorContext,
  ConnectTools,
  Streams,
  SyncContext,
  TaskHandlers,
  Verify,
} from "./connector.ts";
import type { RefSlugOf, ResourceTypes, SlugOf } from "./resource-types.ts";

export interface ConnectorDefinition<
  Config extends StandardSchemaV1,
  Types extends ResourceTypes,
  Client,
  Sync extends object,
  Account,
> {
  /** Short name, used in logs and receipts: `hr`. */
  name: string;
  /** The product, for people: `HR system`. */
  title: string;
  /** Version of the connector, for receipts: `1.2.0`. */
  version?: string;
  /** Any Standard Schema; a zod field with `.meta({ secret: true })` is masked everywhere. */
  config: Config;
  /** Comes before everything that is inferred from it. */
  resourceTypes: Types;
  /** Makes the API client; no call is made yet. */
  connect(config: StandardSchemaV1.InferOutput<Config>, tools: ConnectTools): Client | Promise<Client>;
  /** Credentials and permissions, asked for without writing anything. Throws where the system can't be reached. */
  check(context: ConnectorContext<NoInfer<Client>>): Promise<readonly CheckResult[]>;
  /**
   * Called once in each run: returns a stream for each resource type, which yields everything of that type that the system
   * has, or throws. The streams are read one after another: groups, licenses, accounts. What they share is a variable here.
   */
  sync(
    context: SyncContext<NoInfer<Client>, RefSlugOf<Types>>,
  ): Streams<Types> &
    Sync &
    DeclaredRefs<Types, Sync> &
    RightNames<Types, Sync> & { [Slug in Exclude<keyof Sync, keyof Types>]: "no resource type has this slug" };
  /** What has changed, where the system can tell: most runs then read only that. */
  changes?: Changes<Types, NoInfer<Client>>;
  /**
   * Finds an account before its access is read or changed; throws ACCOUNT_NOT_FOUND. What it returns is what the verbs of
   * `access` get; without it they get the id. `isOwn` says that this task has made the account, now or in an execution that
   * was cut off: the system may not show it yet.
   */
  findAccount?: (context: ConnectorContext<NoInfer<Client>>, id: string, isOwn: boolean) => Promise<Account> | Account;
  /**
   * How accounts get and lose what they refer to, by the slugs of group and license types. Core makes `update_account` of
   * it and the memberships of `create_account`: it gives in the order in which the slugs stand here, and takes in the
   * other. Other slugs are refused.
   */
  access?: AccessOf<Types, NoInfer<Client>, NoInfer<Account>>;
  /** How an account is made, once: core makes `create_account` of it. */
  create?: CreateOnce<Types, NoInfer<Client>>;
  /** Handlers for the other actions that the system offers; those without one are refused with a message. */
  tasks?: TaskHandlers<NoInfer<Client>>;
  /**
   * Actions whose handler can't tell whether it was carried out before, such as one that sends a mail. It is never called
   * twice for a task: one that was cut off fails, and its message asks the administrator to look.
   */
  once?: readonly TaskAction[];
  /** What to do instead of an action that has no handler; a sentence for the administrator. */
  unsupported?: { readonly [Action in TaskAction]?: string };
  /**
   * Reads an account back after an action; `undefined`, or ACCOUNT_NOT_FOUND thrown, where there is none. What was seen is
   * reported with the task, which fails where it is not what was asked for. Memberships are read back by `access`.
   */
  verify?: { readonly [Action in TaskAction]?: Verify<NoInfer<Client>> };
}

/**
 * Defines a connector.
 *
 * @example
 * export const wiki = defineConnector({
 *   name: "wiki",
 *   title: "Wiki",
 *   config: z.object({ url: z.url(), token: z.string().meta({ secret: true }) }),
 *   resourceTypes: { account: { type: "account", name: "User" } },
 *   connect: (config, { http }) => createWikiClient(config, http),
 *   check: async ({ client }) => [{ name: "API token", isOk: await client.isSignedIn() }],
 *   sync: ({ client }) => ({
 *     async *account() {
 *       for await (const user of client.users()) yield { id: user.id, email: user.email };
 *     },
 *   }),
 *   tasks: {
 *     async suspend_account({ client }, { account }) {
 *       await client.suspend(account.id);
 *     },
 *   },
 * });
 */
// Before anything is inferred, functions of other files are compared with the defaults: `any` lets them pass.
export function defineConnector<
  Config extends StandardSchemaV1,
  const Types extends ResourceTypes,
  Client = any,
  Sync extends object = any,
  Account = any,
>(definition: ConnectorDefinition<Config, Types, Client, Sync, Account>): Connector<Config, Client> {
  for (const slug of Object.keys(definition.resourceTypes))
    if (!SLUG.test(slug))
      throw new TypeError(`Connector "${definition.name}": "${slug}" is no slug; slugs match ${SLUG.source}.`);
  const { findAccount: _, access = {}, create: __, tasks, verify, once = [], unsupported = {}, ...rest } = definition;
  const derived = accessHandlers(definition);
  return {
    ...rest,
    tasks: { ...tasks, ...derived.tasks },
    grantable: Object.keys(access),
    verify: { ...derived.verify, ...verify },
    once,
    unsupported,
  };
}

const SLUG = /^[a-z][a-z0-9_-]{0,62}$/;

// A generator's yields are checked by assignability, which lets unknown keys pass; so the keys are checked here.
type DeclaredRefs<Types extends ResourceTypes, Sync> = {
  [Slug in keyof Sync]: Sync[Slug] extends () => AsyncIterable<infer Yielded>
    ? [
        | UnknownRefs<Yielded, "memberships", SlugOf<Types, "group">>
        | UnknownRefs<Yielded, "assignments", SlugOf<Types, "license">>,
      ] extends [never]
      ? unknown
      : "memberships may name group slugs only, assignments license slugs only"
    : unknown;
};

/** A field whose name is nearly that of another one, but for case, separators or a plural, is meant to be that one. */
type RightNames<Types extends ResourceTypes, Sync> = {
  [Slug in keyof Sync]: Sync[Slug] extends () => AsyncIterable<infer Yielded>
    ? Slug extends keyof Types
      ? [Misnamed<KeysOfUnion<Yielded>, FieldOf<Types[Slug]["type"]>>] extends [never]
        ? unknown
        : Misnamed<KeysOfUnion<Yielded>, FieldOf<Types[Slug]["type"]>>
      : unknown
    : unknown;
};

type Misnamed<Name, Field extends string> = Name extends Field
  ? never
  : Name extends string
    ? {
        [F in Field]: Plain<Name> extends Plain<F> | Singular<Plain<F>>
          ? `"${Name}" is no field of this kind of record; did you mean "${F}"?`
          : never;
      }[Field]
    : never;

type FieldOf<Of extends Kind> = keyof { account: AccountFields; group: GroupRecord; license: LicenseRecord }[Of] &
  string;
type Singular<Name> = Name extends `${infer Stem}s` ? Stem : never;
/** In lower case, without separators; of a name that is not known that does not fit any. */
type Plain<Name extends string> = string extends Name ? unknown : WithoutSeparators<Lowercase<Name>>;
type WithoutSeparators<Name extends string> = Name extends `${infer Start}${"_" | "-" | " "}${infer Rest}`
  ? WithoutSeparators<`${Start}${Rest}`>
  : Name;

type UnknownRefs<Yielded, Field extends string, Known extends string> = Yielded extends { [F in Field]?: infer Refs }
  ? Exclude<KeysOfUnion<NonNullable<Refs>>, Known>
  : never;
type KeysOfUnion<T> = T extends unknown ? keyof T : never;
