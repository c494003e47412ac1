import { isApiError } from "@bridgekit/client";
import { QueryClient } from "@tanstack/react-query";

const MOST_RETRIES = 2;

/** Whether a call that failed may go through if it is made again. */
function mayPass(error: Error): boolean {
  return !isApiError(error) || error.status >= 500 || error.status === 429;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    // A Bridge on this computer is reached without a network, and what can't be reached is to be said.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 5_000,
      // Events say what is new; a list that is read again when the window gets the focus would jump.
      refetchOnWindowFocus: false,
      // By default not with the mode above.
      refetchOnReconnect: true,
      retry: (failures, error) => failures < MOST_RETRIES && mayPass(error),
      retryDelay: (failures) => 500 * 2 ** failures,
    },
  },
});

/** Calls the listener with each error of a query or a mutation. */
export function onCallError(listener: (error: unknown) => void): void {
  queryClient.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error") listener(event.action.error);
  });
  queryClient.getMutationCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error") listener(event.action.error);
  });
}
