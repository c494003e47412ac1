import { NotOffered } from "@bridgekit/sandbox";
import { createRoutes, readBody, type ApiContext, type Dispatch, type Json } from "../api.ts";
import { SalesforceError } from "../salesforce-error.ts";
import { createRow } from "../write-rows.ts";

/** Several requests in one call: `composite`, `batch`, and new rows as a tree. */
export const requests = createRoutes();
const MOST_REQUESTS = 25;
const MOST_ROWS = 200;

requests.get("/composite", (context) => {
  const { root } = context.var;
  return context.json({
    tree: `${root}/composite/tree`,
    batch: `${root}/composite/batch`,
    sobjects: `${root}/composite/sobjects`,
  });
});

interface Outcome {
  referenceId: string;
  status: number;
  body: unknown;
}

requests.post("/composite", async (context) => {
  const { compositeRequest, allOrNone } = await readBody(context);
  const list = readList(compositeRequest, "compositeRequest");
  const { org, dispatch } = context.var;
  const before = org.snapshot();
  const done: Outcome[] = [];
  for (const { method, url, referenceId, body } of list) {
    const fill = (text: string) => fillIn(text, done);
    const filled = body === undefined ? undefined : (JSON.parse(fill(JSON.stringify(body))) as unknown);
    const response = await dispatch(String(method), fill(String(url)), filled);
    done.push({ referenceId: String(referenceId), status: response.status, body: await readJson(response) });
  }
  const hasFailed = allOrNone === true && done.some(({ status }) => status >= 400);
  if (hasFailed) org.restore(before);
  const halted = [
    {
      errorCode: "PROCESSING_HALTED",
      message: "The transaction was rolled back since another operation in the same transaction failed.",
    },
  ];
  return context.json({
    compositeResponse: done.map(({ referenceId, status, body }) => ({
      body: hasFailed && status < 400 ? halted : body,
      httpHeaders: {},
      httpStatusCode: hasFailed && status < 400 ? 400 : status,
      referenceId,
    })),
  });
});

requests.post("/composite/batch", async (context) => {
  const { batchRequests, haltOnError } = await readBody(context);
  const results: { statusCode: number; result: unknown }[] = [];
  for (const { method, url, richInput } of readList(batchRequests, "batchRequests")) {
    const path = String(url).replace(/^\/?(?:services\/data\/)?/, "/services/data/");
    if (haltOnError === true && results.some(({ statusCode }) => statusCode >= 400)) {
      const errorCode = "BATCH_PROCESSING_HALTED";
      results.push({ statusCode: 412, result: [{ errorCode, message: "Batch processing halted per request" }] });
      continue;
    }
    const response = await context.var.dispatch(String(method), path, richInput);
    results.push({ statusCode: response.status, result: await readJson(response) });
  }
  return context.json({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
});

requests.post("/composite/tree/:object", async (context) => {
  const { org } = context.var;
  const definition = org.definition(context.req.param("object"));
  const { records } = await readBody(context);
  const rows = readList(records, "records", MOST_ROWS);
  const before = org.snapshot();
  const created: Json[] = [];
  const refused: Json[] = [];
  for (const { attributes, ...fields } of rows) {
    const { referenceId } = (attributes ?? {}) as { referenceId?: unknown };
    if (Object.values(fields).some((value) => typeof value === "object" && value !== null))
      throw new NotOffered("A tree whose records have children");
    try {
      created.push({ referenceId, id: createRow(org, definition, fields).Id });
    } catch (error) {
      if (!(error instanceof SalesforceError)) throw error;
      refused.push({ referenceId, errors: [error.toRecordError()] });
    }
  }
  if (refused.length === 0) return context.json({ hasErrors: false, results: created }, 201);
  org.restore(before);
  return context.json({ hasErrors: true, results: refused }, 400);
});

function readList(value: unknown, name: string, most = MOST_REQUESTS): Json[] {
  if (!Array.isArray(value)) throw new SalesforceError(400, "JSON_PARSER_ERROR", `${name} must be a list`);
  if (value.length <= most) return value as Json[];
  throw new SalesforceError(400, "LIMIT_EXCEEDED", `${name} has ${value.length} entries; the maximum is ${most}`);
}

/** Replaces `@{reference.id}` by a field of the response to an earlier request. */
function fillIn(text: string, done: readonly Outcome[]): string {
  return text.replaceAll(/@\{(\w+)\.(\w+)\}/g, (_, reference: string, field: string) => {
    const body = done.find(({ referenceId }) => referenceId === reference)?.body as Json | undefined;
    const value = body?.[field];
    if (typeof value === "string") return value;
    throw new SalesforceError(
      400,
      "PROCESSING_HALTED",
      `Invalid reference specified. No value for ${reference}.${field}`,
    );
  });
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === "" ? null : (JSON.parse(text) as unknown);
}

/** Carries out a request of a call in the same session. */
export function createDispatch(fetch: (request: Request) => Promise<Response>, context: ApiContext): Dispatch {
  return (method, path, body) => {
    const authorization = context.req.header("authorization") ?? "";
    const headers = { authorization, "content-type": "application/json" };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    return fetch(new Request(new URL(path, context.req.url), init));
  };
}
