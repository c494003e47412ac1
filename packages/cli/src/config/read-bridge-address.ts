interface Given {
  url: string | undefined;
  apiKey: string | undefined;
}

const IN_CONFIG = { url: "bridge.url", apiKey: "bridge.apiKey" };

/**
 * Checks the URL and key of a Bridge. A problem names the variables or keys that the user knows, and never shows a value:
 * URL and key may be swapped.
 */
export function readBridgeAddress(
  { url, apiKey }: Given,
  names = IN_CONFIG,
): { url: string; apiKey: string } | { problem: string } {
  if (!url || !apiKey) {
    const place = names === IN_CONFIG ? "Add it to the config, or set" : "Set";
    return {
      problem: `${url ? names.apiKey : names.url} is missing. ${place} BRIDGE_URL and BRIDGE_API_KEY; \`bridgekit up\` prints both.`,
    };
  }
  // Refuses a user name and password in the URL, which errors would show.
  if (!/^https?:\/\/[^@/]+\/(.+\/)?org\/[^/]+\/?$/.test(url))
    return {
      problem: `${names.url} must be the base URL of an organisation, such as https://bridge.example.com/org/acme.`,
    };
  // fetch would show the whole header in its error, key included.
  if (!/^[\u0021-\u007e]+$/.test(apiKey))
    return {
      problem: `${names.apiKey} contains a space, a line break or another character that API keys never contain.`,
    };
  return { url, apiKey };
}
