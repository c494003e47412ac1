export type Redact = (text: string) => string;

// Shorter ones would also blacken ordinary words.
const SHORTEST_SECRET = 4;
const MASK = "[secret]";
// Of a piece of base64: as a word it might stand in an ordinary text.
const SHORTEST_PIECE = 8;

// Enough of a secret to be of use, and too much of it for an ordinary word.
const PREFIX_LENGTH = 8;
// Of a shorter secret, eight characters are a word that somebody chose.
const SHORTEST_WITH_PREFIX = 12;
// Tokens that were got while running: the latest ones, because a connection that is kept for years gets many.
const MOST_LEARNED = 32;

/** Makes a function that replaces the secrets in a text, in every form in which systems and libraries write them. */
export function createRedactor(secrets: Iterable<string>): Redact {
  return createSecrets(secrets).redact;
}

/** The secrets of a connection: those of its config, and those that it gets while it runs. */
export interface Secrets {
  /** Masks every secret that is known by then, also where only its first characters are shown. */
  readonly redact: Redact;
  /** Adds secrets, such as a token from a sign-in; the latest 32 are kept beside those of the beginning. */
  learn(secrets: Iterable<string>, wholes?: Iterable<string>): void;
}

/** Secrets to begin with, which are never forgotten; of `wholes` the beginning alone is no secret, as in `Bearer abc`. */
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
        // Set anew, so that the one used last is the last one to go.
        const isNew = !learned.delete(secret);
        learned.set(secret, known);
        if (!isNew) continue;
        if (learned.size > MOST_LEARNED) learned.delete(learned.keys().next().value!);
        needles = sort([...kept, ...[...learned.values()].flat()]);
      }
    },
  };
}

/** What is looked for: the beginning of one or more forms; of a whole form, all of it. */
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

/** Of a secret in several lines, such as a private key, some messages show one line, and others write all on one. */
function* withLines(secrets: Iterable<string>): Generator<string> {
  for (const secret of secrets) {
    yield secret;
    const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
    if (lines.length === 1) continue;
    for (const line of lines) if (line.length >= SHORTEST_PIECE && !line.startsWith("-----")) yield line;
  }
}

// A whole secret before its beginnings, and a longer one before one that it begins with.
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

/** Of what everybody knows, such as the scheme of an address or the head of a PEM file, the beginning tells nothing. */
function* prefixesOf(secret: string): Generator<[start: string, form: string]> {
  const own = secret.replace(/^-----BEGIN [^-]+-----\s*/, "");
  if (own.length < SHORTEST_WITH_PREFIX || /^(?:[a-z][a-z0-9+.-]*:\/|[/~.])/i.test(own)) return;
  const start = own.slice(0, PREFIX_LENGTH);
  const bytes = Buffer.from(start);
  yield [start, own];
  yield [encodeURIComponent(start.toWellFormed()), encodeURIComponent(own.toWellFormed())];
  yield [bytes.toString("hex"), Buffer.from(own).toString("hex")];
  for (const encoding of ["base64", "base64url"] as const) {
    // The last character also depends on what follows.
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
  // Python escapes what is not ASCII, Go and .NET what HTML would take for its own.
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
 * Base64 writes three bytes as four characters, so a secret inside of a longer text, as in `user:secret` of Basic
 * authentication, has one of three forms; the characters at its edges also depend on its neighbours and stay.
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
