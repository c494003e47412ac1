/**
 * The form in which logins and email addresses are compared: trimmed, in lower case, and in Unicode normal form C.
 * `undefined` for what identifies nobody: absent, `null`, `false` (Odoo's empty value) or blank.
 *
 * @example
 * const known = new Map(users.map((user) => [toIdentity(user.login), user]));
 * const existing = known.get(toIdentity(account.username));
 */
export function toIdentity(value: string | false | null | undefined): string | undefined {
  // Lower case first: it may decompose a letter, which NFC composes again.
  return value ? value.trim().toLowerCase().normalize("NFC") || undefined : undefined;
}

/**
 * Whether two logins or email addresses identify the same person. Compare with it before creating an account: systems and
 * tasks may write `Jane.Doe@example.com` and `jane.doe@example.com` for one person. Two empty values do not match.
 */
export function isSameIdentity(
  left: string | false | null | undefined,
  right: string | false | null | undefined,
): boolean {
  const identity = toIdentity(left);
  return identity !== undefined && identity === toIdentity(right);
}
