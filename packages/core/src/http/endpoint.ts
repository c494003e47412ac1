import { ConfigError } from "../errors/config-error.ts";
import { silentLogger } from "../logger.ts";
import { redactLogger } from "../redact-value.ts";
import { createSecrets, type Redact } from "../redact.ts";
import type { Token } from "./auth/renew-token.ts";
import { secretsOf } from "./auth/credentials.ts";
import type { HttpEnvironment, HttpOptions } from "./http-options.ts";
import { hostsBehind } from "./rate-limiter/hosts.ts";
import type { Endpoint } from "./pipeline.ts";

/** Opens the endpoint of the options; with a token, the one that the token is for. */
export function openEndpoint(
  options: HttpOptions,
  environment: HttpEnvironment,
  credential: object,
  token?: Token,
): Endpoint {
  const { system, secrets = [], limits = {} } = options;
  const { fetch = globalThis.fetch, hosts = hostsBehind(fetch), secrets: shared } = environment;
  const baseUrl = token?.baseUrl ?? options.baseUrl;
  const headers = { ...options.headers, ...(token && { authorization: `Bearer ${token.accessToken}` }) };
  const { username, password, origin } = new URL(baseUrl);
  if (username || password) throw new ConfigError("An address must not carry a user name and password.");

  const signIn = secretsOf(headers);
  const own = createSecrets([...secrets, ...signIn.secrets], signIn.wholes);
  shared?.learn([...secrets, ...signIn.secrets], signIn.wholes);
  // Its own secrets first: they include the longer forms, such as a whole header.
  const redact: Redact = (text) => shared?.redact(own.redact(text)) ?? own.redact(text);
  const host = hosts.get(origin);
  const { concurrency = 8, perSecond = Infinity } = limits;
  host.limitTo({ concurrency, perSecond });
  const { sharedLimit } = environment;
  return {
    baseUrl,
    headers: checkHeaders(system, headers),
    host,
    credential,
    shared: sharedLimit && { limit: sharedLimit, origin, perSecond },
    // Several clients of one connection share its turns.
    connection: shared ?? own,
    redact,
    logger: redactLogger(environment.logger ?? silentLogger, redact),
    learn(learned) {
      const all = [...learned];
      own.learn(all);
      shared?.learn(all);
    },
  };
}

/** Throws what `fetch` would throw at every call, but without the value. */
function checkHeaders(system: string, headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers))
    try {
      new Headers().set(name, value);
    } catch {
      throw new ConfigError(
        `The header ${name} for ${system} can't be sent: its value has a line break or a character that is not ` +
          "Latin-1. Was it pasted with something around it?",
      );
    }
  return headers;
}
