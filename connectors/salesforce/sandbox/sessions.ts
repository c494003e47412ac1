import { createRandom, type Random } from "@bridgekit/sandbox";

/** The sessions. A token does not show its lifetime. */
export class Sessions {
  readonly #users = new Map<string, string>();
  readonly #random: Random = createRandom("sessions");

  open(orgId: string, userId: string): string {
    const token = `${orgId.slice(0, 15)}!AQ${this.#random.hex(48)}`;
    this.#users.set(token, userId);
    return token;
  }

  /** Returns the user of an `Authorization` header. */
  userOf(authorization: string | undefined): string | undefined {
    return this.#users.get(tokenOf(authorization));
  }

  close(token: string): void {
    this.#users.delete(token);
  }

  /** Ends all sessions, as an administrator or expiry does. */
  expire(): void {
    this.#users.clear();
  }
}

/** Returns the token of an `Authorization` header. */
export function tokenOf(authorization: string | undefined): string {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
}
