/** An error of the sandbox: a status, a code and a text, in a list of one. */
export class SalesforceError extends Error {
  override readonly name = "SalesforceError";
  readonly status: 400 | 401 | 403 | 404 | 405 | 503;
  readonly errorCode: string;
  /** Only for records. */
  readonly fields: readonly string[] | undefined;

  constructor(status: SalesforceError["status"], errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }

  toBody(): unknown {
    return [{ message: this.message, errorCode: this.errorCode, ...(this.fields && { fields: this.fields }) }];
  }

  /** The form of an error of a record in a collection. */
  toRecordError(): unknown {
    return { statusCode: this.errorCode, message: this.message, fields: this.fields ?? [] };
  }
}

export const refused = (errorCode: string, message: string, ...fields: readonly string[]) =>
  new SalesforceError(400, errorCode, message, fields);
export const notFound = (message = "The requested resource does not exist") =>
  new SalesforceError(404, "NOT_FOUND", message);
export const malformedQuery = (message: string) => new SalesforceError(400, "MALFORMED_QUERY", message);
/** Whether a name is custom, so that the stand-in knows it does not exist; others may exist in Salesforce. */
export const isCustom = (name: string) => /__[a-z]+$/i.test(name);
export const invalidType = (name: string) =>
  new SalesforceError(
    400,
    "INVALID_TYPE",
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' ` +
      "after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
  );
