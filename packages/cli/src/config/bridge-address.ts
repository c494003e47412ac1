interface Given {
  url: string | undefined;
  apiKey: string | undefined;
}

const IN_CONFIG = { url: "bridge.url", apiKey: "bridge.apiKey" };

/**
 * Where a Bridge is and how it is opened, or what is wrong with what was given, by the names that the user knows. No
 * value is shown: it may be the key, swapped.
 */
export function readConnection(
  { url, apiKey }: Given,
  names = IN_CONFIG,
): { url: string; apiKey: string } | { problem: string } {
  if (!url || !apiKey) {
    const place = names === IN_CONFIG ? "Give it there, or set" : "Set";
    return {
      problem: `${url ? names.apiKey : names.url} is missing. ${place} BRIDGE_URL and BRIDGE_API_KEY; \`bridgekit up\` prints both.`,
    };
  }
  // A user name and password in it would be shown in errors.
  if (!/^https?:\/\/[^@/]+\/(.+\/)?org\/[^/]+\/?$/.test(url))
    return {
      problem: `${names.url} must be the base URL of an organisation, such as https://bridge.example.com/org/acme.`,
    };
  // fetch would show the whole header in its error.
  if (!/^[\u0021-\u007e]+$/.test(apiKey))
    return { problem: `${names.apiKey} has a blank, a line break or another character that no key has.` };
  return { url, apiKey };
}
