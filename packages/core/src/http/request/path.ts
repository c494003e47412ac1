import { isPathSegment } from "@bridgekit/client";
import { UpstreamError } from "../../errors/upstream-error.ts";
import type { HttpRequest } from "../http.ts";
import type { Step } from "../pipeline.ts";

/**
 * Builds a path with each value encoded as one segment.
 *
 * @example
 * http.request({ method: "DELETE", path: urlPath`/api/users/${userId}` });
 * @throws UpstreamError with the effect `none` if a value can't be a segment: an empty one, `.` and `..`.
 */
export function urlPath(strings: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  const segments = values.map((value, index) => {
    const text = String(value);
    if (!isPathSegment(text)) throw unusable(`${strings[index]}…: the id ${JSON.stringify(text)}`);
    return encodeURIComponent(text);
  });
  return String.raw({ raw: strings }, ...segments);
}

/**
 * Refuses a path that leads elsewhere: URL parsers remove `.` and `..`, percent-encoded ones too, and an empty segment is a
 * missing id.
 */
export function checkPath(system: string): Step {
  return async (call, next) => {
    const { method, path } = call.request;
    const wrong = findWrongSegment(path);
    if (wrong !== undefined)
      throw unusable(call.endpoint.redact(`${system}: ${method} ${path}: the segment ${JSON.stringify(wrong)}`));
    return next(call);
  };
}

/** The URL of a request, always on the host of the base address: the credentials belong to that one. */
export function toUrl(baseUrl: string, { path, query }: HttpRequest): URL {
  const url = new URL(baseUrl.replace(/\/+$/, "") + path);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

function findWrongSegment(path: string): string | undefined {
  // URL parsers read a backslash as a slash, and remove tabs and line breaks.
  const segments = path
    .replace(/[?#].*$/s, "")
    .replaceAll(/[\t\r\n]/g, "")
    .split(/[/\\]/);
  if (segments.shift() !== "") throw new TypeError(`The path of a request begins with a slash; "${path}" does not.`);
  // A trailing slash is common.
  if (segments.at(-1) === "") segments.pop();
  return segments.find((segment) => !isPathSegment(segment));
}

function unusable(what: string): UpstreamError {
  const message = `${what} can't be part of an address, so the call was not sent. Is an id missing or wrong?`;
  return UpstreamError.final(message);
}
