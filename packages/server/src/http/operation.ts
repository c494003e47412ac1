import type { components, operations } from "@bridgekit/client";
import type { Remember } from "../idempotency/respond-once.ts";
import type { VerifiedKey } from "../keys/authenticate.ts";

/** The id of an operation in `spec/openapi.yaml`. */
export type OperationId = keyof operations;

type Parameters<Id extends OperationId, Place extends "path" | "query" | "header"> = NonNullable<
  operations[Id]["parameters"][Place]
>;

type RequestContent<Id extends OperationId> = NonNullable<operations[Id]["requestBody"]>;

/** An optional body that is absent reaches the handler as an empty object. */
type RequestBody<Id extends OperationId> = [RequestContent<Id>] extends [never]
  ? undefined
  : RequestContent<Id> extends { content: { "application/json": infer Body } }
    ? Body
    : undefined;

/** What a handler receives: an authorised, valid request. The body of a page of records is still text. */
export interface OperationRequest<Id extends OperationId> {
  key: VerifiedKey;
  path: Parameters<Id, "path">;
  query: Parameters<Id, "query">;
  headers: Parameters<Id, "header">;
  body: Id extends "pushPage" ? undefined : RequestBody<Id>;
  /** The body as received. */
  text: string;
  /** The URL of the request, for links. */
  url: URL;
  /** Aborts when the client has gone. */
  signal: AbortSignal;
  /** Stores the response for a repeated call with the same `Idempotency-Key`, if the operation declares the header. */
  remember: Remember;
}

type Responses<Id extends OperationId> = operations[Id]["responses"];

/** A response that the spec declares for the operation; any other status or body does not compile. */
type OperationResponse<Id extends OperationId> = {
  [Status in keyof Responses<Id>]: {
    status: Status;
    headers?: Readonly<Record<string, string>>;
    /** What the audit trail stores beside path and status. */
    details?: components["schemas"]["AuditDetails"];
  } & Content<Responses<Id>[Status]>;
}[keyof Responses<Id>];

type Content<Response> = Response extends { content: { "application/json": infer Body } }
  ? { body: Body }
  : Response extends { content: { "text/event-stream": string } }
    ? { stream: ReadableStream<Uint8Array> }
    : Response extends { content: infer Types extends { "text/csv": string } }
      ? { stream: ReadableStream<Uint8Array>; mediaType: keyof Types }
      : { body?: undefined };

export type Handler<Id extends OperationId> = (request: OperationRequest<Id>) => Promise<OperationResponse<Id>>;

/** One handler for every operation of the spec; a missing one does not compile. */
export type Handlers = { [Id in OperationId]: Handler<Id> };
