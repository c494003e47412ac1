/** A call to the product, before anything is done with it. */
export interface SandboxCall {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** Parsed where it is JSON, else the text; `undefined` for an empty one. */
  body: unknown;
  /** How many calls of this method and path there have been, this one included. */
  count: number;
}

export async function readCall(request: Request): Promise<Omit<SandboxCall, "count">> {
  const { pathname: path, searchParams: query } = new URL(request.url);
  // The app reads the request itself, so what is looked at here is a copy.
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
