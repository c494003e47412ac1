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
  /** Short name for logs and receipts: `hr`. */
  name: string;
  /** The product, for people: `HR system`. */
  title: string;
  /** Version of the connector, for receipts: `1.2.0`. */
  version?: string;
  /** Any Standard Schema; a zod field with `.meta({ secret: true })` is masked everywhere. */
  config: Config;
  /** Write it before everything that is inferred from it. */
  resourceTypes: Types;
  /** Creates the API client; makes no call yet. */
  connect(config: StandardSchemaV1.InferOutput<Config>, tools: ConnectTools): Client | Promise<Client>;
  /** Checks credentials and permissions without writing anything. Throws if the system can't be reached. */
  check(context: ConnectorContext<NoInfer<Client>>): Promise<readonly CheckResult[]>;
  /**
   * Called once per run; returns a stream for each resource type, which yields all records of that type or throws. The
   * streams are read one after another: groups, licenses, accounts. What they share is a local variable.
   */
  sync(
    context: SyncContext<NoInfer<Client>, RefSlugOf<Types>>,
  ): Streams<Types> &
    Sync &
    DeclaredRefs<Types, Sync> &
    RightNames<Types, Sync> & { [Slug in Exclude<keyof Sync, keyof Types>]: "no resource type has this slug" };
  /** Reads only what has changed, if the system supports it: then most runs read only that. */
  changes?: Changes<Types, NoInfer<Client>>;
  /**
   * Finds an account before its access is read or changed; throws ACCOUNT_NOT_FOUND. The functions of `access` get what it
   * returns; without it they get the id. `isOwn`: this task created the account, now or in an interrupted execution, so the
   * system may not list it yet.
   */
  findAccount?: (context: ConnectorContext<NoInfer<Client>>, id: string, isOwn: boolean) => Promise<Account> | Account;
  /**
   * How accounts gain and lose access, by the slugs of group and license types. Core derives `update_account` from it and
   * the memberships of `create_account`: it gives in the order of the slugs, takes in reverse order, and refuses other
   * slugs.
   */
  access?: AccessOf<Types, NoInfer<Client>, NoInfer<Account>>;
  /** How an account is created exactly once; core derives `create_account` from it. */
  create?: CreateOnce<Types, NoInfer<Client>>;
  /** Handlers for the other actions; an action without one is refused with a message. */
  tasks?: TaskHandlers<NoInfer<Client>>;
  /**
   * Actions whose handler can't tell whether it ran before, for example one that sends a mail. They are called at most
   * once; an interrupted task fails and asks an administrator to check the system.
   */
  once?: readonly TaskAction[];
  /** What to do instead of an action without a handler; a sentence for the administrator. */
  unsupported?: { readonly [Action in TaskAction]?: string };
  /**
   * Reads an account after an action; returns `undefined` or throws ACCOUNT_NOT_FOUND if it does not exist. The state is
   * reported with the task, which fails if it is not what was asked for. `access` reads memberships.
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
// Before inference, functions of other files are compared with the defaults: `any` accepts them.
export function defineConnector<
  Config extends StandardSchemaV1,
  const Types extends ResourceTypes,
  Client = any,
  Sync extends object = any,
  Account = any,
>(definition: ConnectorDefinition<Config, Types, Client, Sync, Account>): Connector<Config, Client> {
  for (const slug of Object.keys(definition.resourceTypes))
    if (!SLUG.test(slug))
      throw new TypeError(`Connector "${definition.name}": "${slug}" is not a slug; slugs match ${SLUG.source}.`);
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

// Yields of a generator are checked by assignability, which accepts unknown keys, so the keys are checked here.
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

/** A compile error for a name that differs from a field only by case, separators or a plural. */
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
          ? `"${Name}" is not a field of this kind of record; did you mean "${F}"?`
          : never;
      }[Field]
    : never;

type FieldOf<Of extends Kind> = keyof { account: AccountFields; group: GroupRecord; license: LicenseRecord }[Of] &
  string;
type Singular<Name> = Name extends `${infer Stem}s` ? Stem : never;
/** In lower case, without separators; `unknown` for a plain `string`, which matches no field. */
type Plain<Name extends string> = string extends Name ? unknown : WithoutSeparators<Lowercase<Name>>;
type WithoutSeparators<Name extends string> = Name extends `${infer Start}${"_" | "-" | " "}${infer Rest}`
  ? WithoutSeparators<`${Start}${Rest}`>
  : Name;

type UnknownRefs<Yielded, Field extends string, Known extends string> = Yielded extends { [F in Field]?: infer Refs }
  ? Exclude<KeysOfUnion<NonNullable<Refs>>, Known>
  : never;
type KeysOfUnion<T> = T extends unknown ? keyof T : never;
