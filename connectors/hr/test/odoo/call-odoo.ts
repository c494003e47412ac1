import { createOdooSandbox, type OdooSandbox, type OdooSandboxOptions } from "../../sandbox/index.ts";

interface CallResponse {
  status: number;
  body: any;
}

export type CallOdoo = (path: string, named?: Record<string, unknown>, key?: string) => Promise<CallResponse>;

/** A sandbox with both keys, and the shortest way to call it. */
export function openSandbox(options: OdooSandboxOptions = {}): { sandbox: OdooSandbox; call: CallOdoo } {
  const sandbox = createOdooSandbox({ apiKey: "admin-key", readOnlyApiKey: "low-key", ...options });
  const call: CallOdoo = async (path, named = {}, key = "admin-key") => {
    const response = await sandbox.fetch(`http://odoo.example.com/json/2/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(named),
    });
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };
  return { sandbox, call };
}

/** A sandbox with one account more, made over the API. */
export async function openWithUser(values: Record<string, unknown> = {}) {
  const { sandbox, call } = openSandbox();
  const person = { login: "pat", name: "Pat Roe", email: "pat@example.com", ...values };
  const { body } = await call("res.users/create", { vals_list: [person], context: { no_reset_password: true } });
  return { sandbox, call, id: body[0] as number };
}

/** One request with any key and headers; `body` is the named arguments. A traceback is cut as in recordings. */
export async function callAs(
  sandbox: OdooSandbox,
  key: string,
  { path, headers = {}, body = {} }: { path: string; headers?: Record<string, string>; body?: unknown },
): Promise<CallResponse & { type: string | null }> {
  const response = await sandbox.fetch(`http://odoo.example.com${path}`, {
    method: "POST",
    headers: { authorization: `bearer ${key}`, "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  const type = response.headers.get("content-type");
  const text = await response.text();
  if (!type?.startsWith("application/json")) return { status: response.status, type, body: text };
  const json = JSON.parse(text);
  const isError = typeof json === "object" && json !== null && "debug" in json;
  return { status: response.status, type, body: isError ? { ...json, debug: "(traceback)" } : json };
}
