import { ConfigError } from "../errors/config-error.ts";
import type { HttpRequest } from "./create-http.ts";

const SIGNS_IN = /^(authorization|proxy-authorization|cookie)$|key|token|secret|password/i;

/** What the headers say that must not be shown: a whole value, the credentials after its scheme, and the password in them. */
export function secretsOf(headers: Record<string, string> = {}): string[] {
  return Object.entries(headers)
    .filter(([name]) => SIGNS_IN.test(name))
    .flatMap(([, value]) => {
      const credentials = value.replace(/^\S+\s+/, "");
      if (!/^basic\s/i.test(value)) return [value, credentials];
      const pair = Buffer.from(credentials, "base64").toString();
      const user = pair.replace(/:.*$/s, "");
      const password = pair.slice(user.length + 1);
      // Systems that take a key as the user name want any password, such as `x`.
      return [value, credentials, pair, password.length < 4 ? user : password];
    });
}

/** Refuses here what `fetch` would refuse with the value in its message, at every call. */
export function toHeaders(system: string, headers: Record<string, string> = {}): Record<string, string> {
  for (const [name, value] of Object.entries(headers))
    try {
      new Headers().set(name, value);
    } catch {
      throw new ConfigError(
        `The header ${name} for ${system} can't be sent: its value has a line break or a character that is not ` +
          "Latin-1. Was it pasted with something around it?",
      );
    }
  return headers;
}

/** The address of a request, on the host of the base address and no other: that is where the credentials belong. */
export function toUrl(baseUrl: string, { path, query }: HttpRequest): URL {
  const url = new URL(baseUrl.replace(/\/+$/, "") + path);
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}
