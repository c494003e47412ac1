const marker = Symbol.for("bridgekit.PathSegmentError");

// RFC 3986, 5.2.4: URL parsers drop these, percent-encoded ones too, so the request would reach another address.
const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;
const LONGEST_DOT_SEGMENT = 6;

/** Whether an id can stand in an address: it is not empty, it is Unicode, and no URL parser removes it. */
export function isPathSegment(id: string): boolean {
  // Asked for every ref that is pushed, and most ids are longer.
  if (id.length <= LONGEST_DOT_SEGMENT && (id === "" || DOT_SEGMENT.test(id))) return false;
  return id.isWellFormed();
}

/** An id that can't stand in an address. Nothing was sent. */
export class PathSegmentError extends TypeError {
  override readonly name = "PathSegmentError";
  readonly [marker] = true;

  constructor(parameter: string, value: unknown) {
    const what = value === "" ? "is empty" : `is ${JSON.stringify(value)}`;
    super(`${parameter} ${what}, which can't stand in an address; the request was not sent. Pass the id itself.`);
  }
}

/** Recognises a `PathSegmentError` of any copy of this package. */
export function isPathSegmentError(error: unknown): error is PathSegmentError {
  return error instanceof Error && marker in error;
}

/** Fills the parameters of a path, `{app_id}`, each with one segment. Throws `PathSegmentError`. */
export function fillPath(template: string, parameters: Readonly<Record<string, unknown>> = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = parameters[name];
    if (typeof value !== "string" || !isPathSegment(value)) throw new PathSegmentError(name, value);
    return encodeURIComponent(value);
  });
}
