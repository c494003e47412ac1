import * as nodeFs from "node:fs";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The part of `node:fs` that is used here. */
export type Disk = Pick<typeof nodeFs, "openSync" | "fsyncSync" | "closeSync">;

/** The part of PGlite's file system that is used here and its types leave open. */
interface FileSystemModule {
  FS: { ErrnoError: new (errno: number) => Error };
  NODEFS: {
    realPath(node: unknown): string;
    convertNodeCode(error: unknown): number;
    stream_ops: { fsync?(stream: OpenFile): number };
    node_ops: {
      mknod: (parent: unknown, name: string, mode: number, device: unknown) => unknown;
      setattr: (node: unknown, attributes: { mode?: number }) => void;
    };
  };
}

interface OpenFile {
  /** Node's file descriptor; absent for a folder. */
  nfd?: number;
  node: unknown;
}

const OTHERS = 0o077;

/**
 * A folder in which PostgreSQL's flushes reach the disk. PGlite's own file system omits them, so a power failure would
 * lose acknowledged changes. Only the owner may read the files.
 */
export class DurableNodeFs extends NodeFS {
  readonly #disk: Disk;

  constructor(folder: string, disk: Disk = nodeFs) {
    super(folder);
    this.#disk = disk;
  }

  override async init(...[pglite, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pglite, options);
    // Before the folder is mounted, which copies the functions.
    const preRun = [(module: unknown) => this.#amend(module as FileSystemModule), ...(emscriptenOpts.preRun ?? [])];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #amend({ FS, NODEFS }: FileSystemModule): void {
    NODEFS.stream_ops.fsync = (stream) => {
      try {
        if (stream.nfd === undefined) this.#flushFolder(NODEFS.realPath(stream.node));
        else this.#disk.fsyncSync(stream.nfd);
        return 0;
      } catch (error) {
        throw new FS.ErrnoError(NODEFS.convertNodeCode(error));
      }
    };
    // A file is created by the first and then gets its mode by the second.
    const { mknod, setattr } = NODEFS.node_ops;
    NODEFS.node_ops.mknod = (parent, name, mode, device) => mknod(parent, name, mode & ~OTHERS, device);
    NODEFS.node_ops.setattr = (node, { mode, ...others }) =>
      setattr(node, mode === undefined ? others : { ...others, mode: mode & ~OTHERS });
  }

  #flushFolder(path: string): void {
    const folder = this.#disk.openSync(path, "r");
    try {
      this.#disk.fsyncSync(folder);
    } finally {
      this.#disk.closeSync(folder);
    }
  }
}
