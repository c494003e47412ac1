/** A call to the product. */
export interface SandboxCall {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** Parsed JSON, or the text if it is not JSON; undefined if empty. */
  body: unknown;
  /** The number of this call among those with its method and path, from 1. */
  count: number;
}

export async function readCall(request: Request): Promise<Omit<SandboxCall, "count">> {
  const { pathname: path, searchParams: query } = new URL(request.url);
  // The app reads the request as well, so this reads a copy.
  const text = await request.clone().text();
  return { method: request.method, path, query, body: parseBody(text) };
}

export function parseBody(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
