/**
 * The address that the caller reached: the TLS of a proxy in front is known only from what the proxy says. Links with
 * `http` would have the next call send the key in clear text.
 */
export function toReachedUrl(url: string, forwardedProtocol: string | undefined): URL {
  const reached = new URL(url);
  if (forwardedProtocol === "https") reached.protocol = "https:";
  return reached;
}
