import { UpstreamError } from "../errors/upstream-error.ts";

/**
 * Returns the text of an optional value of a response or a task. Absent, `null`, `false`, empty and blank values all mean
 * that there is none: systems write it differently from call to call. Any other text is returned unchanged.
 *
 * A value that is not a text is not guessed at: `onDoubt` gets a sentence about it, and the value counts as absent. Pass
 * `context.partial` in a stream, so that the rest of the record is kept and nobody is removed.
 *
 * @param what names the value in that sentence: `emailAddress of user 42`
 * @throws UpstreamError INTERNAL_ERROR if the value is not a text and there is no `onDoubt`.
 *
 * @example
 * const email = toOptionalText(user.emailAddress, `emailAddress of user ${user.accountId}`, partial);
 * yield { id: user.accountId, ...(email && { email }) };
 */
export function toOptionalText(value: unknown, what: string, onDoubt?: (reason: string) => void): string | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (typeof value === "string") return value.trim() === "" ? undefined : value;
  // The value may be personal data, so only its type is named.
  const reason = `${what} is ${nameOf(value)} where a text is expected`;
  if (!onDoubt) throw UpstreamError.final(reason);
  onDoubt(reason);
  return undefined;
}

/**
 * Returns the optional texts of a response under the field names of a record; those without a value are left out.
 *
 * @param of names the owner in sentences about doubts: `Jira's user 42`
 *
 * @example
 * yield { id: user.id, username: user.login, ...toTexts(user, { email: "mail" }, `user ${user.id}`, partial) };
 */
export function toTexts<Name extends string>(
  row: object,
  fields: Readonly<Record<Name, string>>,
  of: string,
  onDoubt?: (reason: string) => void,
): { [Field in Name]?: string } {
  const texts: { [Field in Name]?: string } = {};
  for (const [name, field] of Object.entries(fields) as [Name, string][]) {
    const text = toOptionalText((row as Record<string, unknown>)[field], `${field} of ${of}`, onDoubt);
    if (text !== undefined) texts[name] = text;
  }
  return texts;
}

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
