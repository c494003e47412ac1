import type { Bridge } from "../../../src/index.ts";
import type { WireResponse } from "./check-response.ts";
import type { WireRequest } from "./mutate.ts";

const STREAM_HEAD_MS = 50;
/** An export of a hundred thousand apps repeats the same statements a thousand times. */
const MOST_CHARACTERS = 100_000;

/** An API key, or the session of a person who is signed in. */
export type Credentials = string | { cookie: string; csrfToken: string } | undefined;

function toHeaders(caller: Credentials): Record<string, string> {
  if (caller === undefined) return {};
  if (typeof caller === "string") return { authorization: `Api-Key ${caller}` };
  return { cookie: caller.cookie, "x-csrf-token": caller.csrfToken };
}

/** Sends a request in process; reads only the beginning of a stream or of a long export. */
export async function send(
  bridge: Bridge,
  request: WireRequest,
  caller: Credentials,
  from?: { address: string },
): Promise<WireResponse> {
  const { method, address, headers, body } = request;
  const isBodyAllowed = method.toUpperCase() !== "GET" && method !== "HEAD";
  const response = await bridge.fetch(
    new Request(`http://bridge.test${address}`, {
      method,
      headers: { ...toHeaders(caller), ...headers },
      ...(isBodyAllowed && body !== undefined && { body }),
    }),
    from,
  );
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
  return {
    status: response.status,
    headers: response.headers,
    text: isStream ? await readHead(response) : await readText(response),
  };
}

async function readText(response: Response): Promise<string> {
  let text = "";
  for await (const part of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    if (text.length > MOST_CHARACTERS && response.headers.has("content-disposition")) break;
  }
  return text;
}

async function readHead(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, STREAM_HEAD_MS, undefined));
  const chunk = await Promise.race([reader.read(), late]);
  await reader.cancel();
  return new TextDecoder().decode(chunk?.value);
}
