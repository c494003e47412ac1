import { openapiDocument } from "../http/openapi-document.ts";

/** The contract with the address of this Bridge in it. */
export function toServedDocument(origin: string): object {
  const [server] = openapiDocument.servers;
  const variables = { ...server.variables, origin: { ...server.variables.origin, default: origin } };
  return { ...openapiDocument, servers: [{ ...server, variables }] };
}

/** Scheme, host and port that the caller reached; the TLS of a proxy in front is known only from what it says. */
export function toOrigin(url: string, forwardedProtocol: string | undefined): string {
  const origin = new URL(url);
  if (forwardedProtocol === "https") origin.protocol = "https:";
  return origin.origin;
}
