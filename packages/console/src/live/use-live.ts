import type { Event } from "@bridgekit/client";
import { useEffect } from "react";
import { keys } from "../api/queries.ts";
import { queryClient } from "../api/query-client.ts";
import { useSession } from "../session/session.ts";
import { onReconnect } from "./connection.ts";
import { countEvent } from "./event-counts.ts";
import { followTogether } from "./follow.ts";

// Events come in bursts; what they touch is read once for all of them.
const GATHER_MS = 400;

/** Keeps what is shown fresh while somebody is signed in. Lists stay as they are, and offer what is new. */
export function useLive(): void {
  const session = useSession();
  useEffect(() => {
    const controller = new AbortController();
    const stale = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      void queryClient.invalidateQueries({ queryKey: keys.overview });
      for (const appId of stale) void queryClient.invalidateQueries({ queryKey: keys.app(appId) });
      stale.clear();
    };
    const onEvent = (event: Event) => {
      countEvent(event);
      stale.add(event.app_id);
      timer ??= setTimeout(refresh, GATHER_MS);
    };
    const onBegin = () => {
      void queryClient.invalidateQueries({ queryKey: keys.overview });
      void queryClient.invalidateQueries({ queryKey: ["app"] });
    };
    followTogether(session, { onBegin, listener: onEvent, signal: controller.signal }).catch(() => undefined);
    const stopWatching = onReconnect(() => void queryClient.invalidateQueries());
    return () => {
      controller.abort();
      stopWatching();
      clearTimeout(timer);
    };
  }, [session]);
}
