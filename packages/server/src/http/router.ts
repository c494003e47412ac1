import { Hono, type Context as HonoContext } from "hono";
import type { StatusCode } from "hono/utils/http-status";
import type { components } from "@bridgekit/client";
import { respondOnce, type Remember } from "../idempotency/respond-once.ts";
import { InvalidKeyError, type VerifiedKey } from "../keys/authenticate.ts";
import { checkFields, checkOperation } from "../keys/check-operation.ts";
import type { BridgeContext } from "../bridge-context.ts";
import { runFor } from "../database/caller.ts";
import { readSessionSecrets } from "../sign-in/session-cookies.ts";
import type { AppEnvironment } from "./app-environment.ts";
import { checkJson, checkLoss, isStorable } from "./check-json.ts";
import { documentOperations, type DocumentOperation } from "./document-operations.ts";
import { HttpError } from "./http-error.ts";
import { openapiDocument } from "./openapi-document.ts";
import type { Handlers, OperationRequest } from "./operation.ts";
import { type Parameter, readHeaders, readPath, readQuery, toParameter } from "./parameters.ts";
import { readPreferredWait } from "./prefer-wait.ts";
import { declaredLength, parseJson, readBody } from "./read-body.ts";
import { toReachedUrl } from "./reached-url.ts";
import { check } from "./schemas.ts";

const TENANT_PREFIX = "/org/:tenant_slug";

/** An operation of the document, ready to be served. Its path is in Hono's notation, with the trailing slash. */
interface Route extends Omit<DocumentOperation, "roles" | "parameters"> {
  pathParameters: readonly Parameter[];
  queryParameters: readonly Parameter[];
  headerParameters: readonly Parameter[];
  /** Whether a call shows what would be changed and changes nothing. */
  isPreview: (body: unknown) => boolean;
}

/** Serves every operation of the document with its handler, with and without the trailing slash. */
export function addRoutes(app: Hono<AppEnvironment>, handlers: Handlers, context: BridgeContext): void {
  // OpenAPI prefers the path with fewer parameters if two match.
  for (const route of routes.toSorted((a, b) => a.pathParameters.length - b.pathParameters.length)) {
    const path = `${TENANT_PREFIX}${route.path}`;
    app.on(route.method, [path, path.slice(0, -1)], (call) =>
      keepRefusal(route, call, context, () => serveOperation(route, call, handlers, context)),
    );
  }
}

/** Refusals that the audit trail keeps: the key may not (403), or not now (409). */
const REFUSALS: ReadonlySet<number> = new Set([403, 409]);

async function keepRefusal(
  { id: operation }: Route,
  call: HonoContext<AppEnvironment>,
  { refusals }: BridgeContext,
  serve: () => Promise<Response>,
): Promise<Response> {
  type Caller = Pick<VerifiedKey, "id" | "name" | "orgId">;
  const keep = async (status: number, key: Caller | undefined = call.get("key")): Promise<void> => {
    if (key === undefined || !REFUSALS.has(status)) return;
    await refusals.keep({ key, operation, status, path: call.req.path, requestId: call.get("requestId") });
  };
  try {
    const response = await serve();
    await keep(response.status);
    return response;
  } catch (error) {
    if (error instanceof InvalidKeyError) await keep(error.status, error.key);
    else if (error instanceof HttpError) await keep(error.status);
    throw error;
  }
}

async function serveOperation(
  route: Route,
  call: HonoContext<AppEnvironment>,
  handlers: Handlers,
  context: BridgeContext,
): Promise<Response> {
  const { database, now, audit, rateLimiter, callLimits, bodyLimitBytes, bodies } = context;
  call.set("operation", route.id);
  const { key, secret } = await identify(call, context, route.method !== "GET");
  call.set("key", key);
  await rateLimiter(key.id);
  checkOperation(key, route.id);
  const url = toReachedUrl(call.req.url, call.req.header("x-forwarded-proto"));
  const path = readPath(route.pathParameters, (name) => call.req.param(name) ?? "");
  const query = readQuery(route.queryParameters, url.searchParams);
  const headers = readHeaders(route.headerParameters, (name) => call.req.header(name));
  const respond = async () => {
    const text =
      route.bodySchema === undefined
        ? ""
        : await readBody(call.req.raw, bodyLimitBytes, {
            isOptional: route.isBodyOptional,
            isWanted: () => bodies.isWanted(key.orgId),
          });
    const body = route.bodySchema === undefined ? undefined : toBody(route.bodySchema, text);
    if (route.bodySchema !== undefined) checkFields(key, route.bodySchema, body);
    // The map ties each handler to its own request; the loop over routes loses that.
    const handler = handlers[route.id] as (request: OperationRequest<never>) => Promise<HandlerResponse>;
    const { signal } = call.req.raw;
    const { id: operation, method } = route;
    const reason = decodeReason(headers["X-Bridge-Reason"]);
    const isPreview = route.isPreview(body);
    const carryOut = (remember: Remember) =>
      audit.record(
        { operation, method, key, url, isPreview, appId: path["app_id"], requestId: call.get("requestId"), reason },
        () => handler({ key, path, query, headers, body, text, url, signal, remember } as OperationRequest<never>),
      );
    const idempotencyKey = headers["Idempotency-Key"];
    if (idempotencyKey === undefined) return toResponse(call, await carryOut(async () => {}), context);
    const request = [path, query, body];
    const idempotent = { keyId: key.id, operation, idempotencyKey, request, secret };
    return toResponse(call, await respondOnce({ database, now }, idempotent, carryOut), context);
  };
  const isWaiting = readPreferredWait(headers["Prefer"]) !== undefined;
  const end = callLimits.take(key.id, isWaiting ? "longPolls" : "calls");
  const gone = call.req.raw.signal;
  const caller = { orgId: key.orgId, gone, isReading: route.method === "GET", hasBegun: false };
  try {
    if (route.bodySchema === undefined) return await runFor(caller, respond);
    const release = await bodies.take(key.orgId, declaredLength(call.req.raw) ?? bodyLimitBytes, gone);
    try {
      return await runFor(caller, respond);
    } finally {
      release();
    }
  } finally {
    end();
  }
}

/** Who calls: by an API key or, without one, by the session of a browser; and what proved it. */
async function identify(
  call: HonoContext<AppEnvironment>,
  { authenticator, signIn }: BridgeContext,
  isChange: boolean,
): Promise<{ key: VerifiedKey; secret: string }> {
  const authorization = call.req.header("authorization");
  const tenantSlug = call.req.param("tenant_slug") ?? "";
  const address = call.env?.address;
  const secrets = readSessionSecrets(call);
  if (authorization !== undefined || secrets.length === 0) {
    const key = await authenticator.authenticate({ authorization, tenantSlug, address });
    return { key, secret: authorization ?? "" };
  }
  const site = call.req.header("sec-fetch-site");
  const csrfToken = call.req.header("x-csrf-token");
  const isUnattended = call.req.header("x-bridge-unattended") === "true";
  const session = { secrets, isChange, csrfToken, site, tenantSlug, address, isUnattended };
  return signIn.browsers.authenticate(session);
}

function toBody(schema: keyof components["schemas"], text: string): unknown {
  // The handler of pages validates the body, because the kind of the records depends on the slug.
  if (schema === "RecordPage") return undefined;
  const body = parseJson(text);
  checkJson(body);
  const checked = check(schema, body);
  checkLoss(text);
  return checked;
}

/** Why somebody does it, for the audit trail. */
function decodeReason(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  try {
    const reason = decodeURIComponent(header);
    if (isStorable(reason)) return reason;
  } catch {
    // Said below.
  }
  throw new HttpError(400, "X-Bridge-Reason: is not percent-encoded UTF-8 text");
}

interface HandlerResponse {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  stream?: ReadableStream<Uint8Array>;
  /** Of the stream. */
  mediaType?: string;
}

function toResponse(
  call: HonoContext<AppEnvironment>,
  { headers, body, stream, mediaType = "text/event-stream", ...rest }: HandlerResponse,
  { unread }: BridgeContext,
): Response {
  const status = rest.status as StatusCode;
  if (stream !== undefined && call.req.method === "HEAD") {
    // HEAD has no body, so nobody would end the stream.
    void stream.cancel();
    return call.newResponse(null, status, { ...headers, "content-type": mediaType });
  }
  if (stream !== undefined) return call.newResponse(stream, status, { ...headers, "content-type": mediaType });
  if (body === undefined) return call.newResponse(null, status, { ...headers });
  const text = JSON.stringify(body);
  const key = call.get("key");
  if (call.env?.read !== undefined && key !== undefined)
    void call.env.read.then(unread.take(key.orgId, Buffer.byteLength(text)));
  return call.newResponse(text, status, { ...headers, "content-type": "application/json" });
}

/** A preview is an operation of its own, or a call whose body says so in a field that the document declares. */
function previewOf({ path, bodySchema }: Pick<Route, "path" | "bodySchema">): Route["isPreview"] {
  if (path.endsWith("/preview/")) return () => true;
  const schema = bodySchema && (openapiDocument.components.schemas[bodySchema] as { properties?: object });
  if (!Object.hasOwn(schema?.properties ?? {}, "preview")) return () => false;
  return (body) => (body as { preview?: boolean }).preview === true;
}

/** The route of every operation of the document. */
export const routes: readonly Route[] = documentOperations.map(
  ({ id, method, path, parameters, bodySchema, isBodyOptional }) => {
    const compiled = (place: string) => parameters.filter((parameter) => parameter.place === place).map(toParameter);
    return {
      id,
      method,
      path: path.replaceAll(/\{(\w+)\}/g, ":$1"),
      pathParameters: compiled("path"),
      queryParameters: compiled("query"),
      headerParameters: compiled("header"),
      bodySchema,
      isBodyOptional,
      isPreview: previewOf({ path, bodySchema }),
    };
  },
);
