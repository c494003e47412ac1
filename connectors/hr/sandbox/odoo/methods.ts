import { checkAccess, checkRecords, hasAccess, hiddenError } from "./access.ts";
import type { OdooDatabase } from "./database.ts";
import { accessError, notFound, notOffered, unprocessable } from "./errors.ts";
import type { Model, Operation, Scope, Values } from "./model.ts";
import { readRows } from "./reader.ts";
import { search, searchCount, type SearchOptions } from "./search.ts";
import { checkFieldNames } from "./values.ts";

export type Arguments = Record<string, unknown>;

interface Call<Row extends { id: number }> {
  db: OdooDatabase;
  model: Model<Row>;
  ids: number[];
  named: Arguments;
  scope: Scope;
}

interface Method {
  /** A method of the model itself, which refuses `ids` (Python's `@api.model`). */
  isOnModel: boolean;
  required: readonly string[];
  optional: readonly string[];
  operation?: Operation;
  run<Row extends { id: number }>(call: Call<Row>): unknown;
}

const METHODS: Record<string, Method> = {
  search: {
    isOnModel: true,
    required: ["domain"],
    optional: ["offset", "limit", "order"],
    operation: "read",
    run: ({ db, model, named, scope }) =>
      search(db, model, named as unknown as SearchOptions, scope).map((row) => row.id),
  },
  search_count: {
    isOnModel: true,
    required: ["domain"],
    optional: ["limit"],
    operation: "read",
    run: ({ db, model, named, scope }) => {
      const count = searchCount(db, model, named.domain, scope);
      return named.limit ? Math.min(count, Number(named.limit)) : count;
    },
  },
  search_read: {
    isOnModel: true,
    required: [],
    optional: ["domain", "fields", "offset", "limit", "order", "load"],
    operation: "read",
    run: ({ db, model, named, scope }) => {
      checkFieldNames(model, (named.fields ?? []) as string[]);
      return readRows(db, model, search(db, model, named as unknown as SearchOptions, scope), named.fields, scope);
    },
  },
  // Odoo's read omits missing ids; only writing calls return a MissingError.
  read: {
    isOnModel: false,
    required: [],
    optional: ["fields", "load"],
    operation: "read",
    run: ({ db, model, ids, named, scope }) => {
      const rows = [...new Set(ids)].flatMap((id) => model.table.get(id) ?? []);
      if (rows.some((row) => model.isVisible?.(row, scope.userId) === false))
        throw hiddenError(db, model, scope.userId);
      return readRows(db, model, rows, named.fields, scope);
    },
  },
  create: {
    isOnModel: true,
    required: ["vals_list"],
    optional: [],
    operation: "create",
    run: ({ model, named, scope }) => {
      const { vals_list: valuesList } = named;
      return model.create((Array.isArray(valuesList) ? valuesList : [valuesList]) as Values[], scope);
    },
  },
  write: {
    isOnModel: false,
    required: ["vals"],
    optional: [],
    operation: "write",
    run: ({ db, model, ids, named, scope }) => {
      checkRecords(db, model, ids, scope.userId);
      model.write(ids, (named.vals ?? {}) as Values, scope);
      return true;
    },
  },
  unlink: {
    isOnModel: false,
    required: [],
    optional: [],
    operation: "unlink",
    run: ({ db, model, ids, scope }) => {
      checkRecords(db, model, ids, scope.userId);
      model.unlink(ids, scope);
      return true;
    },
  },
  has_access: {
    isOnModel: false,
    required: ["operation"],
    optional: [],
    run: ({ db, model, named, scope }) => hasAccess(db, model, named.operation as Operation, scope.userId),
  },
};

const CONTEXT_GET: Method = {
  isOnModel: true,
  required: [],
  optional: [],
  run: ({ db, scope }) => ({ lang: "en_US", tz: db.users.get(scope.userId)?.tz ?? false, uid: scope.userId }),
};

/** Carries out a call with Odoo's checks in order: method, `ids`, arguments, access, records. */
export function callMethod<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  name: string,
  { ids = [], context = {}, ...named }: Arguments,
  userId: number,
): unknown {
  if (name.startsWith("_")) {
    throw accessError(`Private methods (such as '${model.name}.${name}') cannot be called remotely.`);
  }
  const method = findMethod(model, name);
  if (!method && OTHER_METHODS.has(name)) throw notOffered(`The method ${model.name}.${name}`);
  if (!method) throw notFound(`The method '${model.name}.${name}' does not exist`);
  const recordIds = (Array.isArray(ids) ? ids : [ids]) as number[];
  if (method.isOnModel && recordIds.length > 0) throw unprocessable(`cannot call ${model.name}.${name} with ids`);
  bindArguments(method, named);
  if (method.operation && isPublicRead(db, model, method, named, userId)) {
    if (method.optional.includes("fields") && !hasNames(named.fields)) named.fields = [...model.publicFields!];
  } else if (method.operation) checkAccess(db, model, method.operation, userId);
  const scope: Scope = {
    userId,
    context: context as Record<string, unknown>,
    activeTest: (context as Record<string, unknown>).active_test !== false,
  };
  return method.run({ db, model, ids: recordIds, named, scope });
}

// Fields and methods that every Odoo model has as well.
const OTHER_METHODS: ReadonlySet<string> = new Set(
  "copy,create,default_get,export_data,fields_get,formatted_read_group,get_views,load,name_create,name_search,onchange,read,read_group,search,search_count,search_fetch,search_read,unlink,web_read,web_save,web_search_read,write".split(
    ",",
  ),
);

/**
 * Whether a user without the right to read a model requests only fields that everybody may read. Odoo reads these from another
 * model (hr.employee.public), although has_access returns false.
 */
function isPublicRead<Row extends { id: number }>(
  db: OdooDatabase,
  model: Model<Row>,
  { operation }: Method,
  { fields }: Arguments,
  userId: number,
): boolean {
  if (operation !== "read" || !model.publicFields || hasAccess(db, model, "read", userId)) return false;
  const hidden = hasNames(fields) ? fields.filter((name) => !model.publicFields!.has(name)) : [];
  if (hidden.length === 0) return true;
  throw accessError(
    `The fields “${hidden.join(",")}”, which you are trying to read, are not available for employee public profiles.`,
  );
}

function hasNames(fields: unknown): fields is string[] {
  return Array.isArray(fields) && fields.length > 0;
}

function findMethod<Row extends { id: number }>(model: Model<Row>, name: string): Method | undefined {
  const isServed = name === "has_access" || !model.isAccessOnly;
  if (isServed && Object.hasOwn(METHODS, name)) return METHODS[name];
  if (name === "context_get" && model.name === "res.users") return CONTEXT_GET;
  const action = model.actions?.[name];
  if (!action) return undefined;
  return {
    isOnModel: false,
    required: [],
    optional: [],
    run: ({ db, model: called, ids, scope }) => {
      checkRecords(db, called, ids, scope.userId);
      return action(ids, scope);
    },
  };
}

/** The messages of Python's `inspect.Signature.bind`, which Odoo passes on. */
function bindArguments({ required, optional }: Method, named: Arguments): void {
  const missing = required.find((argument) => !(argument in named));
  if (missing) throw unprocessable(`missing a required argument: '${missing}'`);
  const unexpected = Object.keys(named).find((name) => !required.includes(name) && !optional.includes(name));
  if (unexpected) throw unprocessable(`got an unexpected keyword argument '${unexpected}'`);
}
