export type Redact = (text: string) => string;

// Shorter ones would also mask ordinary words.
const SHORTEST_SECRET = 4;
const MASK = "[secret]";
// A shorter piece of base64 may be a word of an ordinary text.
const SHORTEST_PIECE = 8;

// Long enough to be useful to an attacker, and longer than most ordinary words.
const PREFIX_LENGTH = 8;
// The first eight characters of a shorter secret may be an ordinary word.
const SHORTEST_WITH_PREFIX = 12;
// The latest tokens that were obtained while running; a connection that runs for years gets many.
const MOST_LEARNED = 32;

/** Creates a function that masks secrets in a text, in every form in which systems and libraries write them. */
export function createRedactor(secrets: Iterable<string>): Redact {
  return createSecrets(secrets).redact;
}

/** The secrets of a connection: those of its config, and those that it obtains while it runs. */
export interface Secrets {
  /** Masks every known secret, also if only its first characters are shown. */
  readonly redact: Redact;
  /** Adds secrets, such as the token of a sign-in. The latest 32 are kept in addition to the initial ones. */
  learn(secrets: Iterable<string>, wholes?: Iterable<string>): void;
}

/** Creates secrets with initial ones, which are always kept. The beginning of `wholes` is not secret, as in `Bearer abc`. */
export function createSecrets(secrets: Iterable<string>, wholes: Iterable<string> = []): Secrets {
  const initial = new Set(secrets);
  const kept = [...toNeedles(initial), ...toNeedles(wholes, false)];
  const learned = new Map<string, Needle[]>();
  let needles = sort(kept);
  return {
    redact: (text) => needles.reduce(mask, text),
    learn(more, wholesOfMore = []) {
      const isPrefixed = new Map([...wholesOfMore].map((whole) => [whole, false]));
      for (const secret of more) isPrefixed.set(secret, true);
      for (const [secret, hasPrefixes] of isPrefixed) {
        if (secret.length < SHORTEST_SECRET || initial.has(secret)) continue;
        const known = learned.get(secret) ?? toNeedles([secret], hasPrefixes);
        // Set again, so that the least recently used one is removed first.
        const isNew = !learned.delete(secret);
        learned.set(secret, known);
        if (!isNew) continue;
        if (learned.size > MOST_LEARNED) learned.delete(learned.keys().next().value!);
        needles = sort([...kept, ...[...learned.values()].flat()]);
      }
    },
  };
}

/** A text to search for: the beginning of one or more forms of a secret. */
interface Needle {
  start: string;
  forms: string[];
}

function toNeedles(secrets: Iterable<string>, hasPrefixes = true): Needle[] {
  const needles = new Map<string, Needle>();
  const add = (start: string, form: string) => {
    const needle = needles.get(start) ?? { start, forms: [] };
    needle.forms.push(form);
    needles.set(start, needle);
  };
  for (const secret of new Set(withLines(secrets))) {
    if (secret.length < SHORTEST_SECRET) continue;
    for (const form of formsOf(secret)) add(form, form);
    for (const [start, form] of hasPrefixes ? prefixesOf(secret) : []) add(start, form);
  }
  return [...needles.values()];
}

/** Also yields the lines of a multi-line secret, such as a private key: some messages show one line only. */
function* withLines(secrets: Iterable<string>): Generator<string> {
  for (const secret of secrets) {
    yield secret;
    const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
    if (lines.length === 1) continue;
    for (const line of lines) if (line.length >= SHORTEST_PIECE && !line.startsWith("-----")) yield line;
  }
}

// Whole secrets before their beginnings, and longer secrets before their prefixes.
function sort(needles: readonly Needle[]): Needle[] {
  return needles.toSorted((a, b) => b.start.length - a.start.length);
}

function mask(text: string, { start, forms }: Needle): string {
  let clean = "";
  let from = 0;
  for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, from)) {
    const lengths = forms.map((form) => {
      let length = start.length;
      while (length < form.length && text[at + length] === form[length]) length++;
      return length;
    });
    clean += text.slice(from, at) + MASK;
    from = at + Math.max(...lengths);
  }
  return from === 0 ? text : clean + text.slice(from);
}

/** Yields the beginnings of a secret, without public parts such as the scheme of an address or the header of a PEM file. */
function* prefixesOf(secret: string): Generator<[start: string, form: string]> {
  const own = secret.replace(/^-----BEGIN [^-]+-----\s*/, "");
  if (own.length < SHORTEST_WITH_PREFIX || /^(?:[a-z][a-z0-9+.-]*:\/|[/~.])/i.test(own)) return;
  const start = own.slice(0, PREFIX_LENGTH);
  const bytes = Buffer.from(start);
  yield [start, own];
  yield [encodeURIComponent(start.toWellFormed()), encodeURIComponent(own.toWellFormed())];
  yield [bytes.toString("hex"), Buffer.from(own).toString("hex")];
  for (const encoding of ["base64", "base64url"] as const) {
    // The last character depends on the next byte.
    const whole = Math.floor((bytes.length * 4) / 3);
    yield [bytes.toString(encoding).slice(0, whole), Buffer.from(own).toString(encoding)];
  }
}

function* formsOf(secret: string): Generator<string> {
  yield secret;
  yield* inAddress(encodeURIComponent(secret.toWellFormed()));
  yield* inAddress(new URLSearchParams([["", secret]]).toString().slice(1));
  yield* inJson(secret);
  yield* inHtml(secret);
  yield* inBase64(secret);
  const hex = Buffer.from(secret).toString("hex");
  yield hex;
  yield hex.toUpperCase();
}

function* inAddress(encoded: string): Generator<string> {
  yield encoded;
  yield encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
}

function* inJson(secret: string): Generator<string> {
  const json = JSON.stringify(secret).slice(1, -1);
  const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  yield json;
  yield json.replaceAll("/", "\\/");
  // Python escapes non-ASCII characters, Go and .NET also those with a meaning in HTML.
  yield json.replaceAll(/[^\0-\x7F]/g, escape);
  yield json.replaceAll(/[^\0-\x7F]|[&<>'+]/g, escape);
  yield json.replaceAll(/[^\0-\x7F]|[&<>'+]/g, (character) => escape(character).toUpperCase().replace("U", "u"));
}

function* inHtml(secret: string): Generator<string> {
  const html = secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  yield html;
  const quoted = html.replaceAll('"', "&quot;");
  yield quoted;
  for (const apostrophe of ["&#39;", "&#x27;", "&#039;"]) yield quoted.replaceAll("'", apostrophe);
}

/**
 * Base64 writes three bytes as four characters, so a secret inside a longer text, as in `user:secret` of Basic
 * authentication, has one of three forms. The characters at its edges also depend on its neighbours and are not masked.
 */
function* inBase64(secret: string): Generator<string> {
  const bytes = Buffer.from(secret);
  const exact = bytes.toString("base64").replace(/=+$/, "");
  yield exact;
  yield bytes.toString("base64url");
  for (const before of [0, 1, 2]) {
    const firstOwn = Math.ceil((before * 4) / 3);
    const endOfOwn = Math.floor(((before + bytes.length) * 4) / 3);
    const piece = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .slice(firstOwn, endOfOwn);
    if (piece.length < SHORTEST_PIECE) continue;
    yield piece;
    yield piece.replaceAll("+", "-").replaceAll("/", "_");
  }
}
