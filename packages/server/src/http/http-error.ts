/** Ends a request with a status and a `detail`; thrown by what runs before a handler. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = "HttpError";
    this.status = status;
    this.headers = headers;
  }
}

/** Every operation under an organisation declares 404, so any depth of a handler may throw this one. */
export class NotFoundError extends HttpError {
  constructor(detail: string) {
    super(404, detail);
    this.name = "NotFoundError";
  }
}

/** An error answer of a handler; the status is checked against those that the operation declares. */
export function problem<Status extends number>(
  status: Status,
  detail: string,
): { status: Status; body: { detail: string } } {
  return { status, body: { detail } };
}
