/** An error of the sandbox: a status and the texts of its body, `{errorMessages, errors}`. */
export class JiraError extends Error {
  override readonly name = "JiraError";
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 500;
  readonly errors: Record<string, string>;

  constructor(status: JiraError["status"], message: string, errors: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  toBody(): Record<string, unknown> {
    return { errorMessages: this.message === "" ? [] : [this.message], errors: this.errors };
  }
}

export const badRequest = (message: string) => new JiraError(400, message);
export const forbidden = (message: string) => new JiraError(403, message);
export const notFound = (message: string) => new JiraError(404, message);

// Jira returns the same text if the caller lacks the permission.
export const noSuchUser = () => notFound("Specified user does not exist or you do not have required permissions");

export const unauthorized = () => new JiraError(401, "Client must be authenticated to access this resource.");
