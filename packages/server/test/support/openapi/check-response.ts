import { findCertainFault } from "./find-certain-fault.ts";
import type { WireRequest } from "./mutate.ts";
import { type Operation, operations } from "./operations.ts";
import { findMismatch } from "./find-mismatch.ts";

export interface WireResponse {
  status: number;
  headers: Headers;
  /** Only the beginning, if it is a stream. */
  text: string;
}

/** The parameters of a call, according to the URL. */
interface Match {
  operation: Operation;
  path: Record<string, string>;
}

/** Statuses of HTTP itself, which an operation need not declare. */
const OF_HTTP = new Set([408, 413, 414, 431]);
const ERROR = "/components/schemas/Error";

const TRACES: readonly RegExp[] = [
  /\n\s+at .+:\d+:\d+/,
  /node_modules|file:\/\/|packages\/server|\.ts:\d+/,
  /\b(sync_sessions|sync_pages|api_keys|secret_hash|clone_group_id|org_id|live_version|changed_version)\b/,
  /invalid input syntax|syntax error at|violates .* constraint|duplicate key value|relation ".*"|\bpg(lite)?boss\b/i,
];

/** What is wrong with a response; empty if nothing is. */
export function checkResponse(request: WireRequest, response: WireResponse, secrets: readonly string[]): string[] {
  const faults = [...findLeaks(request, response, secrets)];
  if (response.status >= 500) faults.push("the server failed");
  const pathname = toPathname(request.address);
  const matches = findMatches(pathname);
  const method = request.method === "HEAD" ? "GET" : toMethod(request.method);
  const called = matches.filter(({ operation }) => operation.method === method);
  if (called.length > 0) {
    const misfits = called.map(({ operation }) => findMisfit(operation, request, response));
    if (!misfits.includes(undefined)) faults.push(...misfits.filter((misfit) => misfit !== undefined));
  } else {
    const expected = matches.length > 0 ? 405 : 404;
    if (response.status !== expected) faults.push(`${response.status} instead of ${expected}`);
    if (request.method !== "HEAD") faults.push(...[findErrorMisfit(response)].filter((misfit) => misfit !== undefined));
  }
  if (response.status < 300) faults.push(...findWrongSuccess(request, called, secrets));
  return faults;
}

/** Why the document does not declare the response for the operation. */
function findMisfit(operation: Operation, request: WireRequest, response: WireResponse): string | undefined {
  const declared = operation.responses.get(response.status);
  if (declared === undefined) {
    return OF_HTTP.has(response.status)
      ? findErrorMisfit(response)
      : `${operation.id} does not declare ${response.status}`;
  }
  if (request.method === "HEAD") return response.text === "" ? undefined : "a response to HEAD has a body";
  const type = toMediaType(response);
  if (declared.length === 0) return response.text === "" ? undefined : `${response.status} has a body`;
  const content = declared.find(({ mediaType }) => mediaType === type);
  if (content === undefined) return `${operation.id} does not declare ${response.status} as ${type}`;
  if (type !== "application/json") return undefined;
  const mismatch = findJsonMismatch(content.pointer, response);
  return mismatch && `${operation.id} ${response.status} does not fit its schema: ${mismatch}`;
}

function findErrorMisfit(response: WireResponse): string | undefined {
  const type = toMediaType(response);
  if (type !== "application/json") return `the media type of an error is ${type}`;
  const mismatch = findJsonMismatch(ERROR, response);
  return mismatch && `the error ${response.status} does not fit its schema: ${mismatch}`;
}

function findJsonMismatch(pointer: string, { text }: WireResponse): string | undefined {
  try {
    return findMismatch(pointer, JSON.parse(text));
  } catch (error) {
    return String(error);
  }
}

function findWrongSuccess(request: WireRequest, called: readonly Match[], secrets: readonly string[]): string[] {
  const faults = secrets
    .filter((secret) => toPathname(request.address).includes(secret))
    .map((secret) => `${secret} of another organisation was found`);
  const [match] = called;
  if (match === undefined || called.length > 1) return faults;
  const certain = findCertainFault(match.operation, request, match.path);
  return certain === undefined ? faults : [...faults, `an invalid request succeeded: ${certain}`];
}

function* findLeaks(request: WireRequest, response: WireResponse, secrets: readonly string[]): Generator<string> {
  const said = `${response.text}\n${[...response.headers].join("\n")}`;
  const asked = JSON.stringify(request);
  // A response may repeat the request.
  for (const secret of secrets)
    if (said.includes(secret) && !asked.includes(secret)) yield `it reveals ${secret} of another organisation`;
  for (const trace of TRACES) {
    const found = trace.exec(said)?.[0];
    if (found !== undefined && !asked.includes(found)) yield `it reveals internals: ${found}`;
  }
}

/** The path as the server receives it: the client resolves `.` and `..`. */
function toPathname(address: string): string {
  return new URL(`http://bridge.test${address}`).pathname;
}

function findMatches(pathname: string): Match[] {
  // A router may match the path before or after decoding it.
  const paths = new Set([pathname, decodeWhereAble(pathname)]);
  return operations.flatMap((operation) => {
    const pattern = toPattern(operation);
    const found = [...paths].map((path) => pattern.exec(path)).find((match) => match !== null);
    if (found === undefined || found === null) return [];
    const path = Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeWhereAble(value)]);
    return [{ operation, path: Object.fromEntries(path) }];
  });
}

function toPattern({ isPublic, path }: Operation): RegExp {
  const prefix = isPublic ? "" : "/org/[^/]+";
  return new RegExp(`^${prefix}${path.replaceAll(/\{(\w+)\}/g, "(?<$1>[^/]+)")}?$`);
}

function decodeWhereAble(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** As fetch does: it normalises the case of these methods only. */
function toMethod(method: string): string {
  return /^(get|head|options|post|put|delete)$/i.test(method) ? method.toUpperCase() : method;
}

function toMediaType({ headers }: WireResponse): string {
  return headers.get("content-type")?.split(";", 1)[0]?.trim() ?? "no content type";
}
