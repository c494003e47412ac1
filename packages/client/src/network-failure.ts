/** Why `fetch` failed: the system's error code, such as `ECONNREFUSED`, if any, and the reason in words. */
export interface NetworkFailure {
  code: string | undefined;
  reason: string;
}

/** Error codes of an unreachable host, such as behind a firewall that requires a proxy. */
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "ETIMEDOUT",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const PROXY_NAMES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/**
 * Finds the reason that `fetch` hides in the cause, or, for a host with several addresses, in a list within it. Mentions a
 * proxy that is set in the environment but not used by Node.
 */
export function readNetworkFailure(error: unknown, environment = readEnvironment()): NetworkFailure {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] !== undefined) cause = cause.errors[0];
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  const proxy =
    code !== undefined && UNREACHABLE.has(code) && !isLocal(cause) ? findUnusedProxy(environment) : undefined;
  // https://nodejs.org/api/cli.html#node_use_env_proxy1
  const hint = proxy ? `; ${proxy} is set, but Node uses it only if NODE_USE_ENV_PROXY=1 is also set` : "";
  return { code, reason: (message || code || "the connection failed") + hint };
}

type Environment = Readonly<Record<string, string | undefined>>;

function findUnusedProxy(environment: Environment): string | undefined {
  const { NODE_USE_ENV_PROXY, NODE_OPTIONS = "" } = environment;
  if (NODE_USE_ENV_PROXY === "1" || NODE_OPTIONS.includes("--use-env-proxy")) return undefined;
  return PROXY_NAMES.find((name) => environment[name]);
}

/** Whether the address is this machine, which needs no proxy. */
function isLocal(cause: unknown): boolean {
  const address = cause instanceof Error && "address" in cause ? String(cause.address) : "";
  return address === "::1" || address.startsWith("127.");
}

/** Empty in a browser. */
function readEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}
