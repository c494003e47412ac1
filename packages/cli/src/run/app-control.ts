import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { LoadedConfigFile } from "../config/load-config.ts";
import { pauseUntil } from "./pause-until.ts";
import { whenAborted } from "./when-aborted.ts";

/** What people have ordered of an app: that it is paused, which outlasts the process, and that it runs now. */
export class AppControl {
  readonly #file: string;
  #pausedAt: Date | undefined;
  #isWaiting = false;
  #isWanted = false;
  /** Aborted and replaced whenever something changes. */
  #change = new AbortController();
  /** Aborted while the app is paused. */
  #pause = new AbortController();

  private constructor(file: string, pausedAt: Date | undefined) {
    this.#file = file;
    this.#pausedAt = pausedAt;
    if (pausedAt) this.#pause.abort();
  }

  static async open({ folder, stateDir }: Pick<LoadedConfigFile, "folder" | "stateDir">, appId: string) {
    const file = resolve(folder, stateDir, "paused", appId);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return new AppControl(file, undefined);
    const pausedAt = new Date(text.trim());
    // A crash may have left an empty file: the app is paused all the same.
    return new AppControl(file, Number.isNaN(pausedAt.getTime()) ? (await stat(file)).mtime : pausedAt);
  }

  get pausedAt(): Date | undefined {
    return this.#pausedAt;
  }

  /** Aborts once the app is paused. */
  get pausing(): AbortSignal {
    return this.#pause.signal;
  }

  /** Begins no more syncs and tasks; a sync or task in progress goes on. */
  async pause(): Promise<void> {
    if (this.#pausedAt) return;
    const now = new Date();
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await writeFile(this.#file, `${now.toISOString()}\n`, { mode: 0o600, flush: true });
    this.#pausedAt = now;
    this.#pause.abort();
    this.#wake();
  }

  async resume(): Promise<void> {
    if (!this.#pausedAt) return;
    await rm(this.#file, { force: true });
    this.#pausedAt = undefined;
    this.#pause = new AbortController();
    this.#wake();
  }

  /** Has the next sync begin now; one that is running is left alone, and so is a paused app. */
  runNow(): void {
    if (!this.#isWaiting || this.#pausedAt) return;
    this.#isWanted = true;
    this.#wake();
  }

  /** Resolves once the app is not paused, or the signal aborts. */
  async whenUnpaused(signal: AbortSignal): Promise<void> {
    while (this.#pausedAt && !signal.aborted) await whenAborted(AbortSignal.any([signal, this.#change.signal]));
  }

  /** Resolves once the next sync begins: at this time or by an order, unless the app is paused; or the signal aborts. */
  async untilDue(at: Date, signal: AbortSignal): Promise<void> {
    this.#isWaiting = true;
    for (;;) {
      await this.whenUnpaused(signal);
      if (signal.aborted || this.#isWanted || at.getTime() <= Date.now()) break;
      await pauseUntil(at, AbortSignal.any([signal, this.#change.signal]));
    }
    this.#isWaiting = false;
    this.#isWanted = false;
  }

  #wake(): void {
    const change = this.#change;
    this.#change = new AbortController();
    change.abort();
  }
}
