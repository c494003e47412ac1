import { databaseOf, type DatabaseOptions } from "./open-database.ts";

export interface KeyOptions extends DatabaseOptions {
  org: string;
  name: string;
  role: "admin" | "connector";
  expires?: 7 | 30 | 90;
  json?: boolean;
}

/** `bridge key`: makes an API key, and the organisation where there is none of that name. */
export async function createKey(options: KeyOptions): Promise<number> {
  const { createBridge } = await import("@bridgekit/server");
  const bridge = await createBridge({ database: databaseOf(options, process.env) });
  try {
    const { org, name, role, expires } = options;
    if (!(await bridge.listOrgs()).some(({ slug }) => slug === org)) await bridge.createOrg(org);
    const { id, key } = await bridge.createKey({ org, name, role, expiresInDays: expires ?? null });
    if (options.json) process.stdout.write(`${JSON.stringify({ id, key, org })}\n`);
    else console.log(`Key ${id} of organisation ${org}, shown only now: ${key}`);
  } finally {
    await bridge.close();
  }
  return 0;
}
