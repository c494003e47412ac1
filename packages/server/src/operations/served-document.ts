import { openapiDocument } from "../http/openapi-document.ts";

/** The contract with the address of this Bridge in it. */
export function toServedDocument(origin: string): object {
  const [server] = openapiDocument.servers;
  const variables = { ...server.variables, origin: { ...server.variables.origin, default: origin } };
  return { ...openapiDocument, servers: [{ ...server, variables }] };
}
