import { createBridge } from "../../src/index.ts";
import { accounts, createApi } from "./api.ts";

// A Bridge on a folder, to be killed: it prints what was acknowledged, line by line, until its parent kills it.
const [dataDir, mode] = process.argv.slice(2);
const bridge = await createBridge({ database: { kind: "pglite", dataDir: dataDir ?? "" } });
const api = await createApi(bridge);
const app = await api.createApp();
const syncId = await api.start(app);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const { key } = await bridge.createKey({ org: api.slug, name: "after the crash", role: "admin" });
say({ org: api.slug, key, app, syncId });

const pages = mode === "complete" ? 20 : Number.POSITIVE_INFINITY;
for (let page = 0; page < pages; page++) {
  const { status } = await api.push(app, syncId, "account", accounts(100, page * 100));
  if (status === 200) say({ acknowledged: (page + 1) * 100 });
}
await api.complete(app, syncId);
say({ completed: true });
