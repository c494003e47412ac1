/** An error of the sandbox: an HTTP status and the JSON body of JSON-2. */
export class OdooError extends Error {
  readonly status: number;
  /** Python's dotted name of the exception, e.g. `odoo.exceptions.UserError`. */
  readonly exception: string;
  readonly headers: Record<string, string>;

  constructor(status: number, exception: string, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.name = "OdooError";
    this.status = status;
    this.exception = exception;
    this.headers = headers;
  }

  toBody(): Record<string, unknown> {
    const isHttpException = this.exception.startsWith("werkzeug.");
    return {
      name: this.exception,
      message: this.message,
      arguments: isHttpException ? [this.message, this.status] : [this.message],
      context: {},
      debug: `${TRACEBACK}${this.exception}: ${this.message}\n`,
    };
  }
}

// Odoo does return this, including paths; a connector must drop it.
const TRACEBACK = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/odoo/http.py", line 2305, in _serve_db
    return service_model.retrying(serve_func, env=self.env)
  File "/usr/lib/python3/dist-packages/odoo/service/model.py", line 184, in retrying
    result = func()
`;

export const accessError = (message: string) => new OdooError(403, "odoo.exceptions.AccessError", message);
export const userError = (message: string) => new OdooError(422, "odoo.exceptions.UserError", message);
export const validationError = (message: string) => new OdooError(422, "odoo.exceptions.ValidationError", message);
export const notFound = (message: string) => new OdooError(404, "werkzeug.exceptions.NotFound", message);
export const badRequest = (message: string) => new OdooError(400, "werkzeug.exceptions.BadRequest", message);

export const unprocessable = (message: string) =>
  new OdooError(422, "werkzeug.exceptions.UnprocessableEntity", message);

export const unauthorized = (message: string) =>
  new OdooError(401, "werkzeug.exceptions.Unauthorized", message, { "www-authenticate": "bearer" });

// Odoo 19's JSON-2 dispatcher turns everything except a UserError or an HTTPException into a 500, so a
// misspelled field looks like a broken server (read in odoo/http.py, Json2Dispatcher.handle_error; not recorded).
export const valueError = (message: string) => new OdooError(500, "builtins.ValueError", message);

/** The record's id is written as Python writes a tuple of one: `(7,)`. */
export const missingError = (model: string, id: number, userId: number) =>
  new OdooError(
    404,
    "odoo.exceptions.MissingError",
    `Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${userId})`,
  );

/** A field restricted to groups that an operation touches. `groups` as Odoo shows their names. */
export const fieldAccessError = (field: string, model: string, groups: string, userId: number) =>
  accessError(
    `You do not have enough rights to access the field "${field}" on ${model}. ` +
      "Please contact your system administrator.\n\n" +
      `Operation: read\nUser: ${userId}\nGroups: allowed for groups '${groups}'`,
  );

/** A violated database constraint; Odoo adds a prefix to the constraint's message. */
export const constraintError = (sentence: string) => validationError(`The operation cannot be completed: ${sentence}`);

/** A violated foreign key: the same error for deleting a referenced record and for referring to a missing one. */
export const foreignKeyError = ({ troublemaker, name }: { troublemaker: string; name: string }) =>
  constraintError(
    "Another model is using the record you are trying to delete.\n\n" +
      `The troublemaker is: ${troublemaker}\nThanks to the following constraint: ${name}\n` +
      "How about archiving the record instead?",
  );

/** Something that Odoo has but this stand-in does not model. */
export const notOffered = (what: string) =>
  new OdooError(501, "sandbox.NotOffered", `${what} is not offered by this stand-in.`);
