/** What a Bridge serves outside its organisations: health, metrics and the contract. */
export const OPERATIONS_PATHS = [
  "/healthz",
  "/readyz",
  "/metrics",
  "/openapi.json",
  "/docs",
  "/docs/redoc.js",
  "/docs/start.js",
] as const;
