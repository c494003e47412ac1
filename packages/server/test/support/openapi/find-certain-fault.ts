import type { WireRequest } from "./mutate.ts";
import type { Operation, Parameter } from "./operations.ts";
import { findMismatch } from "./find-mismatch.ts";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * Why the request is certainly invalid for the operation according to the document; undefined if there is any doubt.
 */
export function findCertainFault(
  operation: Operation,
  request: WireRequest,
  path: Readonly<Record<string, string>>,
): string | undefined {
  const query = new URLSearchParams(request.address.split("?").slice(1).join("?"));
  for (const parameter of operation.parameters) {
    const fault = findParameterFault(parameter, { path, query });
    if (fault !== undefined) return `${parameter.name}: ${fault}`;
  }
  return operation.body === undefined ? undefined : findBodyFault(operation.body, request);
}

function findParameterFault(
  { name, in: place, pointer, schema }: Parameter,
  { path, query }: { path: Readonly<Record<string, string>>; query: URLSearchParams },
): string | undefined {
  if (place === "header") return undefined;
  const values = place === "path" ? [path[name] ?? ""] : query.getAll(name);
  // The document leaves open which of several counts.
  const [text] = values;
  if (text === undefined || values.length > 1) return undefined;
  if (schema.type !== "integer") return findMismatch(pointer, text);
  return text === "" ? "is empty" : findMismatch(pointer, Number(text));
}

function findBodyFault(body: NonNullable<Operation["body"]>, { headers, body: sent }: WireRequest): string | undefined {
  if (sent === undefined) return body.isRequired ? "the body is missing" : undefined;
  const mediaType = headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== body.mediaType) return `the content type is ${mediaType}`;
  try {
    // As on the wire; a byte order mark before it is ignored, as RFC 8259 allows.
    const text = utf8.decode(typeof sent === "string" ? new TextEncoder().encode(sent) : sent);
    if (text === "" && !body.isRequired) return undefined;
    return findMismatch(body.pointer, JSON.parse(text));
  } catch {
    return "the body is no JSON";
  }
}
