import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";

const IDLE_MS = 3_000;

/** Loads the other pages while the first one is looked at: they are there at once, also while the Bridge restarts. */
export function usePreloadedPages(): void {
  const router = useRouter();
  useEffect(() => {
    let isOver = false;
    const timer = setTimeout(async () => {
      for (const route of Object.values(router.routesById)) if (!isOver) await router.loadRouteChunk(route as never);
    }, IDLE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [router]);
}
