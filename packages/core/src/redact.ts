export type Redact = (text: string) => string;

// Shorter ones would also blacken ordinary words.
const SHORTEST_SECRET = 4;
// Of a piece of base64: as a word it might stand in an ordinary text.
const SHORTEST_PIECE = 8;

/** Makes a function that replaces the secrets in a text, in every form in which systems and libraries write them. */
export function createRedactor(secrets: Iterable<string>): Redact {
  const needles = new Set<string>();
  for (const secret of secrets)
    if (secret.length >= SHORTEST_SECRET) for (const form of formsOf(secret)) needles.add(form);
  const longestFirst = [...needles].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}

function* formsOf(secret: string): Generator<string> {
  yield secret;
  yield* inAddress(encodeURIComponent(secret.toWellFormed()));
  yield* inAddress(new URLSearchParams([["", secret]]).toString().slice(1));
  yield* inJson(secret);
  yield* inHtml(secret);
  yield* inBase64(secret);
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
