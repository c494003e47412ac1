import { PushWindow } from "./pages/push-window.ts";
import type { Page } from "./pages/to-pages.ts";
import type { SyncSession } from "./sync-session.ts";

export interface PushCounts {
  pushed: number;
  /** As the Bridge counts them: new to it, and known to it. */
  created: number;
  updated: number;
}

export interface PushOptions {
  /** Most pages that are on their way at a time. */
  limit: number;
  onProgress: ((progress: { slug: string; pushed: number }) => void) | undefined;
}

/** Sends pages side by side, and counts. */
export class PagePusher {
  readonly counts = new Map<string, PushCounts>();
  readonly #session: SyncSession;
  readonly #options: PushOptions;
  readonly #window: PushWindow;

  constructor(session: SyncSession, options: PushOptions) {
    this.#session = session;
    this.#options = options;
    this.#window = new PushWindow({ limit: options.limit });
  }

  /** Waits for room, and starts to send the page. */
  push(slug: string, page: Page): Promise<void> {
    const send = async (reportOverload: () => void) => {
      const { created, updated } = await this.#session.push(slug, page.json, reportOverload);
      const counts = this.countsOf(slug);
      counts.pushed += page.count;
      counts.created += created;
      counts.updated += updated;
      this.#options.onProgress?.({ slug, pushed: counts.pushed });
    };
    return this.#window.add(send, { comesAfterOthers: page.isContinuation });
  }

  /** Of a type that was read, also where it had no record. */
  countsOf(slug: string): PushCounts {
    let counts = this.counts.get(slug);
    if (!counts) this.counts.set(slug, (counts = { pushed: 0, created: 0, updated: 0 }));
    return counts;
  }

  /** Records that the Bridge had before. */
  get known(): number {
    return [...this.counts.values()].reduce((sum, { updated }) => sum + updated, 0);
  }

  /** Waits until the Bridge has every page. */
  drain(): Promise<void> {
    return this.#window.drain();
  }

  /** Waits until no page is on its way, whatever became of it. */
  settle(): Promise<void> {
    return this.#window.settle();
  }
}
