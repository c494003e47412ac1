import { BASE } from "../base.ts";

/** What became of the session of the browser in one tab. */
type Change = "in" | "out";

const channel = new BroadcastChannel(`bridgekit.session.${BASE.pathname}`);

/** Tells the other tabs of this browser. */
export function tellTabs(change: Change): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel reaches this origin alone
  channel.postMessage(change);
}

export function onTabs(listener: (change: Change) => void): void {
  channel.addEventListener("message", ({ data }) => listener(data as Change));
}
