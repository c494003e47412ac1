/** What a Bridge answers outside its organisations, to whoever runs it. */
export const OPERATIONS_PATHS = ["/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"] as const;
