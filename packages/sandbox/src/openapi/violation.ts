/** Something that the vendor's description does not allow. */
export interface Violation {
  /** Whose fault it is: the client's, or the sandbox's. */
  side: "request" | "answer";
  /** `GET /rest/api/3/users/search` */
  call: string;
  /** What is wrong, and where. */
  message: string;
}

const MAX_LISTED = 20;

export function toViolationError(violations: readonly Violation[]): Error {
  const lines = violations.slice(0, MAX_LISTED).map(({ side, call, message }) => `- ${side} of ${call}: ${message}`);
  const more = violations.length > MAX_LISTED ? `\n... and ${violations.length - MAX_LISTED} more` : "";
  return new Error(`${violations.length} times not what the API's description says:\n${lines.join("\n")}${more}`);
}
