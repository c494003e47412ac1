import { ConfigError, isUpstreamError, type Http, undefinedOn, urlPath } from "@bridgekit/core";
import { createHttp } from "@bridgekit/core/run";
import { defineSecret, isSecret, type Secret, secretFromEnvironment, secretFromFile } from "./secret.ts";

/** How a process signs in: with a token, or with the service account of its Kubernetes pod. */
export type VaultSignIn =
  | { token: string | Secret }
  | {
      kubernetes: {
        role: string;
        /** Where the method is enabled; `kubernetes` by default. */
        mount?: string;
        /** The token of the service account; the usual file by default. */
        serviceAccountToken?: Secret;
      };
    };

export interface VaultOptions {
  /** Address of a HashiCorp Vault or an OpenBao; `VAULT_ADDR` by default. */
  url?: string;
  /** The token in `VAULT_TOKEN` by default. */
  signIn?: VaultSignIn;
  /** Where the secrets engine KV version 2 is mounted; `secret` by default. */
  mount?: string;
  namespace?: string;
  fetch?: typeof globalThis.fetch;
}

export interface Vault {
  /** Refers to one field of a secret: `vault.secret("hr/emea", "apiKey")`. */
  secret: (path: string, field: string) => Secret;
}

const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/token";
// A token is used no longer than this share of its lease.
const LEASE_SHARE = 0.8;

/** Refers to secrets in a HashiCorp Vault (KV version 2), read by HTTP whenever an app connects. */
export function createVault({
  url = process.env["VAULT_ADDR"],
  signIn = { token: secretFromEnvironment("VAULT_TOKEN") },
  mount = "secret",
  namespace = process.env["VAULT_NAMESPACE"],
  fetch = globalThis.fetch,
}: VaultOptions = {}): Vault {
  if (url === undefined || !URL.canParse(url))
    throw new ConfigError(
      "A vault needs an address: set VAULT_ADDR, or the option url, to https://vault.example.com:8200.",
    );
  const system = `the vault at ${new URL(url).origin}`;
  const headers = { "x-vault-request": "true", ...(namespace !== undefined && { "x-vault-namespace": namespace }) };
  const open = (token?: string): Http =>
    createHttp(
      {
        system,
        baseUrl: url.replace(/\/+$/, ""),
        headers: { ...headers, ...(token !== undefined && { "x-vault-token": token }) },
        timeoutSeconds: 10,
        explain: explainVaultError,
      },
      { fetch },
    );
  const session = "token" in signIn ? fixedSession(signIn.token) : kubernetesSession(signIn.kubernetes, open);

  /** Fields of one secret that are read at the same time share a request. */
  const reading = new Map<string, Promise<Record<string, unknown>>>();
  function readShared(path: string): Promise<Record<string, unknown>> {
    const shared = reading.get(path) ?? readData(path).finally(() => reading.delete(path));
    reading.set(path, shared);
    return shared;
  }

  async function readData(path: string): Promise<Record<string, unknown>> {
    const address = `/v1/${toPath(mount)}/data/${toPath(path)}`;
    const read = async () =>
      open(await session.token()).request<{ data?: { data?: Record<string, unknown> | null } }>({
        method: "GET",
        path: address,
      });
    const response = await undefinedOn(
      read().catch((error: unknown) => {
        // The token may have been revoked before its lease ended.
        if (isUpstreamError(error, 403) && session.forget()) return read();
        throw error;
      }),
      404,
    );
    return response?.data?.data ?? {};
  }

  return {
    secret: (path, field) =>
      defineSecret({
        name: `"${field}" of ${path} in ${system}`,
        async read() {
          const { [field]: value } = await readShared(path);
          if (typeof value === "string" && value !== "") return value;
          throw new ConfigError(`There is no text "${field}" in ${mount}/${path} in ${system}.`);
        },
      }),
  };
}

interface VaultSession {
  token(): Promise<string>;
  /** Whether another sign-in may help. */
  forget(): boolean;
}

function fixedSession(token: string | Secret): VaultSession {
  return { token: async () => (isSecret(token) ? token.read() : token), forget: () => false };
}

type KubernetesSignIn = Extract<VaultSignIn, { kubernetes: unknown }>["kubernetes"];

function kubernetesSession(
  { role, mount = "kubernetes", serviceAccountToken = secretFromFile(SERVICE_ACCOUNT) }: KubernetesSignIn,
  open: () => Http,
): VaultSession {
  let current: Promise<{ token: string; until: number }> | undefined;

  async function signIn() {
    const body = { role, jwt: await serviceAccountToken.read() };
    const path = `/v1/auth/${toPath(mount)}/login`;
    const { auth } = await open().request<{ auth: { client_token: string; lease_duration: number } }>({
      method: "POST",
      path,
      body,
      isIdempotent: true,
    });
    return { token: auth.client_token, until: performance.now() + auth.lease_duration * 1000 * LEASE_SHARE };
  }

  return {
    async token() {
      const known = await current?.catch(() => undefined);
      if (known && performance.now() < known.until) return known.token;
      return (await (current = signIn())).token;
    },
    forget() {
      const wasSignedIn = current !== undefined;
      current = undefined;
      return wasSignedIn;
    },
  };
}

function toPath(path: string): string {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map((part) => urlPath`${part}`)
    .join("/");
}

const ADVICE: Readonly<Record<number, string>> = {
  403: "; has the token expired, and does its policy have `read` on this path?",
  503: "; a sealed vault has to be unsealed by its operator",
};

/** Reads `{"errors": ["permission denied"]}`. */
function explainVaultError({ body, status }: { body: unknown; status: number }): { message: string } | undefined {
  const { errors } = Object(body) as { errors?: unknown };
  if (!Array.isArray(errors) || errors.length === 0) return undefined;
  return { message: errors.map(String).join("; ") + (ADVICE[status] ?? "") };
}
