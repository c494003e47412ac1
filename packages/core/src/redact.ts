export type Redact = (text: string) => string;

// Shorter ones would also blacken ordinary words.
const SHORTEST_SECRET = 4;

/** Makes a function that replaces the secrets in a text, also where they stand in JSON, URL- or base64-encoded. */
export function createRedactor(secrets: Iterable<string>): Redact {
  const needles = new Set<string>();
  for (const secret of secrets) {
    if (secret.length < SHORTEST_SECRET) continue;
    needles.add(secret);
    needles.add(JSON.stringify(secret).slice(1, -1));
    needles.add(encodeURIComponent(secret));
    needles.add(Buffer.from(secret).toString("base64").replace(/=+$/, ""));
  }
  const longestFirst = [...needles].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((clean, secret) => clean.replaceAll(secret, "[secret]"), text);
}
