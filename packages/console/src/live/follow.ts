import type { Event } from "@bridgekit/client";
import { BASE } from "../base.ts";
import type { Session } from "../session/session.ts";

interface FollowOptions {
  /** Called once this tab reads the stream: what it read before may be of a time before it. */
  onBegin: () => void;
  listener: (event: Event) => void;
  signal: AbortSignal;
}

/**
 * Calls the listener with each event of the organisation until the signal aborts. Tabs of one organisation share a
 * stream: one of them reads it and hands the events on. Where a page may not lock, as on plain HTTP, each tab reads.
 */
export async function followTogether({ org, client }: Session, { onBegin, listener, signal }: FollowOptions) {
  const channel = new BroadcastChannel(`bridgekit.events.${BASE.pathname}.${org}`);
  signal.addEventListener("abort", () => channel.close());
  channel.addEventListener("message", ({ data }) => listener(data as Event));
  const readStream = async () => {
    for await (const event of client.streamEvents({ onBegin, signal })) {
      listener(event);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
      channel.postMessage(event);
    }
  };
  // TypeScript takes it for granted; a page on plain HTTP has no locks.
  const locks = navigator.locks as LockManager | undefined;
  await (locks ? locks.request(channel.name, { signal }, readStream) : readStream());
}
