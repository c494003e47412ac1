/** Where the console begins: the server writes it into `<base>`, whatever path a proxy serves it under. */
export const BASE = new URL(".", document.baseURI);

/** The base URL of an organisation's API. */
export function toOrgUrl(org: string): string {
  return new URL(`org/${encodeURIComponent(org)}`, BASE).href;
}
