/**
 * An error of the sandbox: a status and a text. The text is in a header and the body is empty; only the list of employees has a
 * body with a code instead.
 */
export class BambooError extends Error {
  override readonly name = "BambooError";
  readonly status: 400 | 401 | 403 | 404 | 406 | 409;
  readonly code: "BadRequest" | "BadPage" | undefined;

  constructor(status: BambooError["status"], message: string, code?: BambooError["code"]) {
    super(message);
    this.status = status;
    this.code = code;
  }

  toResponse(): Response {
    if (this.code !== undefined)
      return Response.json({ error: { code: this.code, message: this.message } }, { status: this.status });
    // A header allows only Latin-1, and the text may quote a client's value.
    const text = this.message.replaceAll(/[^\x20-\x7e]/g, "?");
    return new Response(null, { status: this.status, headers: { "x-bamboohr-error-message": text } });
  }
}

export const badRequest = (message: string) => new BambooError(400, message);
export const badList = (message: string) => new BambooError(400, message, "BadRequest");
export const badPage = (message: string) => new BambooError(400, message, "BadPage");
export const unauthorized = () => new BambooError(401, "API key not provided or invalid");
export const forbidden = (message: string) => new BambooError(403, message);
export const notFound = (message: string) => new BambooError(404, message);
export const noSuchEmployee = () => notFound("Employee not found");
/** The error of a table for an invalid value. */
export const notAcceptable = (message: string) => new BambooError(406, message);
/** The error of an employee's own fields. */
export const conflict = (message: string) => new BambooError(409, message);
