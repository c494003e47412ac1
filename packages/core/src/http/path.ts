import { isPathSegment } from "@bridgekit/client";
import { UpstreamError } from "../errors/upstream-error.ts";
import type { Redact } from "../redact.ts";

/**
 * A path whose values are encoded, each as one segment.
 *
 * @example
 * http.request({ method: "DELETE", path: urlPath`/api/users/${userId}` });
 * @throws UpstreamError with the effect `none` for a value that can't stand in an address: an empty one, `.` and `..`.
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
 * Refuses a path that would lead elsewhere: URL parsers remove `.` and `..`, percent-encoded ones too, and an empty
 * segment is an id that is missing. `call` names system and method.
 */
export function checkPath(call: string, path: string, redact: Redact): void {
  // URL parsers read a backslash as a slash, and remove tabs and line breaks.
  const segments = path
    .replace(/[?#].*$/s, "")
    .replaceAll(/[\t\r\n]/g, "")
    .split(/[/\\]/);
  if (segments.shift() !== "") throw new TypeError(`The path of a request begins with a slash; "${path}" does not.`);
  // A slash at the end is part of many addresses.
  if (segments.at(-1) === "") segments.pop();
  const wrong = segments.find((segment) => !isPathSegment(segment));
  if (wrong !== undefined) throw unusable(redact(`${call} ${path}: the segment ${JSON.stringify(wrong)}`));
}

function unusable(what: string): UpstreamError {
  const message = `${what} can't stand in an address, so the call was not sent. Was it made from an id that is none?`;
  return UpstreamError.final(message);
}
