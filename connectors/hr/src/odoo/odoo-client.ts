import { isSameIdentity, TaskError, UpstreamError, type ConnectTools, type Effect } from "@bridgekit/core";
import { explainOdooError } from "./odoo-errors.ts";

type Condition = readonly [field: string, operator: string, value: unknown];
/** Conditions that all hold; `"|"` joins the next two by "or". */
export type Domain = readonly (Condition | "|")[];

/** Odoo writes an empty value as `false`, and a pointer as `[id, label]`; `null` is read like `false`. */
export type Many2one = [id: number, label: string] | false | null;

export interface User {
  id: number;
  login: string;
  active: boolean;
  name: string;
  email: string | false;
  /** Groups assigned to the user. */
  group_ids: number[];
  /** The assigned groups and those that they imply. */
  all_group_ids: number[];
  company_id: Many2one;
  /** The companies that the user may see. */
  company_ids: number[];
  create_uid: Many2one;
  /** UTC, `YYYY-MM-DD HH:MM:SS`. */
  create_date: string;
}

/** A user has at most one in each company. */
export type Employee = { id: number; active: boolean } & Record<"user_id" | "department_id" | "company_id", Many2one>;

export type OdooSettings = { url: string; apiKey: string; database?: string | undefined };
/** Returns ids as the Bridge has them. */
export const idsOf = (rows: readonly { id: number }[]) => rows.map(({ id }) => String(id));

export type OdooClient = ReturnType<typeof createOdooClient>;

/** Internal users; portal users are customers and suppliers. */
export const INTERNAL: Condition = ["share", "=", false];
const USER_FIELDS = ["login", "name", "email", "active", "group_ids", "company_id", "company_ids"];
const DETAIL_FIELDS = [...USER_FIELDS, "all_group_ids", "create_uid", "create_date"];
const EMPLOYEE_FIELDS = ["user_id", "department_id", "company_id", "active"];

/** Rows per call. A page of users costs one more call, for their employees. */
const PAGE_SIZE = 1000;
/** The number of consecutive empty responses that may contradict Odoo's own count. */
const MAX_EMPTY_RESPONSES = 3;
// Odoo hides archived rows unless `active_test` is false.
const CONTEXT = { active_test: false };

/** The calls of Odoo's JSON-2 API that the connector makes: `POST /json/2/{model}/{method}` with named arguments. */
export function createOdooClient({ url, apiKey, database }: OdooSettings, createHttp: ConnectTools["http"]) {
  const system = `Odoo at ${url.replace(/\/+$/, "")}`;
  const http = createHttp({
    system,
    baseUrl: url,
    headers: { authorization: `bearer ${apiKey}`, ...(database !== undefined && { "x-odoo-database": database }) },
    explain: explainOdooError,
  });
  const post = (path: string, body: object, isIdempotent = true) =>
    ({ method: "POST", path: `/json/2/${path}`, body, isIdempotent }) as const;
  const read = <T>(path: string, body: object) => http.request<T>(post(path, body));
  const once = <T>(path: string, body: object) => http.request<T>(post(path, body, false));

  /** For a success without content, as proxies and broken servers send it. */
  const unusable = (path: string, what: string, effect: Effect = "none") =>
    UpstreamError.final(`${system} answered POST /json/2/${path} with ${what}`, { effect });

  /** Reads rows with one call; an empty list is not checked. */
  async function search<Row>(model: string, domain: Domain, fields: readonly string[], limit?: number): Promise<Row[]> {
    const args = { domain, fields, context: CONTEXT, order: "id", ...(limit !== undefined && { limit }) };
    return (await http.list<Row>(post(`${model}/search_read`, args))).items;
  }

  async function count(model: string, domain: Domain, context: object = CONTEXT): Promise<number> {
    const total = await read<unknown>(`${model}/search_count`, { domain, context });
    if (!Number.isInteger(total)) throw unusable(`${model}/search_count`, "no number");
    return total as number;
  }

  /**
   * Reads the rows after an id. Returns none only if Odoo counts none either: an empty response taken for the end of a list
   * would remove everybody after it. The count covers the rest of the list, so rows created or deleted meanwhile do not
   * matter.
   */
  async function rowsAfter<Row>(
    last: number,
    model: string,
    domain: Domain,
    fields: readonly string[],
    limit?: number,
  ) {
    const rest: Domain = [...domain, ["id", ">", last]];
    for (let emptyResponses = 1; ; emptyResponses++) {
      const rows = await search<Row>(model, rest, fields, limit);
      const remaining = rows.length > 0 ? 0 : await count(model, rest);
      if (remaining === 0) return rows;
      if (emptyResponses === MAX_EMPTY_RESPONSES)
        throw UpstreamError.final(
          `${system} ended the list of ${model} before its end: after id ${last}, ${remaining} rows remain unread`,
        );
    }
  }

  /**
   * Reads every row by ascending id. Each page begins after the last id of the previous one, so a deletion shifts nothing;
   * only an empty page ends the list.
   */
  async function* pages<Row extends { id: number }>(model: string, domain: Domain, fields: readonly string[]) {
    for (let last = 0; ;) {
      const rows = await rowsAfter<Row>(last, model, domain, fields, PAGE_SIZE);
      if (rows.length === 0) return;
      for (const { id } of rows) {
        if (!(id > last)) throw UpstreamError.final(`${system} listed ${model} out of order: id ${id} after ${last}`);
        last = id;
      }
      yield rows;
    }
  }

  /** Reads all rows with one call, for domains that match few. */
  const all = <Row>(model: string, domain: Domain, fields: readonly string[]) =>
    rowsAfter<Row>(0, model, domain, fields);

  const write = (model: string, id: number, vals: object) => read<void>(`${model}/write`, { ids: [id], vals });

  return {
    system,
    search,
    count,

    async *rows<Row extends { id: number }>(model: string, fields: readonly string[]): AsyncGenerator<Row> {
      for await (const page of pages<Row>(model, [], fields)) yield* page;
    },
    userPages: () => pages<User>("res.users", [INTERNAL], USER_FIELDS),
    /** The employees of all companies, including archived ones. */
    employeesOf: (userIds: readonly number[]) =>
      all<Employee>("hr.employee", [["user_id", "in", userIds]], EMPLOYEE_FIELDS),

    /** Returns the id of the key's user. */
    async whoAmI(): Promise<number> {
      const context = await read<{ uid?: number } | null>("res.users/context_get", {});
      if (!Number.isInteger(context?.uid)) throw unusable("res.users/context_get", "no user");
      return context!.uid!;
    },
    hasAccess: (model: string, operation: string) => read<boolean>(`${model}/has_access`, { ids: [], operation }),

    /** Throws ACCOUNT_NOT_FOUND if the user does not exist. */
    async getUser(id: number): Promise<User> {
      const { items } = await http.list<User>(post("res.users/read", { ids: [id], fields: DETAIL_FIELDS }));
      if (items[0]) return items[0];
      throw UpstreamError.final(`${system} has no user with the id ${id}`, { code: "ACCOUNT_NOT_FOUND" });
    },

    /**
     * Finds a user by login, archived or not, ignoring case and surrounding blanks; prefers an exact match. Odoo itself treats
     * logins that differ in case as different.
     */
    async findUser(login: string): Promise<User | undefined> {
      const either: Domain = ["|", ["login", "=", login], ["login", "ilike", toPattern(login)]];
      const users = await all<User>("res.users", either, DETAIL_FIELDS);
      return users.find((user) => user.login === login) ?? users.find((user) => isSameIdentity(user.login, login));
    },

    /** Returns the rows that exist and that the key sees. */
    find: <Row extends { id: number }>(model: string, ids: readonly string[], fields: readonly string[]) =>
      all<Row>(model, [["id", "in", ids.map((id) => toId(id, model))]], fields),

    async createUser(values: object, { invite }: { invite: boolean }): Promise<string> {
      const args = { vals_list: [values], ...(!invite && { context: { no_reset_password: true } }) };
      const ids = await once<number[] | null>("res.users/create", args);
      if (!Number.isInteger(ids?.[0])) throw unusable("res.users/create", "no id", "unknown");
      return String(ids![0]);
    },
    createEmployee: (values: object) => once("hr.employee/create", { vals_list: [values] }),
    write,
    setActive: (id: number, active: boolean) => write("res.users", id, { active }),
    deleteUser: (id: number) => once<void>("res.users/unlink", { ids: [id] }),
    async sendPasswordReset(id: number): Promise<void> {
      const path = "res.users/action_reset_password";
      // A notification for the screen; without it, it is unknown whether the mail was sent.
      const notice = await once<{ type?: string } | null>(path, { ids: [id] });
      if (notice?.type === undefined) throw unusable(path, "no notice of a mail", "unknown");
    },
  };
}

/** Odoo's ids are positive 32-bit integers. */
export function toId(id: string, model = "res.users"): number {
  if (/^[1-9]\d{0,9}$/.test(id) && Number(id) < 2 ** 31) return Number(id);
  const code = model === "res.users" ? "ACCOUNT_NOT_FOUND" : "INTERNAL_ERROR";
  throw new TaskError(code, `Odoo has no row of ${model} with the id "${id}": ids are numbers.`);
}

/**
 * Converts a login to a pattern for `ilike`, with `%` for any text and `_` for any character. It matches too many rather than
 * too few, since databases differ in the case of letters beyond ASCII.
 */
const toPattern = (login: string) =>
  login
    .trim()
    .replaceAll(/[\\%]/g, "_")
    .replaceAll(/[^\x20-\x7e]+/g, "%");

export const toTime = (timestamp: string) => Date.parse(`${timestamp.replace(" ", "T")}Z`);
