import { checkJson } from "./check-json.ts";
import { HttpError } from "./http-error.ts";

/** Reads a JSON body of at most `limitBytes`. */
export async function readBody(request: Request, limitBytes: number): Promise<unknown> {
  const contentType = request.headers.get("content-type");
  const mediaType = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    throw new HttpError(415, `The content type must be application/json, got ${mediaType || "none"}.`);
  }
  const bytes = await readBytes(request, limitBytes);
  if (bytes.byteLength === 0) throw new HttpError(400, "body: is required");
  const body = parse(bytes);
  checkJson(body);
  return body;
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

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : "it is not UTF-8";
    throw new HttpError(400, `body: is not valid JSON: ${reason}`);
  }
}
