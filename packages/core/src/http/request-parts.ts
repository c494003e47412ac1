import { ConfigError } from "../errors/config-error.ts";

export interface HttpRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Begins with a slash; it may have a query. Make one with ids in it by `urlPath`. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  /** Sent as JSON; `URLSearchParams` are sent as a form, as sign-ins want it. */
  body?: unknown;
  /** Doing it twice is as good as once. GET, PUT and DELETE are by themselves; a POST that only reads is, too. */
  isIdempotent?: boolean;
  signal?: AbortSignal;
}

const SIGNS_IN = /^(authorization|proxy-authorization|cookie)$|key|token|secret|password/i;

/** What the headers say that must not be shown: secrets, and `wholes` of which only the end is secret. */
export function secretsOf(headers: Record<string, string> = {}): { secrets: string[]; wholes: string[] } {
  const secrets: string[] = [];
  const wholes: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    if (!SIGNS_IN.test(name)) continue;
    const credentials = value.replace(/^\S+\s+/, "");
    if (/^basic\s/i.test(value)) {
      const pair = Buffer.from(credentials, "base64").toString();
      const user = pair.replace(/:.*$/s, "");
      const password = pair.slice(user.length + 1);
      wholes.push(value, credentials, pair);
      // Systems that take a key as the user name want any password, such as `x`.
      secrets.push(password.length < 4 ? user : password);
    } else if (/^cookie$/i.test(name)) {
      wholes.push(value);
      secrets.push(...value.split(/;\s*/).map((cookie) => cookie.replace(/^[^=]*=/, "")));
    } else {
      if (credentials !== value) wholes.push(value);
      secrets.push(credentials);
    }
  }
  return { secrets, wholes };
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
