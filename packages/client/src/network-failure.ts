/** Why `fetch` got no answer: the system's code, such as `ECONNREFUSED`, where there is one, and the reason in words. */
export interface NetworkFailure {
  code: string | undefined;
  reason: string;
}

/** Codes of a host that can't be reached at all, as behind a firewall that lets only a proxy out. */
const NO_WAY = new Set([
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
 * `fetch` hides the reason in the cause, and there, for a host with several addresses, in a list. Says so where a proxy
 * is named in the environment and Node does not use it.
 */
export function readNetworkFailure(error: unknown, environment = readEnvironment()): NetworkFailure {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  if (cause instanceof AggregateError && cause.errors[0] !== undefined) cause = cause.errors[0];
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  const message = cause instanceof Error ? cause.message : String(cause);
  const proxy = code !== undefined && NO_WAY.has(code) && !isLocal(cause) ? findUnusedProxy(environment) : undefined;
  // https://nodejs.org/api/cli.html#node_use_env_proxy1
  const hint = proxy ? `; ${proxy} is set, and Node uses it only where NODE_USE_ENV_PROXY=1 is set as well` : "";
  return { code, reason: (message || code || "the connection failed") + hint };
}

type Environment = Readonly<Record<string, string | undefined>>;

function findUnusedProxy(environment: Environment): string | undefined {
  const { NODE_USE_ENV_PROXY, NODE_OPTIONS = "" } = environment;
  if (NODE_USE_ENV_PROXY === "1" || NODE_OPTIONS.includes("--use-env-proxy")) return undefined;
  return PROXY_NAMES.find((name) => environment[name]);
}

/** No proxy stands before this machine itself. */
function isLocal(cause: unknown): boolean {
  const address = cause instanceof Error && "address" in cause ? String(cause.address) : "";
  return address === "::1" || address.startsWith("127.");
}

/** Nothing in a browser. */
function readEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}
