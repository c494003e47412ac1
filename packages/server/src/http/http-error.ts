/** Ends a request with a status and a `detail`. Thrown before a handler runs. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    headers: Readonly<Record<string, string>> = {},
    options: ErrorOptions = {},
  ) {
    super(detail, options);
    this.name = "HttpError";
    this.status = status;
    this.headers = headers;
  }
}

/** Every operation of an organisation declares 404, so handlers may throw it at any depth. */
export class NotFoundError extends HttpError {
  constructor(detail: string) {
    super(404, detail);
    this.name = "NotFoundError";
  }
}

/** An error response of a handler; its status is checked against those that the operation declares. */
export function problem<Status extends number>(
  status: Status,
  detail: string,
): { status: Status; body: { detail: string } } {
  return { status, body: { detail } };
}
