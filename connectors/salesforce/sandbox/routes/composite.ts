import { createRoutes, demandWrite, readBody, type ApiContext, type Json } from "../api.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { resolvePath } from "../soql/resolve.ts";
import { toRecord } from "../to-record.ts";
import { createRow, deleteRow, updateRow } from "../write-rows.ts";

/** Many rows in one call: each succeeds or fails separately, or all fail together with `allOrNone`. */
export const composite = createRoutes();
const PATH = "/composite/sobjects";
const MOST_ROWS = 200;

composite.post(PATH, async (context) => {
  const { org } = context.var;
  const { records, allOrNone } = await readRecords(context);
  return respond(context, records, allOrNone, (record) => createRow(org, org.definition(typeOf(record)), record).Id);
});

composite.patch(PATH, async (context) => {
  const { org, userId } = context.var;
  const { records, allOrNone } = await readRecords(context);
  return respond(context, records, allOrNone, (record) => {
    const definition = org.definition(typeOf(record));
    const { id, Id = id, ...body } = record;
    const row = org.row(definition, String(Id));
    updateRow(org, definition, row, { body, ownId: userId });
    return row.Id;
  });
});

composite.delete(PATH, (context) => {
  const { org } = context.var;
  const ids = (context.req.query("ids") ?? "").split(",").filter(Boolean);
  demandFew(ids);
  return respond(context, ids, context.req.query("allOrNone") === "true", (id) => {
    const definition = org.definitions.find(({ keyPrefix }) => id.startsWith(keyPrefix));
    if (!definition) throw new SalesforceError(400, "MALFORMED_ID", `malformed id ${id}`, []);
    deleteRow(org, definition, org.row(definition, id));
    return id;
  });
});

composite.post(`${PATH}/:object`, async (context) => {
  const { ids, fields } = await readBody(context);
  return toResponseRows(context, toTexts(ids), toTexts(fields));
});
composite.get(`${PATH}/:object`, (context) => {
  const { ids = "", fields = "" } = context.req.query();
  return toResponseRows(context, ids.split(","), fields.split(","));
});

function toResponseRows(context: ApiContext, ids: readonly string[], paths: readonly string[]) {
  const { org, root } = context.var;
  const definition = org.definition(context.req.param("object")!);
  const fields = paths.map((path) => resolvePath(org, definition, path));
  const rows = ids.map((id) => org.find(definition.name, id));
  return context.json(rows.map((row) => (row ? toRecord(org, { root, name: definition.name }, row, fields) : null)));
}

/** Writes one row after another. With `allOrNone`, one refusal reverts all. */
function respond<Item>(context: ApiContext, items: readonly Item[], allOrNone: boolean, write: (item: Item) => string) {
  demandWrite(context);
  const { org } = context.var;
  const before = allOrNone ? org.snapshot() : undefined;
  const results = items.map((item) => {
    try {
      return { id: write(item), success: true, errors: [] as unknown[] };
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      return { success: false, errors: [error.toRecordError()] };
    }
  });
  if (!before || results.every(({ success }) => success)) return context.json(results);
  org.restore(before);
  return context.json(results.map((result) => (result.success ? rolledBack() : result)));
}

function rolledBack() {
  const message = "Record rolled back because not all records were valid and the request was using AllOrNone header";
  return {
    success: false,
    errors: [new SalesforceError(400, "ALL_OR_NONE_OPERATION_ROLLED_BACK", message).toRecordError()],
  };
}

async function readRecords(context: ApiContext): Promise<{ records: Json[]; allOrNone: boolean }> {
  const { records, allOrNone } = await readBody(context);
  if (!Array.isArray(records)) throw new SalesforceError(400, "JSON_PARSER_ERROR", "records must be a list");
  demandFew(records);
  return { records: records as Json[], allOrNone: allOrNone === true };
}

function demandFew({ length }: readonly unknown[]): void {
  if (length <= MOST_ROWS) return;
  const message = `The number of records exceeds the maximum of ${MOST_ROWS}: ${length}`;
  throw new SalesforceError(400, "EXCEEDED_MAX_SIZE_REQUEST", message);
}

function typeOf({ attributes }: Json): string {
  const { type } = (attributes ?? {}) as { type?: unknown };
  if (typeof type !== "string")
    throw new SalesforceError(400, "INVALID_INPUT", "The record has no attributes.type", []);
  return type;
}

function toTexts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
