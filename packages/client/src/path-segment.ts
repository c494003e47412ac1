const marker = Symbol.for("bridgekit.PathSegmentError");

// RFC 3986, 5.2.4: URL parsers remove these, also percent-encoded, so the request would go to another address.
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/** Whether an id can be part of a URL path: not empty, well-formed Unicode, and not removed by URL parsers. */
export function isPathSegment(id: string): boolean {
  // Called for every ref that is pushed: the pattern runs only on ids that may match.
  if (id === "" || ((id[0] === "." || id[0] === "%") && DOT_SEGMENT.test(id))) return false;
  return id.isWellFormed();
}

/** The id can't be part of a URL path. Nothing was sent. */
export class PathSegmentError extends TypeError {
  override readonly name = "PathSegmentError";
  readonly [marker] = true;

  constructor(parameter: string, value: unknown) {
    const what = value === "" ? "is empty" : `is ${JSON.stringify(value)}`;
    super(`${parameter} ${what}, which can't be part of a URL path; the request was not sent. Pass the id itself.`);
  }
}

/** Recognises a `PathSegmentError`, also of another copy of this package. */
export function isPathSegmentError(error: unknown): error is PathSegmentError {
  return error instanceof Error && marker in error;
}

/** Replaces each `{parameter}` of a path with one segment. Throws `PathSegmentError`. */
export function fillPath(template: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (typeof value !== "string" || !isPathSegment(value)) throw new PathSegmentError(name, value);
    return encodeURIComponent(value);
  });
}
