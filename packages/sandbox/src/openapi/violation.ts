/** A request or response that the vendor's description does not allow. */
export interface Violation {
  /** A wrong request is the client's fault, a wrong response the sandbox's. */
  side: "request" | "response";
  /** `GET /rest/api/3/users/search` */
  call: string;
  message: string;
}

const MAX_LISTED = 20;

export function toViolationError(violations: readonly Violation[]): Error {
  const lines = violations.slice(0, MAX_LISTED).map(({ side, call, message }) => `- ${side} of ${call}: ${message}`);
  const more = violations.length > MAX_LISTED ? `\n... and ${violations.length - MAX_LISTED} more` : "";
  return new Error(`${violations.length} violations of the API's description:\n${lines.join("\n")}${more}`);
}
