/**
 * The URL that the client called. Only the proxy knows about its TLS; a link with `http` would send the key of the next
 * call in clear text.
 */
export function toReachedUrl(url: string, forwardedProtocol: string | undefined): URL {
  const reached = new URL(url);
  if (forwardedProtocol === "https") reached.protocol = "https:";
  return reached;
}
