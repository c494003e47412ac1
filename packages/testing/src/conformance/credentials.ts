const HEADER = /^(authorization|proxy-authorization|cookie)$|api-?key|token|secret/i;
const FIELD = /token$|^token|secret|password|passphrase|assertion|api_?key|session_?id|^sid$|^jwt$/i;
/** Query parameters; a plain `token` there is usually a page token. */
const PARAMETER = /^(?:access|auth|session|api)[_-]?(?:token|key|id)$|secret|password|^sid$|^jwt$/i;
const SHORTEST = 6;
const PREFIX_LENGTH = 8;

/** Collects every credential sent or received: those that sign in and those that a sign-in returns. */
export class Credentials {
  readonly #found = new Set<string>();

  /** Returns a `fetch` that collects credentials. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      for (const [name, value] of request.headers) if (HEADER.test(name)) this.#addHeader(name, value);
      for (const [name, value] of new URL(request.url).searchParams) if (PARAMETER.test(name)) this.#add(value);
      const isForm = /form-urlencoded/.test(request.headers.get("content-type") ?? "");
      const body = request.body ? await request.clone().text() : "";
      this.#addFields(isForm ? Object.fromEntries(new URLSearchParams(body)) : parseJson(body));
      const response = await fetch(request);
      for (const cookie of response.headers.getSetCookie()) this.#addHeader("cookie", cookie.replace(/;.*$/s, ""));
      // A request without credentials, or a form, may be a sign-in that returns a token.
      const isSignIn = isForm || ![...request.headers.keys()].some((name) => HEADER.test(name));
      if (isSignIn) this.#addFields(parseJson(await response.clone().text()));
      return response;
    };
  }

  get all(): string[] {
    return [...this.#found];
  }

  #addHeader(name: string, value: string): void {
    const sent = value.replace(/^[A-Za-z-]+\s+/, "");
    if (/^cookie$/i.test(name)) for (const pair of value.split(/;\s*/)) this.#add(pair.replace(/^[^=]*=/, ""));
    else if (/^basic\s/i.test(value)) {
      const [user = "", ...rest] = Buffer.from(sent, "base64").toString().split(":");
      const password = rest.join(":");
      this.#add(sent);
      // If the key is the user name, the password is a placeholder such as `x`.
      this.#add(password.length < SHORTEST ? user : password);
    } else this.#add(sent);
  }

  #addFields(body: unknown): void {
    if (typeof body !== "object" || body === null || Array.isArray(body)) return;
    for (const [name, value] of Object.entries(body))
      if (typeof value === "object") this.#addFields(value);
      else if (typeof value === "string" && FIELD.test(name)) this.#add(value);
  }

  #add(secret: string): void {
    if (secret.length >= SHORTEST) this.#found.add(secret);
  }
}

/** Returns the secret that a text contains, whole or by its first eight characters, plain or encoded. */
export function findLeak(text: string, secrets: Iterable<string>): string | undefined {
  const lower = text.toLowerCase();
  for (const secret of secrets) {
    // Eight characters are nearly all of a short secret, and a Basic pair begins with the user name.
    const isWhole = secret.length < PREFIX_LENGTH + 4 || isPair(secret);
    const start = isWhole ? secret : secret.slice(0, PREFIX_LENGTH);
    const bytes = Buffer.from(start);
    const base64 = bytes.toString("base64").slice(0, Math.floor((bytes.length * 4) / 3));
    const forms = [start, encodeURIComponent(start), base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
    if (forms.some((form) => text.includes(form)) || lower.includes(bytes.toString("hex"))) return secret;
  }
  return undefined;
}

/** Whether a text is a user name and password in Basic form: it begins with the name, which is no secret. */
function isPair(secret: string): boolean {
  const pair = Buffer.from(secret, "base64").toString();
  return /^[\x20-\x7E]+:[\x20-\x7E]{4,}$/.test(pair) && Buffer.from(pair).toString("base64") === secret;
}

/** Returns the parsed JSON, or undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
