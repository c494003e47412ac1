import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { explainWrite } from "./explain-write.ts";
import type { Receipt, ReceiptStatus } from "./receipt.ts";
import { chooseReceipts, countIds, countRefs, HASH_BYTES, type ReceiptStore } from "./receipt-store.ts";

export interface ReceiptFolder extends ReceiptStore {
  /** Yields all receipts, the oldest first. Throws at one that can't be read. */
  all(): AsyncGenerator<Receipt>;
}

export interface ReceiptFolderOptions {
  /** How many receipts are kept, beside the last completed run and the last one with a cursor; 100 by default. */
  keep?: number;
}

interface ReceiptName {
  file: string;
  /** Sequence number, time of the end, and a random suffix. */
  stamp: string;
  /** Orders the receipts independently of the clock; 0 for earlier versions, whose stamp begins with the time. */
  sequence: number;
  status: ReceiptStatus;
}

const NAME = /^(?<stamp>[0-9TZ.-]+-[0-9a-f]{8})\.(?<status>completed|updated|abandoned|failed)\.json$/;
const HASHES = /^(?<stamp>[0-9TZ.-]+-[0-9a-f]{8})\.(?<slugs>[a-z][a-z0-9_.-]*)\.(ids|refs)$/;
const HALF_WRITTEN = /^(?<stamp>[0-9TZ.-]+-[0-9a-f]{8})\..+\.new$/;
const SEQUENCE = /^(\d{12})-/;

/**
 * Keeps the receipts of one app in a folder: `SEQUENCE-TIME.STATUS.json` for each run, and for the last completed one
 * `SEQUENCE-TIME.SLUG.ids` with 8 bytes for each record and `SEQUENCE-TIME.ACCOUNTS.GROUPS.refs` with 8 bytes for each ref.
 */
export function openReceiptFolder(folder: string, { keep = 100 }: ReceiptFolderOptions = {}): ReceiptFolder {
  const stamps = new WeakMap<Receipt, string>();

  async function read({ file, stamp }: ReceiptName): Promise<Receipt> {
    const path = join(folder, file);
    try {
      const receipt = JSON.parse(await readFile(path, "utf8")) as Receipt;
      if (receipt?.version !== 1 && receipt?.version !== 2) throw new Error("it is not a receipt of version 1 or 2");
      stamps.set(receipt, stamp);
      return receipt;
    } catch (error) {
      throw unreadable(path, error);
    }
  }

  return {
    async latest(...statuses) {
      const name = (await list(folder)).find(({ status }) => statuses.includes(status));
      return name && read(name);
    },

    async *all() {
      for (const name of (await list(folder)).toReversed()) yield await read(name);
    },

    ids(receipt, slug) {
      return readHashes(join(folder, `${stamps.get(receipt)}.${slug}.ids`), countIds(receipt, slug));
    },

    refs(receipt, slug, target) {
      const path = join(folder, `${stamps.get(receipt)}.${slug}.${target}.refs`);
      return readHashes(path, countRefs(receipt, slug, target));
    },

    async write(receipt, { ids, refs } = { ids: new Map(), refs: new Map() }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const [newest] = await list(folder);
      const sequence = String((newest?.sequence ?? 0) + 1).padStart(12, "0");
      const stamp = `${sequence}-${receipt.endedAt.replaceAll(":", "-")}-${randomBytes(4).toString("hex")}`;
      for (const [slug, hashes] of ids) await writeWhole(join(folder, `${stamp}.${slug}.ids`), hashes);
      for (const [slug, lists] of refs)
        for (const [target, hashes] of lists) await writeWhole(join(folder, `${stamp}.${slug}.${target}.refs`), hashes);
      const file = `${stamp}.${receipt.status}.json`;
      await writeWhole(join(folder, file), `${JSON.stringify(receipt, null, 2)}\n`);
      await rotate(folder, keep);
    },
  };
}

/** Newest first. */
async function list(folder: string): Promise<ReceiptName[]> {
  const files = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return files
    .flatMap((file): ReceiptName[] => {
      const { stamp, status } = NAME.exec(file)?.groups ?? {};
      if (stamp === undefined) return [];
      return [{ file, stamp, sequence: sequenceOf(stamp), status: status as ReceiptStatus }];
    })
    .sort((a, b) => b.sequence - a.sequence || (a.stamp < b.stamp ? 1 : -1));
}

function sequenceOf(stamp: string): number {
  return Number(SEQUENCE.exec(stamp)?.[1] ?? 0);
}

async function rotate(folder: string, keep: number): Promise<void> {
  const names = await list(folder);
  const { old, compared } = chooseReceipts(names, keep);
  for (const { file } of old) await rm(join(folder, file), { force: true });
  // Hashes without a receipt were left by a crash, and only those of the newest run are compared with.
  for (const file of await readdir(folder)) {
    const stamp = HASHES.exec(file)?.groups?.["stamp"];
    if (stamp !== undefined && stamp !== compared?.stamp) await rm(join(folder, file), { force: true });
    // Another process may be writing those of the newest.
    const half = HALF_WRITTEN.exec(file)?.groups?.["stamp"];
    if (half !== undefined && sequenceOf(half) < (names[0]?.sequence ?? 0))
      await rm(join(folder, file), { force: true });
  }
}

/** Writes to a temporary name first, so that readers see the whole file or none. A full disk leaves nothing behind. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const fresh = `${path}.new`;
  try {
    const file = await open(fresh, "w", 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(fresh, path);
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw explainWrite(path, error);
  }
}

async function* readHashes(path: string, count: number): AsyncGenerator<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size !== count * HASH_BYTES) throw new Error(`it has ${size} bytes, ${count * HASH_BYTES} are due`);
    yield* wholeHashes(createReadStream(path));
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* wholeHashes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const whole = bytes.length - (bytes.length % HASH_BYTES);
    yield bytes.subarray(0, whole);
    rest = bytes.subarray(whole);
  }
}

function unreadable(path: string, cause: unknown): Error {
  return new Error(
    `The receipt ${path} can't be read: ${(cause as Error).message}. The guard compares with it: restore it from a ` +
      `backup. Delete its folder only if the next sync may remove everything that it does not find.`,
    { cause },
  );
}
