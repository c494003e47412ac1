import { isUpstreamError, type ErrorResponse, type ErrorExplanation } from "@bridgekit/core";

/** An error of a response. Collections of records have `statusCode` instead of `errorCode`. */
type SalesforceError = { errorCode?: string; statusCode?: string; message?: string; fields?: unknown };

const LIMITED = { code: "RATE_LIMITED", isRetryable: true, effect: "none" } as const;
const DENIED = { code: "PERMISSION_DENIED", isRetryable: false, effect: "none" } as const;
// The row is locked for a moment.
const LOCKED = { code: "INTERNAL_ERROR", isRetryable: true, effect: "none" } as const;
const EXISTS = { code: "ACCOUNT_ALREADY_EXISTS", isRetryable: false, effect: "none" } as const;

const MEANINGS: Readonly<Record<string, ErrorExplanation>> = {
  DUPLICATE_USERNAME: EXISTS,
  PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT: EXISTS,
  LICENSE_LIMIT_EXCEEDED: { code: "LICENSE_EXHAUSTED", isRetryable: false, effect: "none" },
  INSUFFICIENT_ACCESS: DENIED,
  INSUFFICIENT_ACCESS_OR_READONLY: DENIED,
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: DENIED,
  API_CURRENTLY_DISABLED: DENIED,
  API_DISABLED_FOR_ORG: DENIED,
  INVALID_SESSION_ID: DENIED,
  // With status 403, never 429.
  REQUEST_LIMIT_EXCEEDED: LIMITED,
  SERVER_UNAVAILABLE: LIMITED,
  QUERY_TIMEOUT: { code: "TIMEOUT", isRetryable: true, effect: "none" },
  UNABLE_TO_LOCK_ROW: LOCKED,
  ENTITY_IS_LOCKED: LOCKED,
};

const MISSING = new Set(["NOT_FOUND", "ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY", "MALFORMED_ID"]);
// Fields that name the account of an assignment.
const ACCOUNT_FIELDS = new Set(["Id", "AssigneeId", "UserId", "UserOrGroupId"]);

/** Reads Salesforce's error response: a list of errors, or a single one. */
export function explainSalesforceError({ path, body }: ErrorResponse): ErrorExplanation | undefined {
  const errors = readErrors(body);
  const [first] = errors;
  if (!first) return undefined;
  const message = errors.map(describe).join("; ");
  const code = codeOf(first);
  if (MISSING.has(code)) return isAboutAccount(path, first) ? { message, code: "ACCOUNT_NOT_FOUND" } : { message };
  return { message, ...MEANINGS[code] };
}

/** Whether a call failed with one of these Salesforce codes. */
export function isSalesforceError(error: unknown, ...codes: readonly string[]): boolean {
  return isUpstreamError(error) && readErrors(error.body).some((entry) => codes.includes(codeOf(entry)));
}

function readErrors(body: unknown): SalesforceError[] {
  const list: unknown[] = Array.isArray(body) ? body : [body];
  return list.map((entry) => Object(entry) as SalesforceError).filter((entry) => codeOf(entry) !== "");
}

function codeOf({ errorCode, statusCode }: SalesforceError): string {
  return errorCode ?? statusCode ?? "";
}

function describe(error: SalesforceError): string {
  const fields = Array.isArray(error.fields) && error.fields.length > 0 ? ` (${error.fields.join(", ")})` : "";
  // Some texts contain HTML: "Duplicate Username.<br>The username already exists…".
  const text = (error.message ?? "").replaceAll(/<[^>]*>/g, " ").trim();
  return `${codeOf(error)}: ${text}${fields}`;
}

/** Whether the account is missing, and not a profile or permission set that the call also names. */
function isAboutAccount(path: string, { fields }: SalesforceError): boolean {
  const named = Array.isArray(fields) ? (fields as unknown[]) : [];
  if (named.length > 0) return named.some((field) => ACCOUNT_FIELDS.has(String(field)));
  return /\/sobjects\/User\/./.test(path);
}
