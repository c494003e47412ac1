import { HttpError } from "./http-error.ts";

/** Reads the text of a JSON body of at most `limitBytes`. */
export async function readBody(request: Request, limitBytes: number): Promise<string> {
  const contentType = request.headers.get("content-type");
  const mediaType = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new HttpError(415, `The content type must be application/json, got ${mediaType || "none"}.`);
  }
  const bytes = await readBytes(request, limitBytes);
  if (bytes.byteLength === 0) throw new HttpError(400, "body: is required");
  return decode(bytes);
}

/** The value that a body is. Nothing has looked at it yet: it may be of any shape, and nested without end. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson((error as SyntaxError).message);
  }
}

/** The bytes that a request says its body has; undefined where it does not say. */
export function declaredLength(request: Request): number | undefined {
  const declared = request.headers.get("content-length");
  return declared === null ? undefined : Number(declared);
}

async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const tooLarge = () => new HttpError(413, `The body is larger than ${limitBytes} bytes.`);
  const declared = declaredLength(request);
  if (declared !== undefined) {
    if (declared > limitBytes) throw tooLarge();
    const bytes = new Uint8Array(await request.arrayBuffer().catch(brokeOff));
    if (bytes.byteLength > limitBytes) throw tooLarge();
    return bytes;
  }
  // Without a declared length the bytes are counted as they come, so that an endless body is cut off.
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (;;) {
    const chunk = await reader?.read().catch(brokeOff);
    if (chunk?.value === undefined) return Buffer.concat(chunks);
    length += chunk.value.byteLength;
    if (length > limitBytes) {
      reader?.cancel().catch(() => {});
      throw tooLarge();
    }
    chunks.push(chunk.value);
  }
}

// The caller has gone, and that is no failure of ours.
function brokeOff(): never {
  throw new HttpError(400, "body: broke off");
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw notJson("it is not UTF-8");
  }
}

function notJson(reason: string): HttpError {
  return new HttpError(400, `body: is not valid JSON: ${reason}`);
}
