import { pino } from "pino";
import { createBridge, type DatabaseOptions, serve } from "../../src/index.ts";

// A server in another process, as `bridgekit up` runs it. Given an organisation, it creates that and an admin key.
const [text = "{}", org] = process.argv.slice(2);
const database = JSON.parse(text) as DatabaseOptions;
const bridge = await createBridge({ database, logger: pino({ level: "silent" }) });
const { url } = await serve(bridge, { port: 0 });
let key: string | undefined;
if (org !== undefined) {
  if (!(await bridge.listOrgs()).some(({ slug }) => slug === org)) await bridge.createOrg(org);
  ({ key } = await bridge.createKey({ org, name: "test", role: "admin" }));
}
process.stdout.write(`${JSON.stringify({ url, key })}\n`);
