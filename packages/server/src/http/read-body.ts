import { HttpError } from "./http-error.ts";

/** The slowest connection that a body may come over, after some grace: one that trickles in keeps the room of others. */
const SLOWEST_BYTES_PER_SECOND = 128 * 1024;
const GRACE_MS = 10_000;
/** The same while others wait for room: by then they would have waited almost as long as they do. */
const SLOWEST_WHEN_WANTED = 2 * 1024 * 1024;
const GRACE_WHEN_WANTED_MS = 2_000;
const LOOK_EVERY_MS = 250;

interface ReadOptions {
  isOptional?: boolean;
  /** Time to arrive, beside what its length takes; for tests. */
  graceMs?: number;
  /** Whether others wait for the room that the body takes. */
  isWanted?: () => boolean;
}

/** Reads the text of a JSON body of at most `limitBytes`; that of an empty object if the body is optional and absent. */
export async function readBody(
  request: Request,
  limitBytes: number,
  { isOptional = false, graceMs = GRACE_MS, isWanted = () => false }: ReadOptions = {},
): Promise<string> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity")
    throw new HttpError(415, `The content encoding ${encoding} is not supported; send the body as it is.`, {
      "accept-encoding": "identity",
    });
  const read = () => inTime(request, limitBytes, { graceMs, isWanted });
  const contentType = request.headers.get("content-type");
  const mediaType = contentType?.split(";", 1)[0]?.trim().toLowerCase();
  if (mediaType !== "application/json") {
    if (isOptional && contentType === null && (await read()).byteLength === 0) return "{}";
    throw new HttpError(415, `The content type must be application/json, got ${mediaType || "none"}.`);
  }
  const bytes = await read();
  if (bytes.byteLength === 0 && isOptional) return "{}";
  if (bytes.byteLength === 0) throw new HttpError(400, "body: is required");
  return decode(bytes);
}

/** Parses a body without validating it: any shape, any depth. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson((error as SyntaxError).message);
  }
}

/** The length that a request declares for its body; undefined if it declares none. */
export function declaredLength(request: Request): number | undefined {
  const declared = request.headers.get("content-length");
  return declared === null ? undefined : Number(declared);
}

async function inTime(
  request: Request,
  limitBytes: number,
  { graceMs, isWanted }: { graceMs: number; isWanted: () => boolean },
): Promise<Uint8Array> {
  const length = Math.min(declaredLength(request) ?? limitBytes, limitBytes);
  const patienceMs = graceMs + (length / SLOWEST_BYTES_PER_SECOND) * 1000;
  const leastMs = Math.min(graceMs, GRACE_WHEN_WANTED_MS) + (length / SLOWEST_WHEN_WANTED) * 1000;
  const began = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    // The rest of it is not read, so the connection can't serve another request.
    const refusal = new HttpError(408, "body: takes too long to arrive", { connection: "close" });
    timer = setInterval(
      () => {
        const spentMs = performance.now() - began;
        if (spentMs >= patienceMs || (spentMs >= leastMs && isWanted())) reject(refusal);
      },
      Math.min(LOOK_EVERY_MS, patienceMs),
    );
  });
  try {
    return await Promise.race([readBytes(request, limitBytes), late]);
  } finally {
    clearInterval(timer);
  }
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
  // Count the bytes of a body without a declared length, so that an endless one is stopped.
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

// The client has gone, which is no failure of the Bridge.
function brokeOff(): never {
  throw new HttpError(400, "body: is incomplete");
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
